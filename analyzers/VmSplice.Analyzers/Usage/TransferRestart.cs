using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// Code that compares what the kernel took with the length, and then gives the whole to it again: what was taken comes twice. The count is looked
/// at nowhere else, so nothing can know where to go on.
/// </summary>
internal static class TransferRestart
{
    /// <summary>Whether a short transfer is followed by the same call from the front.</summary>
    public static bool Follows(IOperation call)
    {
        IOperation value = RawResult.Climb(call);
        ILocalSymbol? result = value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == value => target.Local,
            _ => null,
        };
        IOperation[] compared = [.. result is null ? [value] : UsesOf(result, call).Select(RawResult.Climb)];
        return compared.Length > 0 && compared.All(static use => IsComparison(use) && !TellsPartFromNone(use))
            && compared.Any(use => !RawResult.IsFailureTest(use) && RepeatsOnMismatch(use, call))
            && !compared.Any(use => !RawResult.IsFailureTest(use) && GivesUpOnMismatch(use))
            && !MovesOn(call);
    }

    private static IEnumerable<IOperation> UsesOf(ILocalSymbol result, IOperation call)
        => Function(call).Descendants().Where(one => one is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, result)
            && !(local.Parent is ISimpleAssignmentOperation assignment && assignment.Target == local));

    private static bool IsComparison(IOperation use) => use.Parent is IIsPatternOperation || (use.Parent is IBinaryOperation binary
        && RawResult.IsComparison(binary.OperatorKind));

    /// <summary>Whether it is asked if anything was taken at all: who knows that it was a part has something else in mind.</summary>
    private static bool TellsPartFromNone(IOperation use) => use.Parent switch
    {
        IBinaryOperation binary when RawResult.IsFailureTest(use) => (binary.OperatorKind, binary.LeftOperand == use) is
            (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.NotEquals, true)
            or (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.NotEquals, false),
        IIsPatternOperation pattern when RawResult.IsFailureTest(use) => pattern.Pattern is INegatedPatternOperation or IRelationalPatternOperation
            { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual },
        IIsPatternOperation pattern => pattern.Pattern is not (IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation }),
        _ => false,
    };

    /// <summary>Whether a comparison with the length is true where all was taken; null of a comparison that says neither.</summary>
    private static bool? IsOnEquality(IOperation comparison, IOperation use) => comparison switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } => false,
        IBinaryOperation binary => (binary.OperatorKind is BinaryOperatorKind.GreaterThan
            or BinaryOperatorKind.GreaterThanOrEqual) == (binary.LeftOperand == use),
        IIsPatternOperation { Pattern: IConstantPatternOperation } => true,
        IIsPatternOperation { Pattern: INegatedPatternOperation } => false,
        _ => null,
    };

    /// <summary>Whether the loop around the call, or a call of the method itself, goes on where the count is another.</summary>
    private static bool RepeatsOnMismatch(IOperation use, IOperation call)
    {
        IOperation comparison = use.Parent!;
        if (IsOnEquality(comparison, use) is not { } equal || LoopAround(call) is var loop && loop is null && LoopAround(comparison) is not null)
        {
            return false;
        }

        switch (comparison.Parent)
        {
            case IWhileLoopOperation { ConditionIsUntil: false } around when around == loop && around.Condition == comparison:
                return !equal;
            case IConditionalOperation { WhenFalse: null } test when loop is not null && LoopAround(test) == loop:
                return equal ? Leaves(test.WhenTrue, loop) && !LeavesBehind(test, loop) : RawResult.Is(test.WhenTrue, BranchKind.Continue);
            case IConditionalOperation test when loop is null:
                IOperation? onMismatch = equal ? test.WhenFalse : test.WhenTrue;
                return onMismatch is not null && onMismatch.DescendantsAndSelf().Any(one => one is IInvocationOperation again && CallsItself(again));
            default:
                return false;
        }
    }

    /// <summary>Whether a short transfer is the end of it: <c>if (n != length) { throw …; }</c>.</summary>
    private static bool GivesUpOnMismatch(IOperation use) => use.Parent is { } comparison && comparison.Parent is IConditionalOperation test
        && IsOnEquality(comparison, use) is { } equal && (equal ? test.WhenFalse : test.WhenTrue) is { } onMismatch && Throws(onMismatch);

    private static bool Throws(IOperation branch) => branch switch
    {
        IBlockOperation { Operations.IsEmpty: false } block => Throws(block.Operations[block.Operations.Length - 1]),
        IThrowOperation or IReturnOperation { Kind: OperationKind.Return } or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    private static bool Leaves(IOperation branch, ILoopOperation loop) => branch switch
    {
        IBlockOperation { Operations.IsEmpty: false } block => Leaves(block.Operations[block.Operations.Length - 1], loop),
        IReturnOperation { Kind: OperationKind.Return } => true,
        IBranchOperation { BranchKind: BranchKind.Break } branched => SymbolEqualityComparer.Default.Equals(branched.Target, loop.ExitLabel),
        _ => false,
    };

    /// <summary>Whether something behind the test leaves the round for good: then it is not repeated.</summary>
    private static bool LeavesBehind(IConditionalOperation test, ILoopOperation loop)
    {
        if (test.Parent is not IBlockOperation block)
        {
            return false;
        }

        for (int i = block.Operations.IndexOf(test) + 1; i < block.Operations.Length; i++)
        {
            if (Leaves(block.Operations[i], loop) || block.Operations[i] is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A call of the method that it stands in, with the parameters as they came.</summary>
    private static bool CallsItself(IInvocationOperation call)
        => call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart) is IMethodSymbol method
            && SymbolEqualityComparer.Default.Equals(method, call.TargetMethod)
        && call.Arguments.All(one => Operand.Unwrap(one.Value) is IParameterReferenceOperation passed
        && SymbolEqualityComparer.Default.Equals(passed.Parameter, one.Parameter));

    /// <summary>Whether anything that the call is given changes in the loop.</summary>
    private static bool MovesOn(IOperation call)
    {
        if (LoopAround(call) is not { } loop)
        {
            return false;
        }

        HashSet<ISymbol> given = new(SymbolEqualityComparer.Default);
        foreach (IOperation one in call.Descendants())
        {
            if (SymbolOf(one) is { } symbol)
            {
                given.Add(symbol);
            }
        }

        return loop.Descendants().Any(one => !IsIn(one, call) && SymbolOf(one) is { } symbol && given.Contains(symbol) && IsChanged(one));
    }

    private static bool IsIn(IOperation one, IOperation call) => call.Syntax.Span.Contains(one.Syntax.Span);

    /// <summary>Whether a variable is assigned, or given to somebody who may change what is in it.</summary>
    private static bool IsChanged(IOperation variable)
    {
        IOperation at = variable;
        while (at.Parent is IMemberReferenceOperation or IArrayElementReferenceOperation or IConversionOperation or { Kind: OperationKind.None })
        {
            at = at.Parent;
        }

        return at.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == at,
            IIncrementOrDecrementOperation or IArgumentOperation or IInvocationOperation or IAddressOfOperation => true,
            _ => false,
        };
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    /// <summary>The innermost loop of the same function; null where there is none.</summary>
    private static ILoopOperation? LoopAround(IOperation operation)
    {
        for (IOperation? at = operation.Parent; at is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); at = at.Parent)
        {
            if (at is ILoopOperation loop)
            {
                return loop;
            }
        }

        return null;
    }

    private static IOperation Function(IOperation operation)
    {
        IOperation at = operation;
        while (at.Parent is { } parent && at is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            at = parent;
        }

        return at;
    }
}
