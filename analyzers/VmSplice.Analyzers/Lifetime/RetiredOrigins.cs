using System.Collections.Immutable;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// Origins that nothing refers to any more, as they were then. Kept apart: a buffer that was sent and replaced on
/// one path must not make the one in its place "possibly sent" where the paths meet. Immutable.
/// </summary>
internal sealed class RetiredOrigins
{
    private readonly ImmutableDictionary<Origin, OriginState> _origins;

    private RetiredOrigins(ImmutableDictionary<Origin, OriginState> origins) => _origins = origins;

    public static RetiredOrigins None { get; } = new(ImmutableDictionary<Origin, OriginState>.Empty);

    public ImmutableDictionary<Origin, OriginState> All => _origins;

    // Its fate still counts at the end: for a leak, and for what a method did to its parameter.
    public RetiredOrigins With(Origin origin, OriginState last)
        => // Of what was made here or came here only a leak is of interest, or that somebody kept it.
        origin.Site is null || (last.Conditions & (Condition.Owned | Condition.Kept)) != 0
            ? new(_origins.SetItem(origin, _origins.TryGetValue(origin, out OriginState before) ? OriginState.Join(before, last) : last))
            : this;

    /// <summary>This one itself where the other has nothing to add.</summary>
    public RetiredOrigins JoinedWith(RetiredOrigins other)
    {
        if (ReferenceEquals(_origins, other._origins))
        {
            return this;
        }

        ImmutableDictionary<Origin, OriginState> all = _origins;
        foreach (KeyValuePair<Origin, OriginState> pair in other._origins)
        {
            bool isKnown = all.TryGetValue(pair.Key, out OriginState mine);
            OriginState joined = isKnown ? OriginState.Join(mine, pair.Value) : pair.Value;
            if (!isKnown || !joined.Equals(mine))
            {
                all = all.SetItem(pair.Key, joined);
            }
        }

        return ReferenceEquals(all, _origins) ? this : new(all);
    }
}
