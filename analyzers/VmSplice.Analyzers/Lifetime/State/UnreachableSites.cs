using System.Collections.Immutable;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>
/// Origins that nothing refers to any more, as they were then. Kept apart: a buffer that was sent and replaced on
/// one path must not make the one in its path "possibly sent" where the paths meet. Immutable.
/// </summary>
internal sealed class UnreachableSites
{
    private readonly ImmutableDictionary<AllocationSite, SiteState> _origins;

    private UnreachableSites(ImmutableDictionary<AllocationSite, SiteState> sites) => _origins = sites;

    public static UnreachableSites None { get; } = new(ImmutableDictionary<AllocationSite, SiteState>.Empty);

    public ImmutableDictionary<AllocationSite, SiteState> All => _origins;

    // Its fate still counts at the end: for a leak, and for what a method did to its parameter.
    public UnreachableSites With(AllocationSite site, SiteState last)
        => // Of what was made here or came here only a leak is of interest, or that somebody kept it.
        site.Node is null || (last.Facts & (OwnershipState.Owned | OwnershipState.Stored)) != 0
            ? new(_origins.SetItem(site, _origins.TryGetValue(site, out SiteState before) ? SiteState.Join(before, last) : last))
            : this;

    /// <summary>This one itself where the other has nothing to add.</summary>
    public UnreachableSites MergedWith(UnreachableSites other)
    {
        if (ReferenceEquals(_origins, other._origins))
        {
            return this;
        }

        ImmutableDictionary<AllocationSite, SiteState> all = _origins;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in other._origins)
        {
            bool isKnown = all.TryGetValue(pair.Key, out SiteState mine);
            SiteState joined = isKnown ? SiteState.Join(mine, pair.Value) : pair.Value;
            if (!isKnown || !joined.Equals(mine))
            {
                all = all.SetItem(pair.Key, joined);
            }
        }

        return ReferenceEquals(all, _origins) ? this : new(all);
    }
}
