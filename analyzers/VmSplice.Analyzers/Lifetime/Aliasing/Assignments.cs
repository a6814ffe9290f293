using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>The operations that assign: what each evaluates, in which order, and what it stores where.</summary>
internal sealed class Assignments(BodyEvaluation body)
{
    public PointsToSet EvaluateAssignment(ISimpleAssignmentOperation assignment)
    {
        if (IsBinding(assignment, out ILocalSymbol? local))
        {
            PointsToSet target = body.Locations.EvaluateReference(assignment.Value);
            if (local is null)
            {
                if (body.Paths.PathOf(assignment.Target) is { } field)
                {
                    body.Stores.Store(field, target, null);
                }

                return target;
            }

            if (body.Shared.Types.IsFollowed(local!.Type) && body.Paths.PathOf(assignment.Value) is { } variable)
            {
                body.State.SetAlias(local, variable);
            }
            else
            {
                body.Stores.Store(new AccessPath(local, ""), target, null);
            }

            return target;
        }

        StoreTarget store = body.Stores.Prepare(assignment.Target);
        PointsToSet value = body.Expressions.Evaluate(assignment.Value);
        if (assignment.Target is ILocalReferenceOperation { Local: { IsFixed: true } pinned })
        {
            bool isText = value.References.IsEmpty && IsText(assignment.Value);
            value = body.Calls.Pins.BeginPin(pinned, isText ? body.Expressions.Make(assignment.Value.Syntax, AllocationKind.Managed) : value);
        }

        body.Stores.Assign(store, value, assignment.Value);
        return Carrier.Carries(assignment.Type) ? value.WithoutParts() : PointsToSet.Nothing;
    }

    /// <summary>The characters of a string, which the garbage collector may move. Those of a constant it does not.</summary>
    private bool IsText(IOperation source)
    {
        IOperation at = Operand.Unwrap(source);
        at = at.Kind == OperationKind.None && at.ChildOperations.FirstOrDefault() is { } only ? Operand.Unwrap(only) : at;
        return body.Shared.SeesRawCalls && at is { Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false };
    }

    /// <summary><c>ref var r = ref x</c>, <c>r = ref x</c>, and the variable of <c>foreach (ref …)</c>.</summary>
    private static bool IsBinding(ISimpleAssignmentOperation assignment, out ILocalSymbol? local)
    {
        local = (assignment.Target as ILocalReferenceOperation)?.Local;
        return (local is { RefKind: not RefKind.None } && (assignment.IsRef || assignment.IsImplicit))
            || (assignment.IsRef && assignment.Target is IFieldReferenceOperation { Field.RefKind: not RefKind.None });
    }

    public PointsToSet EvaluateCompound(ICompoundAssignmentOperation compound)
    {
        if (Locations.IsLocation(compound.Target) || body.Locations.CapturedLocation(compound.Target) is not null)
        {
            StoreTarget store = body.Stores.Prepare(compound.Target);
            body.Expressions.Evaluate(compound.Value);
            body.Stores.WriteThrough(store);
            return PointsToSet.Nothing;
        }

        // p += n stays in the same memory.
        PointsToSet before = body.Expressions.Evaluate(compound.Target);
        PointsToSet added = body.Expressions.Evaluate(compound.Value);
        if (!Carrier.Carries(compound.Type))
        {
            return PointsToSet.Nothing;
        }

        if (body.Paths.PathOf(compound.Target) is not { } path)
        {
            return before;
        }

        if (before.References.IsEmpty)
        {
            body.Stores.Store(path, added.References.IsEmpty ? PointsToSet.Unknown : added, null);
            return before;
        }

        PointsToSet moved = compound.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract
            ? body.Ranges.From(before, compound.Value, body.Expressions.PointedAt(compound.Type), compound,
                isNegative: compound.OperatorKind == BinaryOperatorKind.Subtract)
            : before;
        body.State.Set(path, moved);
        return moved;
    }

