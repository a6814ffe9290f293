using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>
/// What may have happened to each allocation site, and, apart, to those that nothing refers to any more. As <see cref="AccessPathTable"/>, a copy shares
/// until one of the two is written to.
/// </summary>
internal sealed class AllocationSiteTable
{
    private Dictionary<AllocationSite, SiteState> _values = [];
    private UnreachableSites _unreachable = UnreachableSites.None;
    private bool _isShared;

    public int Count => _values.Count;

    /// <summary>Those that may be reached.</summary>
    public Dictionary<AllocationSite, SiteState> All => _values;

    /// <summary>All that was ever made or given, reachable or not.</summary>
    public IEnumerable<KeyValuePair<AllocationSite, SiteState>> Ever
    {
        get
        {
            foreach (KeyValuePair<AllocationSite, SiteState> pair in _values)
            {
                yield return _unreachable.All.TryGetValue(pair.Key, out SiteState gone)
                    ? new(pair.Key, SiteState.Join(pair.Value, gone))
                    : pair;
            }

            foreach (KeyValuePair<AllocationSite, SiteState> pair in _unreachable.All)
            {
                if (!_values.ContainsKey(pair.Key))
                {
                    yield return pair;
                }
            }
        }
    }

    public AllocationSiteTable Copy()
    {
        _isShared = true;
        return new AllocationSiteTable { _values = _values, _unreachable = _unreachable, _isShared = true };
    }

    public bool TryGet(AllocationSite site, out SiteState state) => _values.TryGetValue(site, out state);

    public void Put(AllocationSite site, SiteState state)
    {
        Own();
        _values[site] = state;
    }

    /// <summary>The site will stand for another object; what became of the one so far still counts.</summary>
    public void Leave(AllocationSite site, SiteState last) => _unreachable = _unreachable.With(site, last);

    /// <summary>Moves what nothing refers to out of the way.</summary>
    public void Retire(HashSet<AllocationSite> reached)
    {
        List<KeyValuePair<AllocationSite, SiteState>>? gone = null;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in _values)
        {
            if (!reached.Contains(pair.Key))
            {
                (gone ??= []).Add(pair);
            }
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in gone ?? [])
        {
            Own();
            _values.Remove(pair.Key);
            Leave(pair.Key, pair.Value);
        }
    }

    /// <summary>Joins what another path knows; false where that is nothing new.</summary>
    /// <param name="moved">Pointers that lie elsewhere than when the other path counted offsets from them.</param>
    public bool JoinWith(AllocationSiteTable other, IReadOnlyList<AccessPath> moved)
    {
        bool changed = false;
        if (!ReferenceEquals(_values, other._values))
        {
            foreach (KeyValuePair<AllocationSite, SiteState> pair in other._values)
            {
                changed |= JoinWith(pair.Key, pair.Value, moved);
            }
        }

        UnreachableSites gone = _unreachable.JoinedWith(other._unreachable);
        changed |= !ReferenceEquals(gone, _unreachable);
        _unreachable = gone;
        return changed;
    }

    private bool JoinWith(AllocationSite site, SiteState theirs, IReadOnlyList<AccessPath> moved)
    {
        bool isKnown = _values.TryGetValue(site, out SiteState mine);
        foreach (AccessPath path in moved)
        {
            theirs = theirs.WithoutAnchor(path);
        }

        SiteState joined = isKnown ? SiteState.Join(mine, theirs) : theirs;
        if (isKnown && joined.Equals(mine))
        {
            return false;
        }

        Put(site, joined);
        return true;
    }

    private void Own()
    {
        if (_isShared)
        {
            _values = new(_values);
            _isShared = false;
        }
    }
}
