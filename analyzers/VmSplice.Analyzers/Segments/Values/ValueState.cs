using System.Collections.Immutable;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>
/// What is known at one point: variables (locals, parameters, captures of the graph) and lists of segments. Immutable inside, since the
/// engine copies a state at each branch, and long methods have many of both.
/// </summary>
internal sealed class ValueState
{
    private ImmutableDictionary<object, Value> _values = ImmutableDictionary<object, Value>.Empty;
    private ImmutableDictionary<object, SegmentCell> _cells = ImmutableDictionary<object, SegmentCell>.Empty;

    // The places that were allocated on some way here.
    private ImmutableHashSet<object> _seen = ImmutableHashSet<object>.Empty;

    /// <summary>Set by every change, for the engine.</summary>
    public bool Changed { get; set; }

    public ValueState Copy() => new() { _values = _values, _cells = _cells, _seen = _seen };

    public Value? this[object variable]
    {
        get => _values.TryGetValue(variable, out Value? value) ? value : null;
        set
        {
            Changed = true;
            _values = value is null ? _values.Remove(variable) : _values.SetItem(variable, value);
        }
    }

    /// <summary>Code that is not in sight may have changed any field.</summary>
    public void ForgetFields()
    {
        foreach (object variable in _values.Keys)
        {
            if (variable is FieldPlace or CountOf { Collection: FieldPlace })
            {
                this[variable] = null;
            }
        }
    }

    public SegmentCell CellOf(object? key) => key is not null && _cells.TryGetValue(key, out SegmentCell? cell) ? cell : SegmentCell.Lost;

    /// <summary>The cell, empty where nothing was stored yet.</summary>
    public SegmentCell TryCell(object key) => _cells.TryGetValue(key, out SegmentCell? cell) ? cell : SegmentCell.Empty;

    public void SetCell(object key, SegmentCell cell)
    {
        Changed = true;
        _cells = _cells.SetItem(key, cell);
    }

    /// <summary>
    /// <paramref name="site"/> allocates once more. What refers to the memory of the previous iteration refers to another.
    /// </summary>
    public void Renew(object site)
    {
        // The first allocation of most sites: nothing refers to it.
        if (!_seen.Contains(site))
        {
            _seen = _seen.Add(site);
            return;
        }

        foreach (KeyValuePair<object, Value> pair in _values)
        {
            if (Refers(pair.Value, site))
            {
                _values = _values.Remove(pair.Key);
            }
        }

        foreach (KeyValuePair<object, SegmentCell> pair in _cells)
        {
            foreach (KeyValuePair<long, Segment> element in pair.Value.Known)
            {
                if (element.Value.Address is { } address && Equals(address.Provenance.Site, site))
                {
                    _cells = _cells.SetItem(pair.Key, SegmentCell.Lost);
                    break;
                }
            }
        }
    }

    public bool Join(ValueState other, bool widen)
    {
        (ImmutableDictionary<object, Value>? values, ImmutableDictionary<object, SegmentCell>? cells, int seen) = (_values, _cells, _seen.Count);
        if (!ReferenceEquals(_seen, other._seen))
        {
            _seen = _seen.Union(other._seen);
        }

        if (!ReferenceEquals(values, other._values))
        {
            foreach (KeyValuePair<object, Value> pair in values)
            {
                Value? joined = Value.Join(pair.Value, other[pair.Key], widen);
                if (!Equals(joined, pair.Value))
                {
                    _values = joined is null ? _values.Remove(pair.Key) : _values.SetItem(pair.Key, joined);
                }
            }
        }

        if (!ReferenceEquals(cells, other._cells))
        {
            foreach (KeyValuePair<object, SegmentCell> pair in other._cells)
            {
                SegmentCell joined = cells.TryGetValue(pair.Key, out SegmentCell? known) ? SegmentCell.Join(known, pair.Value, widen) : pair.Value;
                if (known is null || !joined.Equals(known))
                {
                    _cells = _cells.SetItem(pair.Key, joined);
                }
            }
        }

        return !ReferenceEquals(values, _values) || !ReferenceEquals(cells, _cells) || seen != _seen.Count;
    }

    private static bool Refers(Value value, object site) => value switch
    {
        Scalar scalar => Equals(scalar.Provenance.Site, site),
        Block block => Equals(block.Provenance.Site, site),
        Segment segment => segment.Address is { } address && Equals(address.Provenance.Site, site),
        SegmentWindow window => Equals(window.Cell, site),
        Aggregate parts => parts.Parts.Any(part => Refers(part, site)),
        _ => false,
    };
}
