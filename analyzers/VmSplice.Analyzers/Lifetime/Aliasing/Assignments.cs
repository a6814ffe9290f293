using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>Stores: into memory, which is a write to it, and into variables, which makes aliases.</summary>
internal sealed class Assignments(BodyEvaluation body)
{
    [MethodImpl(Hot.Path)]
    public PointsToSet EvaluateAssignment(ISimpleAssignmentOperation assignment)
    {
        if (IsBinding(assignment, out ILocalSymbol? local))
        {
            PointsToSet target = body.Locations.EvaluateReference(assignment.Value);
            if (body.Shared.Types.IsFollowed(local!.Type) && body.Paths.PathOf(assignment.Value) is { } variable)
            {
                body.State.SetAlias(local, variable);
            }
            else
            {
                Store(new AccessPath(local, ""), target, null);
            }

            return target;
        }

        PointsToSet value = body.Expressions.Evaluate(assignment.Value);
        if (assignment.Target is ILocalReferenceOperation { Local: { IsFixed: true } pinned })
        {
            value = body.Calls.Pins.BeginPin(pinned, value);
        }

        Assign(assignment.Target, value, assignment.Value);
        return Carrier.Carries(assignment.Type) ? value.WithoutParts() : PointsToSet.Nothing;
    }

    /// <summary><c>ref var r = ref x</c>, <c>r = ref x</c>, and the variable of <c>foreach (ref …)</c>.</summary>
    private static bool IsBinding(ISimpleAssignmentOperation assignment, out ILocalSymbol? local)
    {
        local = (assignment.Target as ILocalReferenceOperation)?.Local;
        return local is { RefKind: not RefKind.None } && (assignment.IsRef || assignment.IsImplicit);
    }

    [MethodImpl(Hot.Path)]
    public PointsToSet EvaluateCompound(ICompoundAssignmentOperation compound)
    {
        PointsToSet added = body.Expressions.Evaluate(compound.Value);
        if (Locations.IsLocation(compound.Target))
        {
            WriteThrough(compound.Target);
            return PointsToSet.Nothing;
        }

        // p += n stays in the same memory.
        PointsToSet before = body.Expressions.Evaluate(compound.Target);
        if (!Carrier.Carries(compound.Type))
        {
            return PointsToSet.Nothing;
        }

        if (body.Paths.PathOf(compound.Target) is { } path && before.References.IsEmpty)
        {
            Store(path, added.References.IsEmpty ? PointsToSet.Unknown : added, null);
        }

        return before;
    }

    private void WriteThrough(IOperation target)
    {
        // The kernel has read the segments by the time the call returns: what they describe is in flight, they are not.
        if (body.Locations.ListOfSegments(target) is null)
        {
            body.Ownership.Access(body.Locations.EvaluateReference(target), target.Syntax, MemoryAccess.Write);
        }
    }

    [MethodImpl(Hot.Path)]
    public PointsToSet EvaluateIncrement(IIncrementOrDecrementOperation increment)
    {
        if (Locations.IsLocation(increment.Target))
        {
            WriteThrough(increment.Target);
            return PointsToSet.Nothing;
        }

        return body.Expressions.Evaluate(increment.Target);
    }

