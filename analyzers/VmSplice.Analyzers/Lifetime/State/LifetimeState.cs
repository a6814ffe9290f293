using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>
/// What is known at one point: what each access path refers to, and what may have happened to each allocation site. A path that is
/// absent may refer to anything; a site that is absent was not made on the way here, or is out of reach.
/// </summary>
/// <remarks>All of it is a lattice, joined where paths meet (<see cref="Merge"/>). What else an analysis of a body needs never changes.</remarks>
internal sealed class LifetimeState
{
    private static readonly List<AccessPath> s_none = [];

    private AccessPathTable _paths;
    private Dictionary<AllocationSite, SiteState> _sites;

    /// <summary>As the paths are: a state that shares makes its own before it writes.</summary>
    private bool _sharesSites;

    private UnreachableSites _unreachable;

    /// <summary>Of locals and calls: the raw call whose result it is.</summary>
    private AgreedFacts<OwnershipEvent> _results;

    /// <summary>Of locals and calls: the call of a method in source whose result it is.</summary>
    private AgreedFacts<CallOutcome> _outcomes;

    /// <summary>Reference locals that stand for a variable, not for an element.</summary>
    private AgreedFacts<AccessPath> _aliases;

    private bool _mayHaveGarbage;
    private List<AllocationSite>? _overflowed;

    /// <summary>Pointers that the join at hand found in different parts of their memory.</summary>
    private List<AccessPath>? _moved;

    public LifetimeState()
    {
        _paths = new AccessPathTable();
        _sites = [];
        _unreachable = UnreachableSites.None;
        _results = AgreedFacts<OwnershipEvent>.None;
        _outcomes = AgreedFacts<CallOutcome>.None;
        _aliases = AgreedFacts<AccessPath>.None;
    }

    private LifetimeState(LifetimeState other)
    {
        _paths = other._paths.Copy();
        (_sites, _sharesSites) = (other.ShareSites(), true);
        _unreachable = other._unreachable;
        _results = other._results;
        _outcomes = other._outcomes;
        _aliases = other._aliases;
        _mayHaveGarbage = other._mayHaveGarbage;
    }

    /// <summary>Grows with each change, for those who ask whether there was one.</summary>
    public int Version { get; private set; }

    public int Weight => _paths.Count + _sites.Count + 1;

    public Dictionary<AccessPath, PointsToSet> Paths => _paths.All;

    public IEnumerable<KeyValuePair<AllocationSite, SiteState>> Sites => _sites;

    /// <summary>All that was ever made or given, reachable or not.</summary>
    public IEnumerable<KeyValuePair<AllocationSite, SiteState>> AllSites
    {
        get
        {
            foreach (KeyValuePair<AllocationSite, SiteState> pair in _sites)
            {
                yield return _unreachable.All.TryGetValue(pair.Key, out SiteState gone)
                    ? new(pair.Key, SiteState.Join(pair.Value, gone))
                    : pair;
            }

            foreach (KeyValuePair<AllocationSite, SiteState> pair in _unreachable.All)
            {
                if (!_sites.ContainsKey(pair.Key))
                {
                    yield return pair;
                }
            }
        }
    }

    public LifetimeState Copy() => new(this);

    [MethodImpl(Hot.Path)]
    public PointsToSet Get(AccessPath path) => _paths.TryGet(path) ?? PointsToSet.Unknown;

    [MethodImpl(Hot.Path)]
    public SiteState Get(AllocationSite site) => _sites.TryGetValue(site, out SiteState state) ? state : default;

    [MethodImpl(Hot.Path)]
    public void Set(AccessPath path, PointsToSet value)
    {
        value = value.WithoutParts();
        if (value.Equals(PointsToSet.Unknown))
        {
            Forget(path);
        }
        else if (_paths.TryGet(path) is var old && !value.Equals(old))
        {
            _mayHaveGarbage |= old is not null;
            _paths.Put(path, value);
            Version++;
        }
    }

    [MethodImpl(Hot.Path)]
    public void Set(AllocationSite site, SiteState state)
    {
        if (!_sites.TryGetValue(site, out SiteState old) || !old.Equals(state))
        {
            OwnSites()[site] = state;
            Version++;
        }
    }

