namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// Which bytes of an allocation a pointer, view or segment covers. Only the raw call gives parts of an allocation away, so that only its rules
/// ask. Immutable.
/// </summary>
internal sealed class MemoryRange : IEquatable<MemoryRange>
{
    /// <summary>What <see cref="Start"/> is counted from where that is no constant; null where it is the allocation's first byte.</summary>
    private readonly object? _anchor;

    /// <summary>The text of the offset that is no constant.</summary>
    private readonly string? _anchorText;

    private readonly string? _lengthText;
    private readonly bool _isLost;

    /// <summary>How many of the allocation's bytes lie before <see cref="_anchor"/> at least: they stay.</summary>
    private readonly long _before;

    private MemoryRange(
        object? anchor, string? anchorText, long start, long? length, string? lengthText, bool isToTheEnd, bool isLost, long before = 0)
    {
        (_anchor, _anchorText, _lengthText, _isLost, _before) = (anchor, anchorText, lengthText, isLost, before);
        (Start, Length, IsToTheEnd) = (start, length, isToTheEnd);
    }

    /// <summary>All of an allocation.</summary>
    public static MemoryRange Whole { get; } = new(null, null, 0, null, null, isToTheEnd: true, isLost: false);

    /// <summary>Some part, nobody knows which: of another iteration, or one of several.</summary>
    public static MemoryRange Lost { get; } = new(null, null, 0, null, null, isToTheEnd: false, isLost: true);

    public long Start { get; }

    /// <summary>Null where it is not known.</summary>
    public long? Length { get; }

    /// <summary>Whether it is all from the start on.</summary>
    public bool IsToTheEnd { get; }

    /// <summary>The length as the program writes it, where that is a variable.</summary>
    public string? LengthText => _lengthText;

    /// <summary>Whether it is another part in each iteration of a loop.</summary>
    public bool IsMoving => _isLost || _anchor is AccessPath;

    /// <summary>Whether it may be any part.</summary>
    public bool IsLost => _isLost;

    /// <summary>Where the start is counted from the allocation's.</summary>
    private bool IsAnchored => _anchor is null && !_isLost;

    public bool IsWhole => IsAnchored && Start == 0 && IsToTheEnd;

    /// <summary>Where a variable points in this iteration of a loop.</summary>
    public static MemoryRange OfVariable(AccessPath variable) => new(variable, null, 0, null, null, isToTheEnd: true, isLost: false);

    /// <summary>Either of two, where paths meet.</summary>
    public static MemoryRange Join(MemoryRange left, MemoryRange right)
        => left.Equals(right) ? left
        : left._isLost || right._isLost || !Equals(left._anchor, right._anchor) || left.Start != right.Start ? Lost
        : new(left._anchor, left._anchorText, left.Start, null, null, isToTheEnd: false, isLost: false);

    /// <summary>Further on by a constant number of bytes.</summary>
    public MemoryRange From(long offset)
        => offset == 0 || _isLost ? this
        : new(_anchor, _anchorText, Start + offset, Length is { } length && length >= offset ? length - offset : null, null, IsToTheEnd, isLost: false,
            offset > 0 ? _before : 0);

    /// <summary>Further on by a number that is computed at a place of the program, or by a field, whose place never changes.</summary>
    public MemoryRange FromUnknown(object anchor, string? text, long atLeast = 0)
        => new(anchor, IsAnchored && Start == 0 ? text : null, 0, null, null, IsToTheEnd, isLost: false, IsAnchored && Start >= 0 ? atLeast : 0);

    public MemoryRange Take(long length) => new(_anchor, _anchorText, Start, length, null, isToTheEnd: false, _isLost, _before);

    /// <summary>The part of a length that is no constant: <c>data.Length</c> is all of it, <paramref name="text"/> any number.</summary>
    public MemoryRange TakeUnknown(string? text, bool isAll)
        => new(_anchor, _anchorText, Start, null, isAll ? null : text, isAll, _isLost, _before);

    /// <summary>The range of an argument, and within it what the callee says of its parameter.</summary>
    public MemoryRange Within(MemoryRange argument, long? length)
    {
        MemoryRange moved = IsAnchored ? argument.From(Start) : Lost;
        return length is { } known ? moved.Take(known) : Length is { } own ? moved.Take(own) : moved.TakeUnknown(_lengthText, IsToTheEnd);
    }

    /// <summary>The offset was computed anew: what was computed with it before is another part.</summary>
    public MemoryRange WithoutAnchor(object anchor) => Equals(_anchor, anchor) ? Lost : this;

    /// <summary>Whether an access reaches what was given away.</summary>
    public static RangeOverlap Compare(MemoryRange given, MemoryRange accessed)
    {
        if (!given._isLost && !accessed._isLost && Equals(given._anchor, accessed._anchor))
        {
            return CompareStarts(given, accessed);
        }

        if (given.IsAnchored)
        {
            return given.IsWhole ? RangeOverlap.Certain
                : given.Start == 0 && given._lengthText is not null && given._lengthText == accessed._anchorText ? RangeOverlap.None
                : RangeOverlap.Possible;
        }

        // Of two parts that are counted from different places nobody knows whether they meet; the pages of a ring do not. What is given behind a
        // page, or a structure, leaves the first bytes.
        return !accessed.IsAnchored || (accessed is { Start: >= 0, Length: { } end } && accessed.Start + end <= given._before) ? RangeOverlap.None
            : accessed.IsWhole ? RangeOverlap.Certain
            : accessed._lengthText is not null && accessed._lengthText == given._anchorText ? RangeOverlap.None
            : RangeOverlap.Possible;
    }

    public bool Equals(MemoryRange? other)
        => other is not null && _isLost == other._isLost && Start == other.Start && Length == other.Length && IsToTheEnd == other.IsToTheEnd
        && Equals(_anchor, other._anchor) && _lengthText == other._lengthText;

    public override bool Equals(object? obj) => Equals(obj as MemoryRange);

    public override int GetHashCode() => (int)Start;

    private static RangeOverlap CompareStarts(MemoryRange given, MemoryRange accessed)
    {
        long distance = accessed.Start - given.Start;
        if (distance == 0)
        {
            return RangeOverlap.Certain;
        }

        if (distance > 0)
        {
            return given.IsToTheEnd || given.Length > distance ? RangeOverlap.Certain : given.Length is null ? RangeOverlap.Possible : RangeOverlap.None;
        }

        // From before it: as far as nobody knows, it ends before it.
        return accessed.IsToTheEnd || accessed.Length > -distance ? RangeOverlap.Certain : RangeOverlap.None;
    }
}
