using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>Follows the result of a call to what is done with it, through at most one local variable.</summary>
internal static class RawResult
{
    public static ResultUse UseOf(IOperation call)
    {
        IOperation value = Climb(call);
        switch (value.Parent)
        {
            case IExpressionStatementOperation:
                return ResultUse.None;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return UseOf(declarator.Symbol, value, assigned: null);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == value:
                return UseOf(target.Local, value, assignment);
            default:
                return OfValue(value);
        }
    }

    private static ResultUse UseOf(ILocalSymbol local, IOperation value, ISimpleAssignmentOperation? assigned)
    {
        ResultUse use = assigned is null || assigned.Parent is IExpressionStatementOperation ? ResultUse.None : OfValue(Climb(assigned));
        // Behind the call first: there the use is, nearly always, and close by.
        for (IOperation? scope = value; scope is not null && use != ResultUse.Counted; scope = scope.Parent)
        {
            if (scope.Parent is not IBlockOperation block)
            {
                continue;
            }

            for (int i = block.Operations.IndexOf(scope) + 1; i < block.Operations.Length; i++)
            {
                use = More(use, UseIn(block.Operations[i], local));
                if (use == ResultUse.Counted)
                {
                    return use;
                }
            }
        }

        return More(use, UseIn(Root(value), local));
    }

    private static ResultUse UseIn(IOperation scope, ILocalSymbol local)
    {
        ResultUse use = ResultUse.None;
        foreach (IOperation operation in scope.DescendantsAndSelf())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local)
                || reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)
            {
                continue;
            }

            use = More(use, OfValue(Climb(reference)));
            if (use == ResultUse.Counted)
            {
                break;
            }
        }

        return use;
    }

    private static ResultUse More(ResultUse left, ResultUse right) => left > right ? left : right;

    private static ResultUse OfValue(IOperation value) => value.Parent switch
    {
        IBinaryOperation or IIsPatternOperation => IsFailureTest(value) ? ResultUse.FailureOnly : ResultUse.Counted,
        IInterpolationOperation => ResultUse.FailureOnly,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: { } type } } when OnlyMentions(type) =>
            ResultUse.FailureOnly,
        _ => ResultUse.Counted,
    };

    /// <summary>Whether the count is only asked whether it is one at all.</summary>
    public static bool IsFailureTest(IOperation value) => value.Parent switch
    {
        IBinaryOperation comparison when IsComparison(comparison.OperatorKind)
            => IsFailureMark(comparison.LeftOperand == value ? comparison.RightOperand : comparison.LeftOperand),
        IIsPatternOperation { Pattern: var pattern } => IsFailureMark(pattern),
        _ => false,
    };

    /// <summary>Whether a branch is a <c>break</c> or <c>continue</c> and nothing else.</summary>
    public static bool Is(IOperation branch, BranchKind kind)
        => (branch is IBlockOperation { Operations.Length: 1 } block ? block.Operations[0] : branch) is IBranchOperation jump && jump.BranchKind == kind;

    /// <summary>Through what changes the type but not the number.</summary>
    public static IOperation Climb(IOperation value)
    {
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    value = value.Parent;
                    continue;
                case IInvocationOperation { Arguments.IsEmpty: true, TargetMethod.Name: "ToInt64" or "ToInt32" } call when call.Instance == value:
                    value = call;
                    continue;
                default:
                    return value;
            }
        }
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    public static bool IsComparison(BinaryOperatorKind kind) => kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
        or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    // -1 says failure, 0 says that nothing was taken: neither says how much was.
    private static bool IsFailureMark(IOperation value)
        => Operand.Constant(value) is <= 0 || Operand.Constant(Operand.Unwrap(value)) is <= 0
        || Operand.Unwrap(value) is IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.SpecialType: SpecialType.System_IntPtr } };

    private static bool IsFailureMark(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => IsFailureMark(constant.Value),
        IRelationalPatternOperation relation => IsFailureMark(relation.Value),
        INegatedPatternOperation negated => IsFailureMark(negated.Pattern),
        IBinaryPatternOperation binary => IsFailureMark(binary.LeftPattern) && IsFailureMark(binary.RightPattern),
        _ => false,
    };

    private static bool OnlyMentions(INamedTypeSymbol type)
        => type is { Name: "Console", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
        || type is { Name: "Debug" or "Trace", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" } }
            && type.ContainingNamespace.ContainingNamespace.ContainingNamespace.IsGlobalNamespace;
}