    public void Forget(AccessPath path)
    {
        if (_paths.Remove(path))
        {
            _mayHaveGarbage = true;
            Version++;
        }
    }

    /// <summary>Forgets the paths that are chosen with the help of <paramref name="chooser"/>.</summary>
    [MethodImpl(Hot.Path)]
    public void ForgetWithin<T>(T chooser, Func<T, AccessPath, bool> chosen)
    {
        foreach (AccessPath path in _paths.Find(chooser, chosen) ?? s_none)
        {
            Forget(path);
        }
    }

    [MethodImpl(Hot.Path)]
    public void ForgetWithin(Func<AccessPath, bool> chosen) => ForgetWithin(chosen, static (choose, path) => choose(path));

    /// <summary>Forgets what is in a holder.</summary>
    [MethodImpl(Hot.Path)]
    public void ForgetFields(AccessPath holder)
    {
        if (_paths.HasFields(holder))
        {
            ForgetWithin(holder, static (around, path) => path.IsIn(around));
        }
    }

    /// <summary>The fields of one holder, to copy them into another.</summary>
    public List<KeyValuePair<AccessPath, PointsToSet>> Within(AccessPath holder) => _paths.Within(holder);

    /// <summary>The raw call whose result a local or an operation surely is.</summary>
    public OwnershipEvent? ResultOf(object subject) => _results.Get(subject);

    public void SetResult(object subject, OwnershipEvent? call) => _results = _results.With(subject, call);

    /// <summary>The call whose result a local or an operation surely is, and what that says.</summary>
    public CallOutcome? OutcomeOf(object subject) => _outcomes.Get(subject);

    public void SetOutcome(object subject, CallOutcome? call) => _outcomes = _outcomes.With(subject, call);

    /// <summary>The variable that a reference local surely stands for.</summary>
    public AccessPath? AliasOf(ISymbol local) => _aliases.Get(local);

    public void SetAlias(ISymbol local, AccessPath variable) => _aliases = _aliases.With(local, variable);

    /// <summary>Makes a new object at a site: the one of the previous iteration joins those before it.</summary>
    public void Renew(AllocationSite site, SiteState fresh)
    {
        if (_sites.TryGetValue(site, out SiteState before))
        {
            SiteState previous = before;
            if (_sites.TryGetValue(site.Previous, out SiteState known))
            {
                if (CountOf(site.Previous) > 0)
                {
                    previous = SiteState.Join(known, before).Change(OwnershipState.None, OwnershipState.Many);
                }
                else
                {
                    _unreachable = _unreachable.With(site.Previous, known);
                }
            }

            OwnSites()[site.Previous] = previous;
            _paths.Replace(site, site.Previous);
            _mayHaveGarbage = true;
        }

        OwnSites()[site] = fresh;
        Version++;
    }

