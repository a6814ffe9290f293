namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What is known at one point: variables (locals, parameters, captures of the graph) and lists of segments.</summary>
internal sealed class ValueState
{
    private readonly Dictionary<object, Value> _values;
    private readonly Dictionary<object, SegmentCell> _cells;

    public ValueState()
        : this(new(KeyComparer.Instance), new(KeyComparer.Instance))
    {
    }

    private ValueState(Dictionary<object, Value> values, Dictionary<object, SegmentCell> cells)
    {
        _values = values;
        _cells = cells;
    }

    public int Weight => 1 + _values.Count + _cells.Count;

    /// <summary>Set by every change, for the engine.</summary>
    public bool Changed { get; set; }

    public ValueState Copy() => new(new(_values, KeyComparer.Instance), new(_cells, KeyComparer.Instance));

    public Value? this[object variable]
    {
        get => _values.TryGetValue(variable, out var value) ? value : null;
        set
        {
            Changed = true;
            if (value is null)
                _values.Remove(variable);
            else
                _values[variable] = value;
        }
    }

    public SegmentCell CellOf(object? key) => key is not null && _cells.TryGetValue(key, out var cell) ? cell : SegmentCell.Lost;

    /// <summary>The cell, empty where nothing was stored yet.</summary>
    public SegmentCell TryCell(object key) => _cells.TryGetValue(key, out var cell) ? cell : SegmentCell.Empty;

    public void SetCell(object key, SegmentCell cell)
    {
        Changed = true;
        _cells[key] = cell;
    }

    /// <summary>
    /// The place <paramref name="origin"/> is allocated anew: what still refers to the one of the round before is another.
    /// </summary>
    public void Renew(object origin)
    {
        foreach (var pair in _values.ToArray())
        {
            if (Refers(pair.Value, origin))
                _values.Remove(pair.Key);
        }

        foreach (var pair in _cells.ToArray())
        {
            foreach (var element in pair.Value.Known)
            {
                if (element.Value.Address is { } address && Equals(address.Place.Origin, origin))
                {
                    _cells[pair.Key] = SegmentCell.Lost;
                    break;
                }
            }
        }
    }

    public bool Join(ValueState other, bool widen)
    {
        var changed = false;
        foreach (var pair in _values.ToArray())
        {
            var joined = Value.Join(pair.Value, other[pair.Key], widen);
            if (Equals(joined, pair.Value))
                continue;
            changed = true;
            if (joined is null)
                _values.Remove(pair.Key);
            else
                _values[pair.Key] = joined;
        }

        foreach (var pair in other._cells)
        {
            var joined = _cells.TryGetValue(pair.Key, out var known) ? SegmentCell.Join(known, pair.Value, widen) : pair.Value;
            if (known is not null && joined.Equals(known))
                continue;
            changed = true;
            _cells[pair.Key] = joined;
        }

        return changed;
    }

    private static bool Refers(Value value, object origin) => value switch
    {
        Scalar scalar => Equals(scalar.Place.Origin, origin),
        Block block => Equals(block.Place.Origin, origin),
        Segment segment => segment.Address is { } address && Equals(address.Place.Origin, origin),
        SegmentWindow window => Equals(window.Cell, origin),
        _ => false,
    };

    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static readonly KeyComparer Instance = new();

        bool IEqualityComparer<object>.Equals(object? left, object? right) => object.Equals(left, right);

        int IEqualityComparer<object>.GetHashCode(object key) => key.GetHashCode();
    }
}
