using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>What a condition says on each of its branches: the result of a raw call, the state of a buffer, that there is none.</summary>
internal sealed class BranchConditions(BodyEvaluation body)
{
    [MethodImpl(Hot.Path)]
    public bool Assume(IOperation condition, bool value)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Assume(negation.Operand, !value);
            case IParenthesizedOperation parenthesized:
                return Assume(parenthesized.Operand, value);
            case IIsNullOperation test:
                return !value || (!IsMadeHere(test) && AssumeNull(test.Operand));
            case IPropertyReferenceOperation { Property: { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable }:
                return value || AssumeNull(nullable);
            case IIsPatternOperation match:
                return MeansNull(match.Pattern) != value || AssumeNull(match.Value);
            case IBinaryOperation binary:
                return ComparedWithNull(binary) is { } variable ? value != (binary.OperatorKind == BinaryOperatorKind.Equals) || AssumeNull(variable)
                    : StateOf(binary) is { } asked ? AssumeState(asked.On, asked.Named, value == (binary.OperatorKind == BinaryOperatorKind.Equals))
                    : AssumeResult(binary, value);
            default:
                return true;
        }
    }

    /// <summary>Which outcome says that the value is null: of <c>is null</c> and <c>is { }</c>; null of any other pattern.</summary>
    private static bool? MeansNull(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => !MeansNull(negated.Pattern),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => true,
        IDeclarationPatternOperation { MatchesNull: false } or IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } => false,
        _ => null,
    };

    private static IOperation? ComparedWithNull(IBinaryOperation comparison)
    {
        static bool IsNull(IOperation operation) => Operand.Peel(operation).ConstantValue is { HasValue: true, Value: null };

        return comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) ? null
            : IsNull(comparison.RightOperand) ? Operand.Peel(comparison.LeftOperand)
            : IsNull(comparison.LeftOperand) ? Operand.Peel(comparison.RightOperand)
            : null;
    }

    /// <summary>A variable without a buffer: none that it may have held was left behind on this path.</summary>
    private bool AssumeNull(IOperation tested)
    {
        IOperation variable = tested is IFlowCaptureReferenceOperation capture ? body.Function.OnlyCaptured(capture.Id) ?? tested : tested;
        // The variable may be over by now, the temporary that the test looks at is not.
        foreach (Reference reference in HeldIn(variable).References.Concat(ReferenceEquals(variable, tested) ? [] : HeldIn(tested).References))
        {
            SiteState before = body.State.Get(reference.Site);
            if (reference.Site is { Kind: AllocationKind.Pages or AllocationKind.RecordSource, IsFresh: true } && (before.Ownership & OwnershipState.Owned) != 0)
            {
                body.State.Set(reference.Site, before.With((before.Ownership & ~OwnershipState.Owned) | OwnershipState.Shared));
            }
        }

        return true;
    }

    /// <summary>The test that <c>using</c> makes of a writer or reader that was made in this body: it is one.</summary>
    private bool IsMadeHere(IIsNullOperation test)
        => test.IsImplicit && HeldIn(test.Operand).Single is { Kind: AllocationKind.RecordSource, Node: not null };

    /// <summary>What a local variable holds, or what the call that is tested on the spot made: <c>TryReceive</c>, awaited or not.</summary>
    private PointsToSet HeldIn(IOperation tested)
    {
        if (body.Paths.PathOf(tested) is { } path)
        {
            return path.IsLasting ? PointsToSet.Nothing : body.State.Get(path);
        }

        IOperation made = Operand.Peel(tested);
        if (made is ISimpleAssignmentOperation assignment)
        {
            return HeldIn(assignment.Target);
        }

        made = made is IAwaitOperation await ? Operand.Peel(await.Operation) : made;
        return made is IInvocationOperation call && RuntimeNamespace.Holds(call.TargetMethod) && body.Shared.SurfaceOf(call.TargetMethod).ReturnsPages
            ? PointsToSet.Of(body.Sites.At(call.Syntax, AllocationKind.Pages, owner: null, isFresh: true))
            : PointsToSet.Nothing;
    }

    private bool AssumeResult(IBinaryOperation comparison, bool holds)
    {
        if (Operand.Constant(comparison.RightOperand) is not { } bound)
        {
            return true;
        }

        IOperation left = Operand.Peel(comparison.LeftOperand);
        OwnershipEvent? call = left is ISimpleAssignmentOperation assignment ? body.Calls.RawCalls.ResultOf(assignment.Value)
            : left is IFlowCaptureReferenceOperation capture && body.Function.OnlyCaptured(capture.Id) is { } captured
                ? body.Calls.RawCalls.ResultOf(captured)
                : body.Calls.RawCalls.ResultOf(left);
        long? most = (comparison.OperatorKind, holds) switch
        {
            (BinaryOperatorKind.LessThan, true) or (BinaryOperatorKind.GreaterThanOrEqual, false) => bound - 1,
            (BinaryOperatorKind.LessThanOrEqual, true) or (BinaryOperatorKind.GreaterThan, false) => bound,
            (BinaryOperatorKind.Equals, true) or (BinaryOperatorKind.NotEquals, false) => bound,
            _ => null,
        };
        if (call is not null && most <= 0)
        {
            body.Calls.RawCalls.Revert(call);
        }

        return true;
    }

    private (PointsToSet On, string Named)? StateOf(IBinaryOperation binary)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
        {
            return null;
        }

        IOperation left = Operand.Peel(binary.LeftOperand);
        IOperation right = Operand.Peel(binary.RightOperand);
        if (right is IPropertyReferenceOperation)
        {
            (left, right) = (right, left);
        }

        return left is IPropertyReferenceOperation { Property.Name: "State", Instance: { } instance }
            && body.Shared.Types.Of(left.Type) == SpliceType.PageBufferState
            && right is IFieldReferenceOperation named
            && body.Paths.PathOf(instance) is { } path
            ? (body.State.Get(path), named.Field.Name)
            : null;
    }

    private bool AssumeState(PointsToSet on, string named, bool isThat)
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
}