    /// <summary>An offset is computed anew: pointers and gifts that were counted from it before lie elsewhere.</summary>
    public void ForgetAnchor(object anchor)
    {
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in _paths.All.ToArray())
        {
            Set(pair.Key, pair.Value.InRanges(range => range.WithoutAnchor(anchor)));
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in _sites.ToArray())
        {
            Set(pair.Key, pair.Value.WithoutAnchor(anchor));
        }
    }

    /// <summary>How many paths refer to the site.</summary>
    public int CountOf(AllocationSite site) => _paths.All.Count(pair => pair.Value.Refers(site));

    /// <summary>Takes over what another state knows: that of the end of a function that was run from here.</summary>
    public void ReplaceWith(LifetimeState other)
    {
        _paths = other._paths.Copy();
        (_sites, _sharesSites) = (other.ShareSites(), true);
        _unreachable = other._unreachable;
        _results = other._results;
        _outcomes = other._outcomes;
        _aliases = other._aliases;
        _mayHaveGarbage = true;
        Version++;
    }

    public bool Merge(LifetimeState other)
    {
        Retire();
        other.Retire();
        bool changed = !_paths.SharesWith(other._paths) && JoinPaths(other);
        changed |= !ReferenceEquals(_sites, other._sites) && JoinSites(other._sites);
        foreach (AllocationSite one in _overflowed ?? [])
        {
            OwnSites()[one] = Get(one).Change(OwnershipState.None, OwnershipState.Lost);
        }

        (_overflowed, _moved) = (null, null);
        UnreachableSites gone = _unreachable.JoinedWith(other._unreachable);
        changed |= !ReferenceEquals(gone, _unreachable);
        _unreachable = gone;
        (AgreedFacts<OwnershipEvent> results, AgreedFacts<AccessPath> aliases) = (_results.JoinedWith(other._results), _aliases.JoinedWith(other._aliases));
        changed |= !ReferenceEquals(results, _results) || !ReferenceEquals(aliases, _aliases);
        AgreedFacts<CallOutcome> outcomes = _outcomes.JoinedWith(other._outcomes);
        changed |= !ReferenceEquals(outcomes, _outcomes);
        (_results, _aliases, _outcomes) = (results, aliases, outcomes);
        if (changed)
        {
            Version++;
        }

        return changed;
    }

    /// <summary>Moves what nothing refers to out of the way.</summary>
    [MethodImpl(Hot.Path)]
    public void Retire()
    {
        if (!_mayHaveGarbage)
        {
            return;
        }

        _mayHaveGarbage = false;
        HashSet<AllocationSite> reached = _paths.Reached();
        List<KeyValuePair<AllocationSite, SiteState>>? gone = null;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in _sites)
        {
            if (!reached.Contains(pair.Key))
            {
                (gone ??= []).Add(pair);
            }
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in gone ?? [])
        {
            OwnSites().Remove(pair.Key);
            _unreachable = _unreachable.With(pair.Key, pair.Value);
        }
    }

    private bool JoinPaths(LifetimeState other)
    {
        bool changed = false;
        List<(AccessPath Path, PointsToSet Mine, PointsToSet Theirs)>? differing = null;
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in _paths.All)
        {
            PointsToSet theirs = other.Get(pair.Key);
            if (!ReferenceEquals(pair.Value, theirs) && !pair.Value.Equals(theirs))
            {
                (differing ??= []).Add((pair.Key, pair.Value, theirs));
            }
        }

        foreach ((AccessPath path, PointsToSet mine, PointsToSet theirs) in differing ?? [])
        {
            changed |= JoinPath(path, mine, theirs);
        }

        // What only the other path knows may here be anything else as well.
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in other._paths.All)
        {
            if (!_paths.Contains(pair.Key))
            {
                changed |= JoinPath(pair.Key, PointsToSet.Unknown, pair.Value);
            }
        }

        return changed;
    }

    private bool JoinSites(Dictionary<AllocationSite, SiteState> other)
    {
        bool changed = false;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in other)
        {
            bool isKnown = _sites.TryGetValue(pair.Key, out SiteState mine);
            SiteState theirs = pair.Value;
            foreach (AccessPath moved in _moved ?? s_none)
            {
                theirs = theirs.WithoutAnchor(moved);
            }

            SiteState joined = isKnown ? SiteState.Join(mine, theirs) : theirs;
            if (!isKnown || !joined.Equals(mine))
            {
                OwnSites()[pair.Key] = joined;
                changed = true;
            }
        }

        return changed;
    }

    private Dictionary<AllocationSite, SiteState> ShareSites()
    {
        _sharesSites = true;
        return _sites;
    }

    private Dictionary<AllocationSite, SiteState> OwnSites()
    {
        if (_sharesSites)
        {
            _sites = new(_sites);
            _sharesSites = false;
        }

        return _sites;
    }

    private bool JoinPath(AccessPath path, PointsToSet mine, PointsToSet theirs)
    {
        PointsToSet joined = PointsToSet.Join(mine, theirs);
        if (joined.IsOfLostPart)
        {
            // What was counted from the variable in the round before lies elsewhere now.
            joined = joined.InRanges(range => range.IsLost ? MemoryRange.OfVariable(path) : range);
            (_moved ??= []).Add(path);
        }

        if (joined.Equals(mine))
        {
            return false;
        }

        if (joined.IsFull)
        {
            (_overflowed ??= []).AddRange(mine.References.Concat(theirs.References).Select(reference => reference.Site));
        }

        _paths.Put(path, joined);
        return true;
    }
}
