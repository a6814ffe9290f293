using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>Conditions that ask a buffer for its state: <c>b.State == PageBufferState.Owned</c>, and the same as a pattern.</summary>
internal sealed class StateConditions(BodyEvaluation body)
{
    public (PointsToSet On, string Named)? Asked(IBinaryOperation binary)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
        {
            return null;
        }

        (IOperation left, IOperation right) = (binary.LeftOperand, binary.RightOperand);
        return NameOf(right) is { } named && BufferOf(left) is { } on ? (on, named)
            : NameOf(left) is { } first && BufferOf(right) is { } other ? (other, first)
            : null;
    }

    /// <summary>Of <c>b.State is PageBufferState.Owned</c> and <c>b is { State: PageBufferState.Owned }</c>, negated or not.</summary>
    public (PointsToSet On, string Named, bool Negated)? Asked(IPatternOperation pattern, IOperation tested)
    {
        bool negated = false;
        while (pattern is INegatedPatternOperation not)
        {
            (pattern, negated) = (not.Pattern, !negated);
        }

        switch (pattern)
        {
            case IConstantPatternOperation constant when NameOf(constant.Value) is { } named && BufferOf(tested) is { } on:
                return (on, named, negated);
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns: { Length: 1 } parts }
                when parts[0] is { Member: IPropertyReferenceOperation { Property.Name: "State" }, Pattern: IConstantPatternOperation only }
                    && NameOf(only.Value) is { } inner && body.Paths.PathOf(tested) is { } path:
                return (body.State.Get(path), inner, negated);
            default:
                return null;
        }
    }

    public bool Assume(PointsToSet on, string named, bool isThat)
    {
        OwnershipState condition = named switch
        {
            "Owned" => OwnershipState.Owned,
            "Sent" => OwnershipState.Sent,
            "Gifted" => OwnershipState.Gifted,
            "Frozen" => OwnershipState.Frozen,
            _ => OwnershipState.Disposed,
        };
        if (on.Single is not { } site)
        {
            return true;
        }

        SiteState before = body.State.Get(site);
        if (before.Ownership == OwnershipState.None)
        {
            return true;
        }

        // One that is elsewhere may be in any condition; it is taken for owned where the question is that.
        bool asksOwned = condition == OwnershipState.Owned;
        OwnershipState thatOne = asksOwned ? OwnershipState.Owned | OwnershipState.Shared : condition;
        OwnershipState left = isThat ? before.Ownership & (thatOne | OwnershipState.Shared)
            : before.Ownership == OwnershipState.Shared ? OwnershipState.Shared
            : before.Ownership & ~thatOne;
        if (left == OwnershipState.None)
        {
            return false;
        }

        body.State.Set(site, before.With(left));
        return true;
    }

    private static string? NameOf(IOperation state)
        => Operand.Unwrap(state) is IFieldReferenceOperation { Field.ContainingType.Name: "PageBufferState" } named ? named.Field.Name : null;

    private PointsToSet? BufferOf(IOperation asked)
    {
        IOperation unwrapped = Operand.Unwrap(asked);
        unwrapped = unwrapped is IFlowCaptureReferenceOperation capture ? Operand.Unwrap(body.Function.OnlyCaptured(capture.Id) ?? unwrapped) : unwrapped;
        return unwrapped is IPropertyReferenceOperation { Property.Name: "State", Instance: { } instance } state
            && body.Shared.Types.Of(state.Type) == SpliceType.PageBufferState
            && body.Paths.PathOf(instance) is { } path
            ? body.State.Get(path)
            : null;
    }
}
