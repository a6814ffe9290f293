using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// Of a helper: <c>while (length > 0)</c> around the raw call sends what is left. That the loop does not run at all says that there was nothing to
/// send, not that the memory stayed the caller's.
/// </summary>
internal sealed class RestLoops(BodyEvaluation body)
{
    /// <summary>What a loop's condition says where it does not hold.</summary>
    public void Leave(IOperation condition)
    {
        if (!body.Summarizes || body.Shared.RawCalls is not { } calls || condition.Syntax.Parent is not (WhileStatementSyntax or ForStatementSyntax)
            || !AsksForMore(condition) || !Sends((StatementSyntax)condition.Syntax.Parent, calls))
        {
            return;
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in body.State.Sites.ToArray())
        {
            if (pair.Key is { Ordinal: >= 0, Kind: not AllocationKind.Pages } && pair.Value.Is(OwnershipState.Owned))
            {
                body.State.Set(pair.Key, pair.Value.With(pair.Value.Ownership & ~OwnershipState.Owned));
            }
        }
    }

    /// <summary><c>length > 0</c>, <c>length != 0</c>.</summary>
    private static bool AsksForMore(IOperation condition)
        => condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals } comparison
        && (Operand.Constant(comparison.RightOperand) ?? Operand.Constant(Operand.Unwrap(comparison.RightOperand))) == 0;

    private bool Sends(StatementSyntax loop, RawCalls calls)
        => loop.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            body.Shared.ModelOf(loop.SyntaxTree).GetOperation(call, body.Budget.Cancellation) is { } operation && calls.TryGet(operation) is not null);
}
