using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Stores: into memory, which is a write to it, and into variables, which makes aliases.</content>
internal sealed partial class LifetimePolicy
{
    [MethodImpl(Hot.Path)]
    private Value EvaluateAssignment(ISimpleAssignmentOperation assignment)
    {
        if (IsBinding(assignment, out ILocalSymbol? local))
        {
            Value target = EvaluateReference(assignment.Value);
            if (_context.Types.IsFollowed(SpliceTypes.Unwrap(local!.Type)) && PlaceOf(assignment.Value) is { } variable)
            {
                _refLocals[local] = variable;
            }
            else
            {
                Store(new Place(local, ""), target, null);
            }

            return target;
        }

        Value value = Evaluate(assignment.Value);
        if (assignment.Target is ILocalReferenceOperation { Local: { IsFixed: true } pinned })
        {
            value = BeginPin(pinned, assignment.Value, value);
        }

        Assign(assignment.Target, value, assignment.Value);
        return Carrier.Carries(assignment.Type) ? value : Value.Nothing;
    }

    /// <summary><c>ref var r = ref x</c>, <c>r = ref x</c>, and the variable of <c>foreach (ref …)</c>.</summary>
    private static bool IsBinding(ISimpleAssignmentOperation assignment, out ILocalSymbol? local)
    {
        local = (assignment.Target as ILocalReferenceOperation)?.Local;
        return local is { RefKind: not RefKind.None } && (assignment.IsRef || assignment.IsImplicit);
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateCompound(ICompoundAssignmentOperation compound)
    {
        Value added = Evaluate(compound.Value);
        if (IsLocation(compound.Target))
        {
            WriteThrough(compound.Target);
            return Value.Nothing;
        }

        // p += n stays in the same memory.
        Value before = Evaluate(compound.Target);
        if (!Carrier.Carries(compound.Type))
        {
            return Value.Nothing;
        }

        if (PlaceOf(compound.Target) is { } place && before.References.IsEmpty)
        {
            Store(place, added.References.IsEmpty ? Value.Unknown : added, null);
        }

        return before;
    }

    private void WriteThrough(IOperation target)
    {
        // The kernel has read the segments by the time the call returns: what they describe is in flight, they are not.
        if (ListOfSegments(target) is null)
        {
            Use(EvaluateReference(target), target.Syntax, Touch.Write);
        }
    }

    [MethodImpl(Hot.Path)]
    private Value EvaluateIncrement(IIncrementOrDecrementOperation increment)
    {
        if (IsLocation(increment.Target))
        {
            WriteThrough(increment.Target);
            return Value.Nothing;
        }

        return Evaluate(increment.Target);
    }

    private Value EvaluateDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        Deconstruct(deconstruction.Target, deconstruction.Value);
        return Value.Unknown;
    }

    private void Deconstruct(IOperation target, IOperation source)
    {
        IOperation targets = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        IOperation peeled = Operand.Peel(source);
        if (targets is not ITupleOperation tuple)
        {
            Assign(targets, Evaluate(source), source);
            return;
        }

        if (peeled is ITupleOperation values && values.Elements.Length == tuple.Elements.Length)
        {
            // All are read before any is written: (a, b) = (b, a).
            Value[] read = [.. values.Elements.Select(element => element is ITupleOperation ? Value.Unknown : Evaluate(element))];
            for (int i = 0; i < read.Length; i++)
            {
                if (values.Elements[i] is ITupleOperation)
                {
                    Deconstruct(tuple.Elements[i], values.Elements[i]);
                }
                else
                {
                    Assign(tuple.Elements[i], read[i], null);
                }
            }

            return;
        }

        Evaluate(source);
        Deconstruct(tuple, peeled.Type is INamedTypeSymbol { IsTupleType: true } ? PlaceOf(peeled) : null);
    }

