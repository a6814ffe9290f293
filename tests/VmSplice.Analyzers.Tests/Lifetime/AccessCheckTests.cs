using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>The rules about invalid accesses share them out: none is reported twice, and none is lost between two rules.</summary>
public sealed class AccessCheckTests
{
    private static readonly SyntaxNode s_node = CSharpSyntaxTree.ParseText("f();").GetRoot();

    [Fact]
    public void CertainAccess_OfEveryKindAndState_IsClaimedByExactlyOneRule()
    {
        AccessCheck[] rules = [.. LifetimeChecks.All.OfType<AccessCheck>()];
        foreach (AllocationKind site in Enum.GetValues<AllocationKind>())
        {
            foreach (AccessKind access in Enum.GetValues<AccessKind>())
            {
                foreach (OwnershipState invalid in Subsets(InvalidAccess.Forbidden(site, access)))
                {
                    string[] claims = [.. rules.Where(rule => rule.Claims(Access(site, access, invalid))).Select(rule => rule.GetType().Name)];
                    Assert.True(claims.Length == 1, $"{access} of {site} that is {invalid}: {string.Join(", ", claims)}");
                }
            }
        }
    }

    private static InvalidAccess Access(AllocationKind kind, AccessKind access, OwnershipState invalid)
    {
        var site = new AllocationSite(kind, s_node, "b", owner: null, isFresh: true);
        return new InvalidAccess(PointsToSet.Of(site), s_node, access, site, invalid, isCertain: true, cause: null, isLaterIteration: false);
    }

    /// <summary>All that is not empty.</summary>
    private static IEnumerable<OwnershipState> Subsets(OwnershipState all)
    {
        for (OwnershipState subset = all; subset != OwnershipState.None; subset = (subset - 1) & all)
        {
            yield return subset;
        }
    }
}
