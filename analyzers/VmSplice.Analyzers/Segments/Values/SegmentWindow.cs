namespace VmSplice.Analyzers.Segments.Values;

/// <summary>A list of segments (array, span, pointer, reference): a window of a cell whose content the state holds.</summary>
internal sealed class SegmentWindow(object? cell, Number start, Number count) : Value
{
    /// <summary>Null where the content is not known.</summary>
    public object? Cell { get; } = cell;

    public Number Start { get; } = start;

    public Number Count { get; } = count;

    protected override Value? JoinSame(Value other, bool widen)
    {
        var second = (SegmentWindow)other;
        return new SegmentWindow(Equals(Cell, second.Cell) ? Cell : null, Join(Start, second.Start, widen), Join(Count, second.Count, widen));
    }

    public override bool Equals(object? obj) => obj is SegmentWindow other
        && Equals(Cell, other.Cell) && Start.Equals(other.Start) && Count.Equals(other.Count);

    public override int GetHashCode() => Cell?.GetHashCode() ?? Count.GetHashCode();
}
