using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// What a condition says on each of its branches, whatever its syntax: the result of a call (<see cref="ResultConditions"/>), the state of a buffer
/// (<see cref="StateConditions"/>), that there is none (<see cref="AbsenceConditions"/>).
/// </summary>
internal sealed class BranchConditions(BodyEvaluation body)
{
    /// <summary>Names of names of conditions; longer ways are not gone.</summary>
    private const int MaxNames = 4;

    private readonly AbsenceConditions _absence = new(body);
    private readonly ResultConditions _results = new(body);
    private readonly StateConditions _states = new(body);
    private readonly RestLoops _rest = new(body);
    private int _names;

    public bool Assume(IOperation condition, bool value)
    {
        if (condition.Type?.SpecialType == SpecialType.System_Boolean && body.Calls.Outcomes.Of(condition) is { } outcome)
        {
            body.Calls.Outcomes.Assume(outcome, constant => constant is bool returned && returned == value);
            return true;
        }

        if (!value)
        {
            _rest.Leave(condition);
        }

        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Assume(negation.Operand, !value);
            case IParenthesizedOperation parenthesized:
                return Assume(parenthesized.Operand, value);
            case IIsNullOperation test:
                return !value || (!_absence.IsMadeHere(test) && _absence.Assume(test.Operand));
            case IPropertyReferenceOperation { Property: { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T },
                Instance: { } nullable }:
                return value || _absence.Assume(nullable);
            case IPropertyReferenceOperation { Property.Name: "IsEmpty", Instance: { } view }:
                return !value || _absence.AssumeEmpty(view);
            case IIsPatternOperation match:
                return AssumePattern(match.Pattern, match.Value, value);
            case IBinaryOperation binary:
                return AssumeComparison(binary, value);
            case IInvocationOperation { TargetMethod.Name: "IsNegative", Arguments: { Length: 1 } arguments }:
                return _results.Assume(arguments[0].Value, PatternRange.Of(BinaryOperatorKind.LessThan, 0, value));
            case IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } buffer, Arguments: { Length: 1 } others }
                when AbsenceConditions.IsDefault(others[0].Value):
                return !value || _absence.Assume(buffer);
            case IFlowCaptureReferenceOperation capture when body.Function.OnlyCaptured(capture.Id) is { } captured:
                return AssumeNamed(captured, value);
            case ILocalReferenceOperation local:
                return body.Function.Names.MeaningOf(local) is not { } meaning || AssumeNamed(meaning, value);
            default:
                return true;
        }
    }

    /// <summary><c>bool failed = n &lt; 0; if (failed)</c>.</summary>
    private bool AssumeNamed(IOperation meaning, bool value)
    {
        if (_names == MaxNames)
        {
            return true;
        }

        _names++;
        bool feasible = Assume(meaning, value);
        _names--;
        return feasible;
    }

    private bool AssumeComparison(IBinaryOperation binary, bool value)
    {
        bool isEqual = value == (binary.OperatorKind == BinaryOperatorKind.Equals);
        if (AbsenceConditions.ComparedWithNone(binary) is { } variable)
        {
            return !isEqual || _absence.Assume(variable);
        }

        if (_states.Asked(binary) is { } asked)
        {
            return _states.Assume(asked.On, asked.Named, isEqual);
        }

        if (TruthOf(binary.RightOperand) is { } truth)
        {
            return Assume(binary.LeftOperand, truth == isEqual);
        }

        return Number(binary.RightOperand) is { } right ? AssumeRange(binary.LeftOperand, PatternRange.Of(binary.OperatorKind, right, value))
            : Number(binary.LeftOperand) is not { } left
                || AssumeRange(binary.RightOperand, PatternRange.Of(PatternRange.Mirrored(binary.OperatorKind), left, value));
    }

    private bool AssumePattern(IPatternOperation pattern, IOperation tested, bool value)
    {
        if (AbsenceConditions.MeansNone(pattern) == value)
        {
            return _absence.Assume(tested);
        }

        if (_states.Asked(pattern, tested) is { } asked)
        {
            return _states.Assume(asked.On, asked.Named, value != asked.Negated);
        }

        if (pattern is IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns: { Length: 1 } parts }
            && parts[0].Member is IPropertyReferenceOperation { Property.Name: "Length" })
        {
            return !PatternRange.Of(parts[0].Pattern, value).IsOnly(0) || _absence.Assume(tested);
        }

        PatternRange range = PatternRange.Of(pattern, value);
        return AssumeRange(tested, range);
    }

    private bool AssumeRange(IOperation measured, PatternRange range)
    {
        if (!range.IsEmpty && body.Calls.Outcomes.Of(measured) is { } outcome)
        {
            body.Calls.Outcomes.Assume(outcome, constant => constant is not long number || (number >= range.Low && number <= range.High));
        }

        return AssumeMeasured(measured, range);
    }

    private static bool? TruthOf(IOperation operand)
        => operand is { Type.SpecialType: SpecialType.System_Boolean, ConstantValue: { HasValue: true, Value: bool truth } } ? truth : null;

    private bool AssumeMeasured(IOperation measured, PatternRange range)
        => (!range.IsOnly(0) || LengthOf(measured) is not { } buffer || _absence.Assume(buffer)) && _results.Assume(measured, range);

    private static long? Number(IOperation operand) => Operand.Constant(operand) ?? Operand.Constant(Operand.Unwrap(operand));

    /// <summary>The buffer whose length is measured.</summary>
    private IOperation? LengthOf(IOperation measured)
    {
        IOperation unwrapped = Operand.Unwrap(measured);
        unwrapped = unwrapped is IFlowCaptureReferenceOperation capture ? Operand.Unwrap(body.Function.OnlyCaptured(capture.Id) ?? unwrapped) : unwrapped;
        return unwrapped is IPropertyReferenceOperation { Property.Name: "Length", Instance: { } of }
            ? body.Shared.Types.IsFollowed(of.Type) ? of : AbsenceConditions.Viewed(of)
            : null;
    }
}
