using System.Runtime.CompilerServices;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>
/// What each access path refers to. The engine copies at each step and branch, and most copies are never written to: a copy shares
/// until one of the two is.
/// </summary>
internal sealed class AccessPathTable
{
    private Dictionary<AccessPath, PointsToSet> _values = [];

    /// <summary>How many fields are known of each root, so that most variables are not searched for any.</summary>
    private Dictionary<object, int>? _fields;

    private bool _isShared;

    public int Count => _values.Count;

    public Dictionary<AccessPath, PointsToSet> All => _values;

    public AccessPathTable Copy()
    {
        _isShared = true;
        return new AccessPathTable { _values = _values, _fields = _fields, _isShared = true };
    }

    /// <summary>Whether neither was written to since one was copied from the other.</summary>
    public bool SharesWith(AccessPathTable other) => ReferenceEquals(_values, other._values);

    public bool Contains(AccessPath path) => _values.ContainsKey(path);

    public PointsToSet? TryGet(AccessPath path) => _values.TryGetValue(path, out PointsToSet? value) ? value : null;

    public void Put(AccessPath path, PointsToSet value)
    {
        Own();
        if (path.Fields.Length > 0 && !_values.ContainsKey(path))
        {
            _fields ??= [];
            _fields[path.Root] = _fields.TryGetValue(path.Root, out int count) ? count + 1 : 1;
        }

        _values[path] = value;
    }

    /// <summary>False where it was not there.</summary>
    [MethodImpl(Hot.Path)]
    public bool Remove(AccessPath path)
    {
        if (!_values.ContainsKey(path))
        {
            return false;
        }

        Own();
        _values.Remove(path);
        if (path.Fields.Length > 0)
        {
            _fields![path.Root]--;
        }

        return true;
    }

    /// <summary>The paths that are chosen with the help of <paramref name="chooser"/>; null where that is none.</summary>
    public List<AccessPath>? Find<T>(T chooser, Func<T, AccessPath, bool> chosen)
    {
        List<AccessPath>? found = null;
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in _values)
        {
            if (chosen(chooser, pair.Key))
            {
                (found ??= []).Add(pair.Key);
            }
        }

        return found;
    }

    /// <summary>The fields of one holder.</summary>
    public List<KeyValuePair<AccessPath, PointsToSet>> Within(AccessPath holder)
    {
        List<KeyValuePair<AccessPath, PointsToSet>> found = [];
        if (!HasFields(holder))
        {
            return found;
        }

        foreach (KeyValuePair<AccessPath, PointsToSet> pair in _values)
        {
            if (pair.Key.IsIn(holder))
            {
                found.Add(pair);
            }
        }

        return found;
    }

    public bool HasFields(AccessPath holder) => _fields is not null && _fields.TryGetValue(holder.Root, out int count) && count > 0;

    /// <summary>Puts one site in the place of another, wherever it is referred to.</summary>
    public void Replace(AllocationSite site, AllocationSite instead)
    {
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in _values.ToArray())
        {
            if (pair.Value.Refers(site))
            {
                Put(pair.Key, pair.Value.Replace(one => ReferenceEquals(one, site) ? instead : one));
            }
        }
    }

    /// <summary>All sites that some path refers to, with their owners and pins.</summary>
    public HashSet<AllocationSite> Reached()
    {
        var reached = new HashSet<AllocationSite>();
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in _values)
        {
            foreach (Reference reference in pair.Value.References)
            {
                Reach(reference.Site, reached);
                Reach(reference.Pin, reached);
            }
        }

        return reached;
    }

    [MethodImpl(Hot.Path)]
    private static void Reach(AllocationSite? site, HashSet<AllocationSite> reached)
    {
        for (; site is not null && reached.Add(site); site = site.Owner)
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
