using System.Collections.Immutable;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>
/// The segments that were stored in an array, a stack block or a variable: by index where the index is known, and as one for the rest.
/// Says what an element is if it was stored at all; nobody sends elements that were not.
/// </summary>
internal sealed class SegmentCell : IEquatable<SegmentCell>
{
    /// <summary>More elements than anybody writes out one by one.</summary>
    private const int Remembered = 32;

    private readonly ImmutableSortedDictionary<long, Segment> _known;

    private SegmentCell(ImmutableSortedDictionary<long, Segment> known, Segment? rest, bool lost)
    {
        _known = known;
        Rest = rest;
        IsLost = lost;
    }

    public static SegmentCell Empty { get; } = new(ImmutableSortedDictionary<long, Segment>.Empty, null, false);

    /// <summary>Someone else may have written anything.</summary>
    public static SegmentCell Lost { get; } = new(ImmutableSortedDictionary<long, Segment>.Empty, null, true);

    public IEnumerable<KeyValuePair<long, Segment>> Known => _known;

    /// <summary>What was stored at indices that are not known.</summary>
    public Segment? Rest { get; }

    public bool IsLost { get; }

    public Segment? At(Number index)
        => IsLost || index.Exact is not { } exact ? null : _known.TryGetValue(exact, out Segment? segment) ? segment : null;

    public SegmentCell With(Number index, Segment? segment)
    {
        if (IsLost || segment is null && index.Exact is null)
        {
            return Lost;
        }

        Segment stored = segment ?? new Segment(null, null, null, null);
        if (index.Exact is { } exact && exact is >= 0 and < Remembered)
        {
            return new(_known.SetItem(exact, stored), Rest, false);
        }

        // It may have been any of the known ones.
        ImmutableSortedDictionary<long, Segment> known = _known;
        foreach (KeyValuePair<long, Segment> pair in _known)
        {
            known = known.SetItem(pair.Key, (Segment)Value.Join(pair.Value, stored, widen: true)!);
        }

        return new(known, Rest is null ? stored : (Segment?)Value.Join(Rest, stored, widen: true), false);
    }

    /// <summary>The same element again, with more parts known: replaces instead of joining.</summary>
    public SegmentCell Replace(Number index, Segment segment)
        => IsLost ? this : index.Exact is { } exact && exact is >= 0 and < Remembered ? new(_known.SetItem(exact, segment), Rest, false)
            : new(_known, segment, false);

    public static SegmentCell Join(SegmentCell left, SegmentCell right, bool widen)
    {
        if (left.Equals(right))
        {
            return left;
        }

        if (left.IsLost || right.IsLost)
        {
            return Lost;
        }

        ImmutableSortedDictionary<long, Segment> known = left._known;
        foreach (KeyValuePair<long, Segment> pair in right._known)
        {
            known = known.SetItem(pair.Key, known.TryGetValue(pair.Key, out Segment? other)
                ? (Segment)Value.Join(other, pair.Value, widen)! : pair.Value);
        }

        return new(known, left.Rest is null ? right.Rest : right.Rest is null ? left.Rest : (Segment?)Value.Join(left.Rest, right.Rest, widen), false);
    }

    public bool Equals(SegmentCell? other)
    {
        if (other is null || IsLost != other.IsLost || _known.Count != other._known.Count || !Equals(Rest, other.Rest))
        {
            return false;
        }

        foreach (KeyValuePair<long, Segment> pair in _known)
        {
            if (!other._known.TryGetValue(pair.Key, out Segment? segment) || !segment.Equals(pair.Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as SegmentCell);

    public override int GetHashCode() => _known.Count;
}