    public PointsToSet EvaluateIncrement(IIncrementOrDecrementOperation increment)
    {
        if (Locations.IsLocation(increment.Target))
        {
            body.Stores.WriteThrough(body.Stores.Prepare(increment.Target));
            return PointsToSet.Nothing;
        }

        PointsToSet before = body.Expressions.Evaluate(increment.Target);
        if (!before.References.IsEmpty && body.Paths.PathOf(increment.Target) is { } path)
        {
            body.State.Set(path, body.Ranges.From(before, offset: null, element: null, increment));
        }

        return before;
    }

    public PointsToSet EvaluateDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        Deconstruct(deconstruction.Target, deconstruction.Value);
        return PointsToSet.Unknown;
    }

    private void Deconstruct(IOperation target, IOperation source)
    {
        IOperation targets = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        IOperation unwrapped = Operand.Unwrap(source);
        if (targets is not ITupleOperation tuple)
        {
            StoreTarget store = body.Stores.Prepare(targets);
            body.Stores.Assign(store, body.Expressions.Evaluate(source), source);
            return;
        }

        StoreTarget[] stores = [.. tuple.Elements.Select(element => element is ITupleOperation ? default : body.Stores.Prepare(element))];

        if (unwrapped is ITupleOperation values && values.Elements.Length == tuple.Elements.Length)
        {
            // All are read before any is written: (a, b) = (b, a).
            PointsToSet[] read = EvaluateAll(values);
            for (int i = 0; i < read.Length; i++)
            {
                if (values.Elements[i] is ITupleOperation)
                {
                    Deconstruct(tuple.Elements[i], values.Elements[i]);
                }
                else
                {
                    body.Stores.Assign(stores[i], read[i], null);
                }
            }

            return;
        }

        PointsToSet value = body.Expressions.Evaluate(source);
        Deconstruct(tuple, stores, unwrapped.Type, body.Paths.PathOf(unwrapped), value);
    }

    /// <summary>
    /// The values of a tuple in their order. In a loop, what a later one rents makes what an earlier one holds the buffer of the round before: so they
    /// are kept in the state meanwhile.
    /// </summary>
    private PointsToSet[] EvaluateAll(ITupleOperation values)
    {
        var read = new PointsToSet[values.Elements.Length];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = values.Elements[i] is ITupleOperation ? PointsToSet.Unknown : body.Expressions.Evaluate(values.Elements[i]);
            body.State.Set(Kept(i), read[i]);
        }

        for (int i = 0; i < read.Length; i++)
        {
            read[i] = read[i].References.IsEmpty ? read[i] : body.State.Get(Kept(i)).WithPartsOf(read[i]);
            body.State.Forget(Kept(i));
        }

        return read;

        AccessPath Kept(int index) => new(values, AccessPath.Element(index));
    }

    /// <summary>Takes a tuple or a record apart: a variable, by <paramref name="from"/>, or else what a call or an expression made.</summary>
    private void Deconstruct(ITupleOperation targets, StoreTarget[] stores, ITypeSymbol? type, AccessPath? from, PointsToSet value, string within = "")
    {
        IReadOnlyList<(string Name, ITypeSymbol Type)>? parts = DeconstructedParts.Of(type, targets.Elements.Length);
        for (int i = 0; i < targets.Elements.Length; i++)
        {
            AccessPath? part = parts is null ? null : from?.Field(parts[i].Name);
            string name = parts is null ? "" : within + parts[i].Name;
            if (targets.Elements[i] is ITupleOperation inner)
            {
                Deconstruct(inner, [.. inner.Elements.Select(element => element is ITupleOperation ? default : body.Stores.Prepare(element))],
                    parts?[i].Type, part, value, name + ".");
            }
            else
            {
                body.Stores.Assign(stores[i],
                    parts is null ? PointsToSet.Unknown : part is not null ? body.State.Get(part) : from is null ? value.Part(name) : PointsToSet.Unknown,
                    null);
            }
        }
    }
}
