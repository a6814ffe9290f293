using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>A variable that may hold one of several buffers, of which one was given away: whether it is this one, or nobody knows.</summary>
internal sealed class SeveralBuffers(BodyEvaluation body)
{
    /// <summary>
    /// Variables moved on (<c>a = b; b = Rent()</c>) or changed places, and one of several buffers was given away through another of them: that it is
    /// this one nobody knows. Through the same variable, further down, it is.
    /// </summary>
    public bool IsGuess(PointsToSet accessed, SyntaxNode node, OwnershipState invalid)
    {
        foreach (Reference reference in accessed.References)
        {
            SiteState state = body.State.Get(reference.Site);
            if (!state.Is(invalid))
            {
                continue;
            }

            if (!state.Is(OwnershipState.Lost) || state.EventOf(invalid) is not { } cause || IsOneOfFew(accessed, cause.Node, node))
            {
                return false;
            }

            (string given, string used) = (Wording.AliasOf(cause.Node), Wording.AliasOf(node));
            bool hasMoved = body.Function.Names.IsReassignedWith(given, cause.Node) || (state.Is(OwnershipState.Paired)
                && given != used && body.Function.Names.IsReassigned(given) && body.Function.Names.IsReassigned(used));
            if (!hasMoved || (given == used && cause.Node.Span.End <= node.SpanStart && !body.Function.Names.IsReassigned(used, cause.Node, node)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two variables hold the same several buffers, as after <c>if (a > b) (low, high) = (high, low);</c>.</summary>
    public bool AreInTwo(PointsToSet several)
        => !several.Other && body.State.Paths.Count(pair => pair.Key is { Root: ILocalSymbol or IParameterSymbol, Fields.Length: 0 }
            && pair.Value.Equals(several)) > 1;

    /// <summary>
    /// Whether one of these is given away in each round of a loop, and none of them is made in it: after as many rounds as there are buffers, the
    /// next one was sent before.
    /// </summary>
    private static bool IsOneOfFew(PointsToSet buffers, SyntaxNode transfer, SyntaxNode access)
        => !buffers.Other && EnclosingLoop.Of(transfer) is { } loop && loop.Span.Contains(access.Span)
        && buffers.References.All(one => one.Site.Node is not { } made || !loop.Span.Contains(made.Span));
}