    public PointsToSet EvaluateDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        Deconstruct(deconstruction.Target, deconstruction.Value);
        return PointsToSet.Unknown;
    }

    private void Deconstruct(IOperation target, IOperation source)
    {
        IOperation targets = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        IOperation unwrapped = Operand.Peel(source);
        if (targets is not ITupleOperation tuple)
        {
            Assign(targets, body.Expressions.Evaluate(source), source);
            return;
        }

        if (unwrapped is ITupleOperation values && values.Elements.Length == tuple.Elements.Length)
        {
            // All are read before any is written: (a, b) = (b, a).
            PointsToSet[] read = [.. values.Elements.Select(element => element is ITupleOperation ? PointsToSet.Unknown : body.Expressions.Evaluate(element))];
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

        body.Expressions.Evaluate(source);
        Deconstruct(tuple, unwrapped.Type is INamedTypeSymbol { IsTupleType: true } ? body.Paths.PathOf(unwrapped) : null);
    }

    private void Deconstruct(ITupleOperation targets, AccessPath? from)
    {
        for (int i = 0; i < targets.Elements.Length; i++)
        {
            AccessPath? item = from?.Field(AccessPath.Item(i));
            if (targets.Elements[i] is ITupleOperation inner)
            {
                Deconstruct(inner, item);
            }
            else
            {
                Assign(targets.Elements[i], item is null ? PointsToSet.Unknown : body.State.Get(item), null);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    public void Assign(IOperation target, PointsToSet value, IOperation? source)
    {
        if (target is IDiscardOperation)
        {
            return;
        }

        if (body.Locations.ListOfSegments(target) is { } list)
        {
            // A field or element of a list of segments: the list now holds that memory too.
            body.State.Set(list, PointsToSet.Both(body.State.Get(list).Equals(PointsToSet.Unknown) ? PointsToSet.Nothing : body.State.Get(list), value));
            return;
        }

        bool isAlias = target is ILocalReferenceOperation { Local: { RefKind: not RefKind.None } reference } && body.State.AliasOf(reference) is not null;
        if (!isAlias && Locations.IsLocation(target) && !(target is IFlowCaptureReferenceOperation capture && body.Paths.CapturedVariable(capture) is not null))
        {
            PointsToSet memory = body.Locations.EvaluateReference(target);
            body.Ownership.Access(memory, target.Syntax, MemoryAccess.Write);
            if (target is IArrayElementReferenceOperation)
            {
                body.Collections.StoredIn(value, target.Syntax, body.Paths.PathOf(((IArrayElementReferenceOperation)target).ArrayReference));
            }

            // Through a reference or a pointer it may be an element of a list that somebody has.
            body.Ownership.Escape(source, value);
            return;
        }

        AccessPath? path = target is IFlowCaptureReferenceOperation captured ? body.Paths.CapturedVariable(captured) ?? body.Paths.PathOf(target) : body.Paths.PathOf(target);
        if (path is null)
        {
            // A property with code behind it, or an indexer: a collection keeps what it is given.
            body.Expressions.EvaluateChildren(target);
            bool isCollection = target is IPropertyReferenceOperation { Instance: { } instance } && LibraryModel.IsCollection(instance.Type);
            if (isCollection)
            {
                body.Collections.StoredIn(value, target.Syntax, body.Paths.PathOf(((IPropertyReferenceOperation)target).Instance));
            }

            body.Ownership.Escape(source, value);
            return;
        }

        body.Expressions.EvaluateInstances(target);
        Store(path, value, source);
        WeakenAliasesOf(path);
        body.Adoption.Adopt(path, target.Type, target.Syntax, source);
        if (target is ILocalReferenceOperation local)
        {
            body.State.SetResult(local.Local, body.Calls.RawCalls.ResultOf(source));
        }

        if (path.IsLasting || path.Fields.Length > 0 && path.Root is IParameterSymbol || path.Root is IParameterSymbol { RefKind: not RefKind.None })
        {
            body.Ownership.Escape(source, value);
        }
    }

    /// <summary>The field of another variable may be the field of the same object.</summary>
    private void WeakenAliasesOf(AccessPath path)
    {
        if (!body.Fields.IsShared(path))
        {
            return;
        }

        foreach (AccessPath other in body.Fields.Shared)
        {
            if (!other.Equals(path) && other.Name == path.Name && !body.State.Get(other).Equals(PointsToSet.Unknown))
            {
                body.State.Set(other, PointsToSet.Join(body.State.Get(other), PointsToSet.Unknown));
            }
        }
    }

    /// <summary>Stores a value, with all that it holds where it is a structure or a holder of buffers.</summary>
    [MethodImpl(Hot.Path)]
    public void Store(AccessPath path, PointsToSet value, IOperation? source)
    {
        body.State.ForgetFields(path);
        if (!value.Parts.IsEmpty)
        {
            foreach (KeyValuePair<string, PointsToSet> part in value.Parts)
            {
                body.State.Set(new AccessPath(path.Root, path.Fields + part.Key), part.Value);
            }
        }
        else if (source is not null && body.Paths.PathOf(source) is { } from && !from.Equals(path))
        {
            bool shares = source.Type is { IsReferenceType: true } && Operand.Peel(source) is not IFlowCaptureReferenceOperation;
            foreach (KeyValuePair<AccessPath, PointsToSet> field in body.State.Within(from))
            {
                if (shares)
                {
                    // Two names for one object: what is stored through one would be missed through the other.
                    body.State.Forget(field.Key);
                }
                else
                {
                    body.State.Set(field.Key.Move(from, path), field.Value);
                }
            }
        }

        body.State.Set(path, value);
    }
}
