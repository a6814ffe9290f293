using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// A loop that sends the rest, and breaks where the call says that nothing was taken: behind it nobody asks how much is missing.
/// </summary>
internal static class ForgottenRest
{
    /// <summary>Whether the loop around the call can be left with bytes over, and its count is never looked at again.</summary>
    public static bool Follows(IOperation call)
    {
        if (RawResult.Climb(call).Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var result } }
            || LoopAround(call) is not IWhileLoopOperation loop
            || loop.Parent is not IBlockOperation)
        {
            return false;
        }

        bool breaks = false;
        HashSet<ISymbol> counted = new(SymbolEqualityComparer.Default);
        foreach (IOperation use in loop.Body.Descendants().Where(one => one is ILocalReferenceOperation local
            && SymbolEqualityComparer.Default.Equals(local.Local, result)))
        {
            IOperation value = RawResult.Climb(use);
            if (RawResult.IsFailureTest(value))
            {
                // Whatever else is done about a failure is done about the rest too.
                if (value.Parent!.Parent is not IConditionalOperation { WhenFalse: null, WhenTrue: var then } || !RawResult.Is(then, BranchKind.Break))
                {
                    return false;
                }

                breaks = true;
            }
            else if (AssignmentAround(value) is { Target: var target } && VariableOf(target) is { } variable)
            {
                counted.Add(variable);
            }
            else
            {
                return false;
            }
        }

        return breaks && loop.Condition is { } condition && condition.DescendantsAndSelf().Any(one => VariableOf(one) is { } variable
            && counted.Contains(variable))
            && !IsAskedBehind(loop, counted);
    }

    private static IAssignmentOperation? AssignmentAround(IOperation value)
    {
        IOperation? at = value.Parent;
        while (at is IBinaryOperation or IConversionOperation)
        {
            at = at.Parent;
        }

        return at as IAssignmentOperation;
    }

    /// <summary>A variable that ends with the method: what is behind its last mention nobody knows.</summary>
    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => parameter,
        _ => null,
    };

    private static bool IsAskedBehind(ILoopOperation loop, HashSet<ISymbol> counted)
    {
        IOperation root = loop;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        // A loop around this one may go on where it stopped; a function in the method may look at the count whenever it is called.
        return LoopAround(loop) is not null || root.Descendants().Any(one => VariableOf(one) is { } variable && counted.Contains(variable)
            && (one.Syntax.SpanStart > loop.Syntax.Span.End || (!loop.Syntax.Span.Contains(one.Syntax.Span) && IsInFunction(one.Syntax))));
    }

    private static bool IsInFunction(SyntaxNode node) => node.Ancestors().Any(static around => around is AnonymousFunctionExpressionSyntax
        or LocalFunctionStatementSyntax);

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
}
