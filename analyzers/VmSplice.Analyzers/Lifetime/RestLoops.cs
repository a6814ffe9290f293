using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// <c>while (length > 0)</c> and <c>while (sent &lt; length)</c> around the raw call send what is left. That the loop does not run at all says that
/// there was nothing to send, not that the memory stayed the sender's.
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

    /// <summary><c>length > 0</c>, <c>length != 0</c>; <c>sent &lt; length</c>, <c>length > sent</c>, <c>sent != length</c>.</summary>
    private static bool AsksForMore(IOperation condition)
    {
        if (condition is not IBinaryOperation comparison)
        {
            return false;
        }

        (IOperation left, IOperation right) = (Operand.Unwrap(comparison.LeftOperand), Operand.Unwrap(comparison.RightOperand));
        StatementSyntax loop = (StatementSyntax)condition.Syntax.Parent!;
        return comparison.OperatorKind switch
        {
            BinaryOperatorKind.GreaterThan => IsZero(comparison.RightOperand) || IsCountOfSent(right, loop),
            BinaryOperatorKind.LessThan => IsCountOfSent(left, loop),
            BinaryOperatorKind.NotEquals => IsZero(comparison.RightOperand) || IsCountOfSent(left, loop) || IsCountOfSent(right, loop),
            _ => false,
        };
    }

    private static bool IsZero(IOperation operand) => (Operand.Constant(operand) ?? Operand.Constant(Operand.Unwrap(operand))) == 0;

    /// <summary>A variable that the loop adds to, <c>sent += n</c>: what counts the attempts is none, it goes up by one.</summary>
    private static bool IsCountOfSent(IOperation operand, StatementSyntax loop)
        => operand is ILocalReferenceOperation { Local.Name: var name }
        && loop.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(sum =>
            sum is { RawKind: (int)SyntaxKind.AddAssignmentExpression, Left: IdentifierNameSyntax target, Right: not LiteralExpressionSyntax }
            && target.Identifier.ValueText == name);

    private bool Sends(StatementSyntax loop, RawCalls calls)
        => loop.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => IsInEachRound(call, loop)
            && body.Shared.ModelOf(loop.SyntaxTree).GetOperation(call, body.Budget.Cancellation) is { } operation && calls.TryGet(operation) is not null);

    /// <summary>A loop that writes on one path and shares on the other leaves the memory the sender's on one of them.</summary>
    private static bool IsInEachRound(SyntaxNode call, StatementSyntax loop)
    {
        for (SyntaxNode at = call; at.Parent is { } around && at != loop; at = around)
        {
            bool isChoice = around switch
            {
                IfStatementSyntax test => test.Condition != at,
                ConditionalExpressionSyntax choice => choice.Condition != at,
                SwitchSectionSyntax or SwitchExpressionArmSyntax or CatchClauseSyntax or AnonymousFunctionExpressionSyntax => true,
                _ => false,
            };
            if (isChoice && around != loop)
            {
                return false;
            }
        }

        return !loop.DescendantNodes().Any(node => node is ContinueStatementSyntax && node.SpanStart < call.SpanStart);
    }
}
