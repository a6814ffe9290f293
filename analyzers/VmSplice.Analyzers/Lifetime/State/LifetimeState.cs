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
    private AllocationSiteTable _sites;
    private SureFacts _facts;
    private bool _mayHaveGarbage;

    public LifetimeState()
    {
        _paths = new AccessPathTable();
        _sites = new AllocationSiteTable();
        _facts = SureFacts.None;
    }

    private LifetimeState(LifetimeState other)
    {
        _paths = other._paths.Copy();
        _sites = other._sites.Copy();
        _facts = other._facts;
        _mayHaveGarbage = other._mayHaveGarbage;
    }

    /// <summary>Grows with each change, for those who ask whether there was one.</summary>
    public int Version { get; private set; }

    public int Weight => _paths.Count + _sites.Count + 1;

    public Dictionary<AccessPath, PointsToSet> Paths => _paths.All;

    public IEnumerable<KeyValuePair<AllocationSite, SiteState>> Sites => _sites.All;

    /// <summary>All that was ever made or given, reachable or not.</summary>
    public IEnumerable<KeyValuePair<AllocationSite, SiteState>> AllSites => _sites.Ever;

    public LifetimeState Copy() => new(this);

    [MethodImpl(Hot.Path)]
    public PointsToSet Get(AccessPath path) => _paths.TryGet(path) ?? PointsToSet.Unknown;

    [MethodImpl(Hot.Path)]
    public SiteState Get(AllocationSite site) => _sites.TryGet(site, out SiteState state) ? state : default;

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
        if (!_sites.TryGet(site, out SiteState old) || !old.Equals(state))
        {
            _sites.Put(site, state);
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
    public OwnershipEvent? ResultOf(object subject) => _facts.Results.Get(subject);

    public void SetResult(object subject, OwnershipEvent? call) => _facts = _facts.WithResult(subject, call);

    /// <summary>The call whose result a local or an operation surely is, and what that says.</summary>
    public CallOutcome? OutcomeOf(object subject) => _facts.Outcomes.Get(subject);

    public void SetOutcome(object subject, CallOutcome? call) => _facts = _facts.WithOutcome(subject, call);

    /// <summary>The variable that a reference local surely stands for.</summary>
    public AccessPath? AliasOf(ISymbol local) => _facts.Aliases.Get(local);

    public void SetAlias(ISymbol local, AccessPath variable) => _facts = _facts.WithAlias(local, variable);

    /// <summary>Makes a new object at a site: the one of the previous iteration joins those before it.</summary>
    public void Renew(AllocationSite site, SiteState fresh)
    {
        if (_sites.TryGet(site, out SiteState before))
        {
            SiteState previous = before;
            if (_sites.TryGet(site.Previous, out SiteState known))
            {
                if (CountOf(site.Previous) > 0)
                {
                    previous = SiteState.Join(known, before).Change(OwnershipState.None, OwnershipState.Many);
                }
                else
                {
                    _sites.Leave(site.Previous, known);
                }
            }

            _sites.Put(site.Previous, previous);
            _paths.Replace(site, site.Previous);
            _mayHaveGarbage = true;
        }

        _sites.Put(site, fresh);
        Version++;
    }

    /// <summary>An offset is computed anew: pointers and gifts that were counted from it before lie elsewhere.</summary>
    public void ForgetAnchor(object anchor)
    {
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in _paths.All.ToArray())
        {
            Set(pair.Key, pair.Value.InRanges(range => range.WithoutAnchor(anchor)));
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in _sites.All.ToArray())
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
        _sites = other._sites.Copy();
        _facts = other._facts;
        _mayHaveGarbage = true;
        Version++;
    }

    public bool Merge(LifetimeState other)
    {
        Retire();
        other.Retire();
        var join = new PathJoin(_paths);
        bool changed = !_paths.SharesWith(other._paths) && join.With(other._paths);
        changed |= _sites.JoinWith(other._sites, join.Moved);
        foreach (AllocationSite one in join.Overflowed)
        {
            _sites.Put(one, Get(one).Change(OwnershipState.None, OwnershipState.Lost));
        }

        SureFacts facts = _facts.JoinedWith(other._facts);
        changed |= !ReferenceEquals(facts, _facts);
        _facts = facts;
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
        _sites.Retire(_paths.Reached());
    }
}