    private void Deconstruct(ITupleOperation targets, Place? from)
    {
        for (int i = 0; i < targets.Elements.Length; i++)
        {
            Place? item = from?.Field($"Item{i + 1}");
            if (targets.Elements[i] is ITupleOperation inner)
            {
                Deconstruct(inner, item);
            }
            else
            {
                Assign(targets.Elements[i], item is null ? Value.Unknown : _state.Get(item), null);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void Assign(IOperation target, Value value, IOperation? source)
    {
        if (target is IDiscardOperation)
        {
            return;
        }

        if (ListOfSegments(target) is { } list)
        {
            // A field or element of a list of segments: the list now holds that memory too.
            _state.Set(list, Value.Both(_state.Get(list).Equals(Value.Unknown) ? Value.Nothing : _state.Get(list), value));
            return;
        }

        if (IsLocation(target) && !(target is IFlowCaptureReferenceOperation capture && CapturedVariable(capture) is not null))
        {
            Value memory = EvaluateReference(target);
            Use(memory, target.Syntax, Touch.Write);
            if (target is IArrayElementReferenceOperation)
            {
                StoredIn(value, target.Syntax, PlaceOf(((IArrayElementReferenceOperation)target).ArrayReference));
            }

            // Through a reference or a pointer it may be an element of a list that somebody has.
            Escape(source, value);
            return;
        }

        Place? place = target is IFlowCaptureReferenceOperation captured ? CapturedVariable(captured) ?? PlaceOf(target) : PlaceOf(target);
        if (place is null)
        {
            // A property with code behind it, or an indexer: a collection keeps what it is given.
            EvaluateChildren(target);
            bool isCollection = target is IPropertyReferenceOperation { Instance: { } instance } && BaseLibrary.IsCollection(instance.Type);
            if (isCollection)
            {
                StoredIn(value, target.Syntax, PlaceOf(((IPropertyReferenceOperation)target).Instance));
            }

            Escape(source, value);
            return;
        }

        EvaluateInstances(target);
        Store(place, value, source);
        WeakenAliasesOf(place);
        Adopt(place, target.Type, target.Syntax, source);
        if (target is ILocalReferenceOperation local)
        {
            _state.SetResult(local.Local, RawCallOf(source));
        }

        if (place.IsLasting || place.Path.Length > 0 && place.Root is IParameterSymbol || place.Root is IParameterSymbol { RefKind: not RefKind.None })
        {
            Escape(source, value);
        }
    }

    /// <summary>The field of another variable may be the field of the same object.</summary>
    private void WeakenAliasesOf(Place place)
    {
        if (!_sharedFields.Contains(place))
        {
            return;
        }

        foreach (Place other in _sharedFields)
        {
            if (!other.Equals(place) && other.Name == place.Name && !_state.Get(other).Equals(Value.Unknown))
            {
                _state.Set(other, Value.Join(_state.Get(other), Value.Unknown));
            }
        }
    }

    /// <summary>Stores a value, with all that it holds where it is a structure or a holder of buffers.</summary>
    [MethodImpl(Hot.Path)]
    private void Store(Place place, Value value, IOperation? source)
    {
        _state.ForgetFields(place);
        if (source is ITupleOperation or IConversionOperation { Operand: ITupleOperation })
        {
            StoreTuple(place, (ITupleOperation)Operand.Peel(source));
        }
        else if (source is not null && _heldBy.TryGetValue(Operand.Peel(source), out (string Path, Value Value)[]? held))
        {
            foreach ((string path, Value inField) in held)
            {
                _state.Set(new Place(place.Root, place.Path + path), inField);
            }
        }
        else if (source is not null && PlaceOf(source) is { } from && !from.Equals(place))
        {
            bool shares = source.Type is { IsReferenceType: true } && Operand.Peel(source) is not IFlowCaptureReferenceOperation;
            foreach (KeyValuePair<Place, Value> field in _state.Within(from))
            {
                if (shares)
                {
                    // Two names for one object: what is stored through one would be missed through the other.
                    _state.Forget(field.Key);
                }
                else
                {
                    _state.Set(field.Key.Move(from, place), field.Value);
                }
            }
        }

        _state.Set(place, value);
    }

    private void StoreTuple(Place place, ITupleOperation tuple)
    {
        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            if (place.Field($"Item{i + 1}") is not { } item)
            {
                continue;
            }

            if (Operand.Peel(tuple.Elements[i]) is ITupleOperation inner)
            {
                StoreTuple(item, inner);
            }
            else if (_elements.TryGetValue(tuple.Elements[i], out Value? value))
            {
                _state.Set(item, value);
            }
        }
    }

    /// <summary>The variable that a temporary stands for, where it stands for one.</summary>
    private Place? CapturedVariable(IFlowCaptureReferenceOperation capture)
        => _captures.TryGetValue(capture.Id, out List<IOperation>? captured) && captured.Count == 1 && !IsLocation(captured[0])
            ? PlaceOf(captured[0])
            : null;

    /// <summary>The variable that holds the segments, where the target is in one.</summary>
    [MethodImpl(Hot.Path)]
    private Place? ListOfSegments(IOperation target)
    {
        bool inside = false;
        for (IOperation? at = target; at is not null;)
        {
            if (inside && PlaceOf(at) is { } place && SegmentType.Of(at.Type) is not null)
            {
                return place;
            }

            inside = true;
            at = at switch
            {
                IMemberReferenceOperation member => member.Instance,
                IArrayElementReferenceOperation element => element.ArrayReference,
                { Kind: OperationKind.None } => at.ChildOperations.FirstOrDefault(),
                _ => null,
            };
        }

        return null;
    }
}
