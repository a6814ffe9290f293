using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// What is known at one point: what each place refers to, and the conditions of each origin. A place that is absent
/// may refer to anything; an origin that is absent was not made on this path, or is out of reach.
/// </summary>
internal sealed class LifetimeState
{
    private Dictionary<Place, Value> places;
    private Dictionary<Origin, OriginState> origins;

    // The engine copies at each step and branch; most copies are never written to. A state that shares makes its own before it writes.
    private bool sharesPlaces;
    private bool sharesOrigins;

    /// <summary>
    /// Origins that nothing refers to any more, as they were then. Kept apart: a buffer that was sent and replaced on
    /// one path must not make the one in its place "possibly sent" where the paths meet.
    /// </summary>
    private ImmutableDictionary<Origin, OriginState> retired;

    /// <summary>Locals that hold the result of a raw call.</summary>
    private Dictionary<ISymbol, HandOver>? results;

    /// <summary>How many fields are known of each root, so that most variables are not searched for any.</summary>
    private Dictionary<object, int>? fields;

    private bool mayHaveGarbage;
    private List<Origin>? overflowed;

    public LifetimeState()
    {
        places = [];
        origins = [];
        retired = ImmutableDictionary<Origin, OriginState>.Empty;
    }

    private LifetimeState(LifetimeState other)
    {
        (places, fields, origins) = other.Share();
        (sharesPlaces, sharesOrigins) = (true, true);
        retired = other.retired;
        results = other.results is null ? null : new(other.results, SymbolEqualityComparer.Default);
        mayHaveGarbage = other.mayHaveGarbage;
    }

    /// <summary>Grows with each change, for those who ask whether there was one.</summary>
    public int Version { get; private set; }

    public int Weight => places.Count + origins.Count + 1;

    public IEnumerable<KeyValuePair<Place, Value>> Places => places;

    public IEnumerable<KeyValuePair<Origin, OriginState>> Origins => origins;

    /// <summary>All that was ever made or given, with the conditions over all paths.</summary>
    public IEnumerable<KeyValuePair<Origin, OriginState>> Fates
    {
        get
        {
            foreach (KeyValuePair<Origin, OriginState> pair in origins)
            {
                yield return retired.TryGetValue(pair.Key, out OriginState gone)
                    ? new(pair.Key, OriginState.Join(pair.Value, gone))
                    : pair;
            }

            foreach (KeyValuePair<Origin, OriginState> pair in retired)
            {
                if (!origins.ContainsKey(pair.Key))
                {
                    yield return pair;
                }
            }
        }
    }

    public LifetimeState Copy() => new(this);

    [MethodImpl(Hot.Path)]
    public Value Get(Place place) => places.TryGetValue(place, out Value? value) ? value : Value.Unknown;

    [MethodImpl(Hot.Path)]
    public OriginState Get(Origin origin) => origins.TryGetValue(origin, out OriginState state) ? state : default;

    [MethodImpl(Hot.Path)]
    public void Set(Place place, Value value)
    {
        if (value.Equals(Value.Unknown))
        {
            Forget(place);
        }
        else if (!places.TryGetValue(place, out Value? old) || !old.Equals(value))
        {
            mayHaveGarbage |= old is not null;
            Put(place, value);
            Version++;
        }
    }

    [MethodImpl(Hot.Path)]
    public void Set(Origin origin, OriginState state)
    {
        if (!origins.TryGetValue(origin, out OriginState old) || !old.Equals(state))
        {
            OwnOrigins()[origin] = state;
            Version++;
        }
    }

    [MethodImpl(Hot.Path)]
    public void Forget(Place place)
    {
        if (places.ContainsKey(place))
        {
            OwnPlaces().Remove(place);
            if (place.Path.Length > 0)
            {
                fields![place.Root]--;
            }

            mayHaveGarbage = true;
            Version++;
        }
    }

