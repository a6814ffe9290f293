using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <content>What a condition says: the result of a raw call, the state of a buffer, that there is none.</content>
internal sealed partial class LifetimePolicy
{
    /// <summary>Buffers that the body asks for their state.</summary>
    private readonly HashSet<Origin> _statesAsked = [];

    [MethodImpl(Hot.Path)]
    public override bool Assume(IOperation condition, bool value, LifetimeState state)
    {
        Step step = Begin(state);
        bool feasible = Assume(condition, value);
        End(step);
        return feasible;
    }

    [MethodImpl(Hot.Path)]
    private bool Assume(IOperation condition, bool value)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Assume(negation.Operand, !value);
            case IParenthesizedOperation parenthesized:
                return Assume(parenthesized.Operand, value);
            case IIsNullOperation test:
                return !value || AssumeNull(test.Operand);
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
        IOperation variable = tested is IFlowCaptureReferenceOperation capture && _captures.TryGetValue(capture.Id, out List<IOperation>? captured) && captured.Count == 1
            ? captured[0]
            : tested;
        // The variable may be over by now, the temporary that the test looks at is not.
        foreach (Reference reference in HeldIn(variable).References.Concat(ReferenceEquals(variable, tested) ? [] : HeldIn(tested).References))
        {
            OriginState before = _state.Get(reference.Origin);
            if (reference.Origin is { Kind: OriginKind.Pages or OriginKind.RecordSource, IsFresh: true } && (before.Fate & Condition.Owned) != 0)
            {
                _state.Set(reference.Origin, before.With((before.Fate & ~Condition.Owned) | Condition.Elsewhere));
            }
        }

        return true;
    }

    /// <summary>What a local variable holds, or what the call that is tested on the spot made: <c>TryReceive</c>, awaited or not.</summary>
    private Value HeldIn(IOperation tested)
    {
        if (PlaceOf(tested) is { } place)
        {
            return place.IsLasting ? Value.Nothing : _state.Get(place);
        }

        IOperation made = Operand.Peel(tested);
        if (made is ISimpleAssignmentOperation assignment)
        {
            return HeldIn(assignment.Target);
        }

        made = made is IAwaitOperation await ? Operand.Peel(await.Operation) : made;
        return made is IInvocationOperation call && RuntimeNamespace.Holds(call.TargetMethod) && _context.SurfaceOf(call.TargetMethod).ReturnsPages
            ? Value.Of(_origins.At(call.Syntax, OriginKind.Pages, owner: null, isFresh: true))
            : Value.Nothing;
    }

    private bool AssumeResult(IBinaryOperation comparison, bool holds)
    {
        if (Operand.Constant(comparison.RightOperand) is not { } bound)
        {
            return true;
        }

        IOperation left = Operand.Peel(comparison.LeftOperand);
        HandOver? call = left is ISimpleAssignmentOperation assignment ? RawCallOf(assignment.Value)
            : left is IFlowCaptureReferenceOperation capture && _captures.TryGetValue(capture.Id, out List<IOperation>? captured) && captured.Count == 1
                ? RawCallOf(captured[0])
                : RawCallOf(left);
        long? most = (comparison.OperatorKind, holds) switch
        {
            (BinaryOperatorKind.LessThan, true) or (BinaryOperatorKind.GreaterThanOrEqual, false) => bound - 1,
            (BinaryOperatorKind.LessThanOrEqual, true) or (BinaryOperatorKind.GreaterThan, false) => bound,
            (BinaryOperatorKind.Equals, true) or (BinaryOperatorKind.NotEquals, false) => bound,
            _ => null,
        };
        if (call is not null && most <= 0)
        {
            Undo(call);
        }

        return true;
    }

    private (Value On, string Named)? StateOf(IBinaryOperation binary)
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
            && _context.Types.Of(left.Type) == SpliceType.PageBufferState
            && right is IFieldReferenceOperation named
            && PlaceOf(instance) is { } place
            ? (_state.Get(place), named.Field.Name)
            : null;
    }

    private bool AssumeState(Value on, string named, bool isThat)
    {
        Condition condition = named switch
        {
            "Owned" => Condition.Owned,
            "Sent" => Condition.Sent,
            "Gifted" => Condition.Gifted,
            "Frozen" => Condition.Frozen,
            _ => Condition.Disposed,
        };
        if (on.Single is not { } origin)
        {
            return true;
        }

        _statesAsked.Add(origin);
        OriginState before = _state.Get(origin);
        if (before.Fate == Condition.None)
        {
            return true;
        }

        // One that is elsewhere may be in any condition; it is taken for owned where the question is that.
        bool asksOwned = condition == Condition.Owned;
        Condition thatOne = asksOwned ? Condition.Owned | Condition.Elsewhere : condition;
        Condition left = isThat ? before.Fate & (thatOne | Condition.Elsewhere)
            : before.Fate == Condition.Elsewhere ? Condition.Elsewhere
            : before.Fate & ~thatOne;
        if (left == Condition.None)
        {
            return false;
        }

        _state.Set(origin, before.With(left));
        return true;
    }
}
