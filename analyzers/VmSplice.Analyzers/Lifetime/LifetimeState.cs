using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// What is known at one point: what each place refers to, and the conditions of each origin. A place that is absent
/// may refer to anything; an origin that is absent was not made on this path, or is out of reach.
/// </summary>
internal sealed class LifetimeState
{
    private static readonly List<Place> s_none = [];

    private PlaceTable _places;
    private Dictionary<Origin, OriginState> _origins;

    /// <summary>As places do: a state that shares makes its own before it writes.</summary>
    private bool _sharesOrigins;

    private RetiredOrigins _retired;

    /// <summary>Locals that hold the result of a raw call.</summary>
    private Dictionary<ISymbol, HandOver>? _results;

    private bool _mayHaveGarbage;
    private List<Origin>? _overflowed;

    public LifetimeState()
    {
        _places = new PlaceTable();
        _origins = [];
        _retired = RetiredOrigins.None;
    }

    private LifetimeState(LifetimeState other)
    {
        _places = other._places.Copy();
        (_origins, _sharesOrigins) = (other.ShareOrigins(), true);
        _retired = other._retired;
        _results = other._results is null ? null : new(other._results, SymbolEqualityComparer.Default);
        _mayHaveGarbage = other._mayHaveGarbage;
    }

    /// <summary>Grows with each change, for those who ask whether there was one.</summary>
    public int Version { get; private set; }

    public int Weight => _places.Count + _origins.Count + 1;

    public Dictionary<Place, Value> Places => _places.All;

    public IEnumerable<KeyValuePair<Origin, OriginState>> Origins => _origins;

    /// <summary>All that was ever made or given, with the conditions over all paths.</summary>
    public IEnumerable<KeyValuePair<Origin, OriginState>> Fates
    {
        get
        {
            foreach (KeyValuePair<Origin, OriginState> pair in _origins)
            {
                yield return _retired.All.TryGetValue(pair.Key, out OriginState gone)
                    ? new(pair.Key, OriginState.Join(pair.Value, gone))
                    : pair;
            }

            foreach (KeyValuePair<Origin, OriginState> pair in _retired.All)
            {
                if (!_origins.ContainsKey(pair.Key))
                {
                    yield return pair;
                }
            }
        }
    }

    public LifetimeState Copy() => new(this);

    [MethodImpl(Hot.Path)]
    public Value Get(Place place) => _places.TryGet(place) ?? Value.Unknown;

    [MethodImpl(Hot.Path)]
    public OriginState Get(Origin origin) => _origins.TryGetValue(origin, out OriginState state) ? state : default;

    [MethodImpl(Hot.Path)]
    public void Set(Place place, Value value)
    {
        if (value.Equals(Value.Unknown))
        {
            Forget(place);
        }
        else if (_places.TryGet(place) is var old && !value.Equals(old))
        {
            _mayHaveGarbage |= old is not null;
            _places.Put(place, value);
            Version++;
        }
    }

    [MethodImpl(Hot.Path)]
    public void Set(Origin origin, OriginState state)
    {
        if (!_origins.TryGetValue(origin, out OriginState old) || !old.Equals(state))
        {
            OwnOrigins()[origin] = state;
            Version++;
        }
    }

    [MethodImpl(Hot.Path)]
    public void Forget(Place place)
    {
        if (_places.Remove(place))
        {
            _mayHaveGarbage = true;
            Version++;
        }
    }

    /// <summary>Forgets the places that are chosen with the help of <paramref name="chooser"/>.</summary>
    [MethodImpl(Hot.Path)]
    public void ForgetWithin<T>(T chooser, Func<T, Place, bool> chosen)
    {
        foreach (Place place in _places.Find(chooser, chosen) ?? s_none)
        {
            Forget(place);
        }
    }

    [MethodImpl(Hot.Path)]
    public void ForgetWithin(Func<Place, bool> chosen) => ForgetWithin(chosen, static (choose, place) => choose(place));

    /// <summary>Forgets what is in a holder.</summary>
    [MethodImpl(Hot.Path)]
    public void ForgetFields(Place holder)
    {
        if (_places.HasFields(holder))
        {
            ForgetWithin(holder, static (around, place) => place.IsIn(around));
        }
    }

    /// <summary>The fields of one holder, to copy them into another.</summary>
    [MethodImpl(Hot.Path)]
    public List<KeyValuePair<Place, Value>> Within(Place holder) => _places.Within(holder);

    [MethodImpl(Hot.Path)]
    public HandOver? ResultIn(ISymbol local) => _results is not null && _results.TryGetValue(local, out HandOver? call) ? call : null;

    [MethodImpl(Hot.Path)]
    public void SetResult(ISymbol local, HandOver? call)
    {
        if (call is not null)
        {
            (_results ??= new(SymbolEqualityComparer.Default))[local] = call;
        }
        else
        {
            _results?.Remove(local);
        }
    }

