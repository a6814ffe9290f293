using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>
/// Views that a body returns, whose memory every path to its end gives up: by the <c>using</c> around the <c>return</c>, most often. Where
/// only some paths do, it is not known which of them returned the view.
/// </summary>
internal static class ReturnedViews
{
    /// <summary>What can be seen through a value of this type. An address as a number may be meant for a message.</summary>
    public static bool IsView(ITypeSymbol? type)
        => Carrier.IsView(type) && type is not { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    /// <summary>
    /// Of each view that is returned the first of its sites that is surely gone at the end; certain where all that the view may be are.
    /// </summary>
    public static IEnumerable<(AllocationSite Site, OwnershipEvent? Cause, SyntaxNode Node, bool IsCertain)> Gone(EndOfBody end)
    {
        foreach (ViewReturned returned in end.Events.OfType<ViewReturned>())
        {
            (AllocationSite Site, SiteState Last)? first = null;
            bool isCertain = !returned.View.Other;
            foreach (Reference reference in returned.View.References)
            {
                if (IsGone(end, returned, reference.Site) is { } last)
                {
                    first ??= (reference.Site, last);
                }
                else
                {
                    isCertain = false;
                }
            }

            if (first is { } gone)
            {
                yield return (gone.Site, gone.Last.EventOf(Over(gone.Site)), returned.Node, isCertain);
            }
        }
    }

    private static OwnershipState Over(AllocationSite site) => site.Kind switch
    {
        AllocationKind.Slot => OwnershipState.Stale,
        AllocationKind.Pages => OwnershipState.Transferred | OwnershipState.Disposed,
        _ => OwnershipState.None,
    };

    /// <summary>The last that is known of a site, where its memory is given up on every path on which it could be returned.</summary>
    private static SiteState? IsGone(EndOfBody end, ViewReturned returned, AllocationSite site)
    {
        // What was left behind on the way, by a loop that went on to the next batch, was not returned.
        SiteState last = end.State.Get(site);
        last = last.Ownership != OwnershipState.None ? last : end.State.AllSites.FirstOrDefault(pair => ReferenceEquals(pair.Key, site)).Value;
        return (returned.IsBuffer && last.EventOf(OwnershipState.Disposed)?.Node is null or InvocationExpressionSyntax)
            || last.Ownership == OwnershipState.None || (last.Ownership & ~Over(site)) != OwnershipState.None ? null : last;
    }
}