    /// <summary>Forgets the places that are chosen with the help of <paramref name="chooser"/>.</summary>
    [MethodImpl(Hot.Path)]
    public void ForgetWithin<T>(T chooser, Func<T, Place, bool> chosen)
    {
        List<Place>? gone = null;
        foreach (Place place in places.Keys)
        {
            if (chosen(chooser, place))
            {
                (gone ??= []).Add(place);
            }
        }

        foreach (Place place in gone ?? [])
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
        if (HasFields(holder))
        {
            ForgetWithin(holder, static (around, place) => place.IsIn(around));
        }
    }

    /// <summary>The fields of one holder, to copy them into another.</summary>
    [MethodImpl(Hot.Path)]
    public List<KeyValuePair<Place, Value>> Within(Place holder)
    {
        List<KeyValuePair<Place, Value>> found = [];
        if (!HasFields(holder))
        {
            return found;
        }

        foreach (KeyValuePair<Place, Value> pair in places)
        {
            if (pair.Key.IsIn(holder))
            {
                found.Add(pair);
            }
        }

        return found;
    }

    [MethodImpl(Hot.Path)]
    public HandOver? ResultIn(ISymbol local) => results is not null && results.TryGetValue(local, out HandOver? call) ? call : null;

    [MethodImpl(Hot.Path)]
    public void SetResult(ISymbol local, HandOver? call)
    {
        if (call is not null)
        {
            (results ??= new(SymbolEqualityComparer.Default))[local] = call;
        }
        else
        {
            results?.Remove(local);
        }
    }

    /// <summary>Makes a new object at a site: the one of the round before joins the older ones.</summary>
    [MethodImpl(Hot.Path)]
    public void Renew(Origin origin, OriginState fresh)
    {
        if (origins.TryGetValue(origin, out OriginState before))
        {
            OriginState older = before;
            if (origins.TryGetValue(origin.Older, out OriginState known))
            {
                if (CountOf(origin.Older) > 0)
                {
                    older = OriginState.Join(known, before).Touch(Condition.None, Condition.Many);
                }
                else
                {
                    Retire(origin.Older, known);
                }
            }

            OwnOrigins()[origin.Older] = older;
            foreach (KeyValuePair<Place, Value> pair in places.ToArray())
            {
                if (pair.Value.Refers(origin))
                {
                    OwnPlaces()[pair.Key] = pair.Value.Replace(one => ReferenceEquals(one, origin) ? origin.Older : one);
                }
            }

            mayHaveGarbage = true;
        }

        OwnOrigins()[origin] = fresh;
        Version++;
    }

    /// <summary>How many places refer to the origin.</summary>
    [MethodImpl(Hot.Path)]
    public int CountOf(Origin origin) => places.Count(pair => pair.Value.Refers(origin));

    /// <summary>Takes over what another state knows: that of the end of a function that was run from here.</summary>
    public void ReplaceWith(LifetimeState other)
    {
        (places, fields, origins) = other.Share();
        (sharesPlaces, sharesOrigins) = (true, true);
        retired = other.retired;
        results = other.results is null ? null : new(other.results, SymbolEqualityComparer.Default);
        mayHaveGarbage = true;
        Version++;
    }