    /// <summary>Makes a new object at a site: the one of the round before joins the older ones.</summary>
    [MethodImpl(Hot.Path)]
    public void Renew(Origin origin, OriginState fresh)
    {
        if (_origins.TryGetValue(origin, out OriginState before))
        {
            OriginState older = before;
            if (_origins.TryGetValue(origin.Older, out OriginState known))
            {
                if (CountOf(origin.Older) > 0)
                {
                    older = OriginState.Join(known, before).Touch(Condition.None, Condition.Many);
                }
                else
                {
                    _retired = _retired.With(origin.Older, known);
                }
            }

            OwnOrigins()[origin.Older] = older;
            _places.Replace(origin, origin.Older);
            _mayHaveGarbage = true;
        }

        OwnOrigins()[origin] = fresh;
        Version++;
    }

    /// <summary>How many places refer to the origin.</summary>
    [MethodImpl(Hot.Path)]
    public int CountOf(Origin origin) => _places.All.Count(pair => pair.Value.Refers(origin));

    /// <summary>Takes over what another state knows: that of the end of a function that was run from here.</summary>
    public void ReplaceWith(LifetimeState other)
    {
        _places = other._places.Copy();
        (_origins, _sharesOrigins) = (other.ShareOrigins(), true);
        _retired = other._retired;
        _results = other._results is null ? null : new(other._results, SymbolEqualityComparer.Default);
        _mayHaveGarbage = true;
        Version++;
    }

    [MethodImpl(Hot.Path)]
    public bool JoinWith(LifetimeState other)
    {
        Retire();
        other.Retire();
        bool changed = !_places.SharesWith(other._places) && JoinPlaces(other);
        changed |= !ReferenceEquals(_origins, other._origins) && JoinOrigins(other._origins);
        foreach (Origin one in _overflowed ?? [])
        {
            OwnOrigins()[one] = Get(one).Touch(Condition.None, Condition.Lost);
        }

        _overflowed = null;
        RetiredOrigins gone = _retired.JoinedWith(other._retired);
        changed |= !ReferenceEquals(gone, _retired);
        _retired = gone;
        if (_results is not null)
        {
            foreach (ISymbol local in _results.Keys.ToArray())
            {
                if (other.ResultIn(local) is not { } call || !call.Equals(_results[local]))
                {
                    _results.Remove(local);
                    changed = true;
                }
            }
        }

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
        HashSet<Origin> reached = _places.Reached();
        List<KeyValuePair<Origin, OriginState>>? gone = null;
        foreach (KeyValuePair<Origin, OriginState> pair in _origins)
        {
            if (!reached.Contains(pair.Key))
            {
                (gone ??= []).Add(pair);
            }
        }

        foreach (KeyValuePair<Origin, OriginState> pair in gone ?? [])
        {
            OwnOrigins().Remove(pair.Key);
            _retired = _retired.With(pair.Key, pair.Value);
        }
    }

    [MethodImpl(Hot.Path)]
    private bool JoinPlaces(LifetimeState other)
    {
        bool changed = false;
        List<(Place Place, Value Mine, Value Theirs)>? differing = null;
        foreach (KeyValuePair<Place, Value> pair in _places.All)
        {
            Value theirs = other.Get(pair.Key);
            if (!ReferenceEquals(pair.Value, theirs) && !pair.Value.Equals(theirs))
            {
                (differing ??= []).Add((pair.Key, pair.Value, theirs));
            }
        }

        foreach ((Place place, Value mine, Value theirs) in differing ?? [])
        {
            changed |= JoinPlace(place, mine, theirs);
        }

        // What only the other path knows may here be anything else as well.
        foreach (KeyValuePair<Place, Value> pair in other._places.All)
        {
            if (!_places.Contains(pair.Key))
            {
                changed |= JoinPlace(pair.Key, Value.Unknown, pair.Value);
            }
        }

        return changed;
    }

    [MethodImpl(Hot.Path)]
    private bool JoinOrigins(Dictionary<Origin, OriginState> other)
    {
        bool changed = false;
        foreach (KeyValuePair<Origin, OriginState> pair in other)
        {
            bool isKnown = _origins.TryGetValue(pair.Key, out OriginState mine);
            OriginState joined = isKnown ? OriginState.Join(mine, pair.Value) : pair.Value;
            if (!isKnown || !joined.Equals(mine))
            {
                OwnOrigins()[pair.Key] = joined;
                changed = true;
            }
        }

        return changed;
    }

    private Dictionary<Origin, OriginState> ShareOrigins()
    {
        _sharesOrigins = true;
        return _origins;
    }

    [MethodImpl(Hot.Path)]
    private Dictionary<Origin, OriginState> OwnOrigins()
    {
        if (_sharesOrigins)
        {
            _origins = new(_origins);
            _sharesOrigins = false;
        }

        return _origins;
    }

    [MethodImpl(Hot.Path)]
    private bool JoinPlace(Place place, Value mine, Value theirs)
    {
        Value joined = Value.Join(mine, theirs);
        if (joined.Equals(mine))
        {
            return false;
        }

        if (joined.IsFull)
        {
            (_overflowed ??= []).AddRange(mine.References.Concat(theirs.References).Select(reference => reference.Origin));
        }

        _places.Put(place, joined);
        return true;
    }
}
