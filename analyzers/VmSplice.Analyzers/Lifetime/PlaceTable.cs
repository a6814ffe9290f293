using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// What each place refers to. The engine copies at each step and branch, and most copies are never written to: a copy shares
/// until one of the two is.
/// </summary>
internal sealed class PlaceTable
{
    private Dictionary<Place, Value> _values = [];

    /// <summary>How many fields are known of each root, so that most variables are not searched for any.</summary>
    private Dictionary<object, int>? _fields;

    private bool _isShared;

    public int Count => _values.Count;

    public Dictionary<Place, Value> All => _values;

    [MethodImpl(Hot.Path)]
    public PlaceTable Copy()
    {
        _isShared = true;
        return new PlaceTable { _values = _values, _fields = _fields, _isShared = true };
    }

    /// <summary>Whether neither was written to since one was copied from the other.</summary>
    public bool SharesWith(PlaceTable other) => ReferenceEquals(_values, other._values);

    public bool Contains(Place place) => _values.ContainsKey(place);

    public Value? TryGet(Place place) => _values.TryGetValue(place, out Value? value) ? value : null;

    [MethodImpl(Hot.Path)]
    public void Put(Place place, Value value)
    {
        Own();
        if (place.Path.Length > 0 && !_values.ContainsKey(place))
        {
            _fields ??= [];
            _fields[place.Root] = _fields.TryGetValue(place.Root, out int count) ? count + 1 : 1;
        }

        _values[place] = value;
    }

    /// <summary>False where it was not there.</summary>
    [MethodImpl(Hot.Path)]
    public bool Remove(Place place)
    {
        if (!_values.ContainsKey(place))
        {
            return false;
        }

        Own();
        _values.Remove(place);
        if (place.Path.Length > 0)
        {
            _fields![place.Root]--;
        }

        return true;
    }

    /// <summary>The places that are chosen with the help of <paramref name="chooser"/>; null where that is none.</summary>
    [MethodImpl(Hot.Path)]
    public List<Place>? Find<T>(T chooser, Func<T, Place, bool> chosen)
    {
        List<Place>? found = null;
        foreach (KeyValuePair<Place, Value> pair in _values)
        {
            if (chosen(chooser, pair.Key))
            {
                (found ??= []).Add(pair.Key);
            }
        }

        return found;
    }

    /// <summary>The fields of one holder.</summary>
    [MethodImpl(Hot.Path)]
    public List<KeyValuePair<Place, Value>> Within(Place holder)
    {
        List<KeyValuePair<Place, Value>> found = [];
        if (!HasFields(holder))
        {
            return found;
        }

        foreach (KeyValuePair<Place, Value> pair in _values)
        {
            if (pair.Key.IsIn(holder))
            {
                found.Add(pair);
            }
        }

        return found;
    }

    public bool HasFields(Place holder) => _fields is not null && _fields.TryGetValue(holder.Root, out int count) && count > 0;

    /// <summary>Puts one origin in the place of another, wherever it is referred to.</summary>
    public void Replace(Origin origin, Origin instead)
    {
        foreach (KeyValuePair<Place, Value> pair in _values.ToArray())
        {
            if (pair.Value.Refers(origin))
            {
                Put(pair.Key, pair.Value.Replace(one => ReferenceEquals(one, origin) ? instead : one));
            }
        }
    }

    /// <summary>All origins that some place refers to, with their owners and pins.</summary>
    [MethodImpl(Hot.Path)]
    public HashSet<Origin> Reached()
    {
        var reached = new HashSet<Origin>();
        foreach (KeyValuePair<Place, Value> pair in _values)
        {
            foreach (Reference reference in pair.Value.References)
            {
                Reach(reference.Origin, reached);
                Reach(reference.Pin, reached);
            }
        }

        return reached;
    }

    [MethodImpl(Hot.Path)]
    private static void Reach(Origin? origin, HashSet<Origin> reached)
    {
        for (; origin is not null && reached.Add(origin); origin = origin.Owner)
        {
        }
    }

    private void Own()
    {
        if (_isShared)
        {
            _values = new(_values);
            _fields = _fields is null ? null : new(_fields);
            _isShared = false;
        }
    }
}