    [MethodImpl(Hot.Path)]
    public bool JoinWith(LifetimeState other)
    {
        Retire();
        other.Retire();
        bool changed = !ReferenceEquals(places, other.places) && JoinPlaces(other);
        changed |= !ReferenceEquals(origins, other.origins) && JoinOrigins(other.origins);
        foreach (Origin one in overflowed ?? [])
        {
            OwnOrigins()[one] = Get(one).Touch(Condition.None, Condition.Lost);
        }

        overflowed = null;
        changed |= JoinRetired(other.retired);
        if (results is not null)
        {
            foreach (ISymbol local in results.Keys.ToArray())
            {
                if (other.ResultIn(local) is not { } call || !call.Equals(results[local]))
                {
                    results.Remove(local);
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
        if (!mayHaveGarbage)
        {
            return;
        }

        mayHaveGarbage = false;
        var reached = new HashSet<Origin>();
        foreach (Value value in places.Values)
        {
            foreach (Reference reference in value.References)
            {
                Reach(reference.Origin, reached);
                Reach(reference.Pin, reached);
            }
        }

        foreach (KeyValuePair<Origin, OriginState> pair in origins.ToArray())
        {
            if (!reached.Contains(pair.Key))
            {
                OwnOrigins().Remove(pair.Key);
                Retire(pair.Key, pair.Value);
            }
        }
    }

    // Its fate still counts at the end: for a leak, and for what a method did to its parameter.
    [MethodImpl(Hot.Path)]
    private void Retire(Origin origin, OriginState last)
    {
        // Of what was made here or came here only a leak is of interest, or that somebody kept it.
        if (origin.Site is null || (last.Conditions & (Condition.Owned | Condition.Kept)) != 0)
        {
            retired = retired.SetItem(origin, retired.TryGetValue(origin, out OriginState before) ? OriginState.Join(before, last) : last);
        }
    }

    [MethodImpl(Hot.Path)]
    private bool JoinRetired(ImmutableDictionary<Origin, OriginState> other)
    {
        if (ReferenceEquals(retired, other))
        {
            return false;
        }

        ImmutableDictionary<Origin, OriginState> before = retired;
        foreach (KeyValuePair<Origin, OriginState> pair in other)
        {
            OriginState joined = retired.TryGetValue(pair.Key, out OriginState mine) ? OriginState.Join(mine, pair.Value) : pair.Value;
            if (!retired.ContainsKey(pair.Key) || !joined.Equals(mine))
            {
                retired = retired.SetItem(pair.Key, joined);
            }
        }

        return !ReferenceEquals(before, retired);
    }

    [MethodImpl(Hot.Path)]
    private static void Reach(Origin? origin, HashSet<Origin> reached)
    {
        for (; origin is not null && reached.Add(origin); origin = origin.Owner)
        {
        }
    }

    [MethodImpl(Hot.Path)]
    private bool JoinPlaces(LifetimeState other)
    {
        bool changed = false;
        List<(Place Place, Value Mine, Value Theirs)>? differing = null;
        foreach (KeyValuePair<Place, Value> pair in places)
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
        foreach (KeyValuePair<Place, Value> pair in other.places)
        {
            if (!places.ContainsKey(pair.Key))
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
            bool isKnown = origins.TryGetValue(pair.Key, out OriginState mine);
            OriginState joined = isKnown ? OriginState.Join(mine, pair.Value) : pair.Value;
            if (!isKnown || !joined.Equals(mine))
            {
                OwnOrigins()[pair.Key] = joined;
                changed = true;
            }
        }

        return changed;
    }

    private (Dictionary<Place, Value> Places, Dictionary<object, int>? Fields, Dictionary<Origin, OriginState> Origins) Share()
    {
        (sharesPlaces, sharesOrigins) = (true, true);
        return (places, fields, origins);
    }

    /// <summary>The places, to write; with them the count of their fields.</summary>
    [MethodImpl(Hot.Path)]
    private Dictionary<Place, Value> OwnPlaces()
    {
        if (sharesPlaces)
        {
            places = new(places);
            fields = fields is null ? null : new(fields);
            sharesPlaces = false;
        }

        return places;
    }

    [MethodImpl(Hot.Path)]
    private Dictionary<Origin, OriginState> OwnOrigins()
    {
        if (sharesOrigins)
        {
            origins = new(origins);
            sharesOrigins = false;
        }

        return origins;
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
            (overflowed ??= []).AddRange(mine.References.Concat(theirs.References).Select(reference => reference.Origin));
        }

        Put(place, joined);
        return true;
    }

    [MethodImpl(Hot.Path)]
    private void Put(Place place, Value value)
    {
        Dictionary<Place, Value> own = OwnPlaces();
        if (place.Path.Length > 0 && !own.ContainsKey(place))
        {
            fields ??= [];
            fields[place.Root] = fields.TryGetValue(place.Root, out int count) ? count + 1 : 1;
        }

        own[place] = value;
    }

    [MethodImpl(Hot.Path)]
    private bool HasFields(Place holder) => fields is not null && fields.TryGetValue(holder.Root, out int count) && count > 0;
}
