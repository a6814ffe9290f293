namespace VmSplice.Tests.Buffers;

public enum Unit : byte
{
    Piece = 1,
    Metre = 2,
}

[Spliceable]
public partial struct OrderLine
{
    public double Price;
    public int Count;
    public short Article;
    public Unit Unit;
    public bool IsUrgent;
}

/// <summary>A message with texts and lists of its own.</summary>
[Spliceable]
public sealed partial class Order
{
    [Segment]
    public partial ref long Number { get; }

    [Segment(MaxLength = 100)]
    public partial TextSegment Customer { get; }

    [Segment(MaxLength = 5_000)]
    public partial CharSegment Note { get; }

    [Segment(MaxLength = 1_000)]
    public partial ListSegment<OrderLine> Lines { get; }

    [Segment(MaxLength = 10)]
    public partial ListSegment<bool> Marks { get; }
}

/// <summary>The same segments, as the other side may declare them.</summary>
[Spliceable]
public sealed partial class OrderInSpans
{
    [Segment]
    public partial ref long Number { get; }

    [Segment(MaxLength = 100)]
    public partial TextSegment Customer { get; }

    [Segment(MaxLength = 5_000)]
    public partial Span<char> Note { get; }

    [Segment(MaxLength = 1_000)]
    public partial Span<OrderLine> Lines { get; }

    [Segment(MaxLength = 10)]
    public partial Span<bool> Marks { get; }
}
