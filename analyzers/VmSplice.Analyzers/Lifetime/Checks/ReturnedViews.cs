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

    public static IEnumerable<(AllocationSite Site, OwnershipEvent? Cause, SyntaxNode Node)> Gone(EndOfBody end, AllocationKind kind, OwnershipState over)
    {
        foreach (ViewReturned returned in end.Events.OfType<ViewReturned>())
        {
            foreach (Reference reference in returned.View.References)
            {
                AllocationSite site = reference.Site;
                SiteState last = site.Kind == kind ? end.State.AllSites.FirstOrDefault(pair => ReferenceEquals(pair.Key, site)).Value : default;
                if (returned.IsBuffer && last.EventOf(OwnershipState.Disposed)?.Node is null or InvocationExpressionSyntax)
                {
                    continue;
                }

                if (last.Ownership != OwnershipState.None && (last.Ownership & ~over) == OwnershipState.None)
                {
                    yield return (site, last.EventOf(over), returned.Node);
                }
            }
        }
    }
}
