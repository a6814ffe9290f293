using System.Collections.Immutable;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>
/// Allocation sites that nothing refers to any more, as they were then. Kept apart: a buffer that was sent and replaced on one path
/// must not make the one in its place "possibly sent" where the paths meet. Immutable.
/// </summary>
internal sealed class UnreachableSites
{
    private readonly ImmutableDictionary<AllocationSite, SiteState> _sites;

    private UnreachableSites(ImmutableDictionary<AllocationSite, SiteState> sites) => _sites = sites;

    public static UnreachableSites None { get; } = new(ImmutableDictionary<AllocationSite, SiteState>.Empty);

    public ImmutableDictionary<AllocationSite, SiteState> All => _sites;

    /// <summary>
    /// What became of it still counts at the end: for a leak, and for what a method did to its parameter. Of what was made in the body only
    /// a leak is of interest, or that something holds it.
    /// </summary>
    public UnreachableSites With(AllocationSite site, SiteState last)
        => site.Node is null || (last.Facts & (OwnershipState.Owned | OwnershipState.Stored)) != 0
            ? new(_sites.SetItem(site, _sites.TryGetValue(site, out SiteState before) ? SiteState.Join(before, last) : last))
            : this;

    /// <summary>This one itself where the other has nothing to add.</summary>
    public UnreachableSites JoinedWith(UnreachableSites other)
    {
        if (ReferenceEquals(_sites, other._sites))
        {
            return this;
        }

        ImmutableDictionary<AllocationSite, SiteState> all = _sites;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in other._sites)
        {
            bool isKnown = all.TryGetValue(pair.Key, out SiteState mine);
            SiteState joined = isKnown ? SiteState.Join(mine, pair.Value) : pair.Value;
            if (!isKnown || !joined.Equals(mine))
            {
                all = all.SetItem(pair.Key, joined);
            }
        }

        return ReferenceEquals(all, _sites) ? this : new(all);
    }
}
