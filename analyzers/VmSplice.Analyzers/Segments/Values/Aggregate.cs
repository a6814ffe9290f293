using System.Collections.Immutable;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>A tuple or a structure: what is known of each of its parts. Immutable; a copy of the variable is one of the value.</summary>
internal sealed class Aggregate : Value
{
    private readonly ImmutableSortedDictionary<string, Value> _parts;

    private Aggregate(ImmutableSortedDictionary<string, Value> parts) => _parts = parts;

    /// <summary>One of which nothing is known.</summary>
    public static Aggregate Unknown { get; } = new(ImmutableSortedDictionary.Create<string, Value>(StringComparer.Ordinal));

    public IEnumerable<Value> Parts => _parts.Values;

    public Value? this[string part] => _parts.TryGetValue(part, out Value? value) ? value : null;

    /// <summary>
    /// Of a list of segments the number alone: what is in it can change behind the value. No count that a caller chose, since the check of it may be one
    /// of the variable that it was copied from.
    /// </summary>
    public Aggregate With(string part, Value? value) => value switch
    {
        null or Segment or Scalar { Number.Measured: true } or SegmentWindow { Count.Measured: true } => new(_parts.Remove(part)),
        SegmentWindow list => new(_parts.SetItem(part, new SegmentWindow(null, list.Start, list.Count))),
        _ => new(_parts.SetItem(part, value)),
    };

    /// <summary>Each part anew; one that becomes null is known no more.</summary>
    public Aggregate Select(Func<string, Value, Value?> change)
    {
        Aggregate changed = this;
        foreach (KeyValuePair<string, Value> part in _parts)
        {
            changed = changed.With(part.Key, change(part.Key, part.Value));
        }

        return changed;
    }

    public override bool Equals(object? obj)
        => obj is Aggregate other && _parts.Count == other._parts.Count && _parts.All(part => part.Value.Equals(other[part.Key]));

    public override int GetHashCode() => _parts.Count;

    protected override Value? JoinSame(Value other, bool widen) => Select((part, value) => Join(value, ((Aggregate)other)[part], widen));
}
