using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// <c>while (length > 0)</c> around the raw call sends what is left. That the loop does not run at all says that there was nothing to send, not that
/// the memory stayed the sender's.
/// </summary>
internal sealed class RestLoops(BodyEvaluation body)
{
    private const OwnershipState Given = OwnershipState.InFlight | OwnershipState.Gifted;

    /// <summary>What a loop's condition says where it does not hold.</summary>
    public void Leave(IOperation condition)
    {
        if (body.Shared.RawCalls is not { } calls || condition.Syntax.Parent is not (WhileStatementSyntax or ForStatementSyntax)
            || !AsksForMore(condition) || !Sends((StatementSyntax)condition.Syntax.Parent, calls))
        {
            return;
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in body.State.Sites.ToArray())
        {
            if (pair.Value.Is(OwnershipState.Owned) && (IsGivenToHelper(pair.Key) || IsGivenIn(condition.Syntax.Parent, pair)))
            {
                body.State.Set(pair.Key, pair.Value.With(pair.Value.Ownership & ~OwnershipState.Owned));
            }
        }
    }

    private bool IsGivenToHelper(AllocationSite memory) => body.Summarizes && memory is { Ordinal: >= 0, Kind: not AllocationKind.Pages };

    /// <summary>Memory that the calls in the loop gave away, and what pins it.</summary>
    private static bool IsGivenIn(SyntaxNode loop, KeyValuePair<AllocationSite, SiteState> memory)
        => memory.Key.Kind is AllocationKind.Native or AllocationKind.Pooled or AllocationKind.PoolOwner or AllocationKind.Pin
        && memory.Value.Is(Given) && memory.Value.Events.All(one => loop.Span.Contains(one.Node.Span));

    /// <summary><c>length > 0</c>, <c>length != 0</c>.</summary>
    private static bool AsksForMore(IOperation condition)
        => condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals } comparison
        && (Operand.Constant(comparison.RightOperand) ?? Operand.Constant(Operand.Unwrap(comparison.RightOperand))) == 0;

    private bool Sends(StatementSyntax loop, RawCalls calls)
        => loop.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            body.Shared.ModelOf(loop.SyntaxTree).GetOperation(call, body.Budget.Cancellation) is { } operation && calls.TryGet(operation) is not null);
}
