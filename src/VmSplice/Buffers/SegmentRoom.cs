using System.Globalization;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Buffers;

/// <summary>A segment whose length varies: what is in it, and what it has room for.</summary>
/// <param name="pages">Of the buffer.</param>
/// <param name="segment">An index into its segments.</param>
internal readonly struct SegmentRoom<T>(BufferPages pages, int segment)
    where T : unmanaged
{
    internal int Length => Pages.GetLength(segment);

    internal int MaxLength => Pages.Layout.Items[segment].Length;

    internal Span<T> Elements => Pages.Elements<T>(segment);

    internal bool IsFull => Length == MaxLength;

    // Null in the default of a type around this.
    private BufferPages Pages
        => pages ?? throw new InvalidOperationException("This is the segment of no buffer: take it from a property that is marked [Segment].");

    /// <summary>Cuts the segment behind its first elements and adds others, which the caller writes. Changes nothing where they have no room.</summary>
    /// <param name="keep">How many stay.</param>
    /// <param name="count">How many are added.</param>
    /// <param name="unit">What one element is, for the message.</param>
    /// <returns>The added ones; unspecified.</returns>
    /// <exception cref="ArgumentException">There is no room.</exception>
    internal Span<T> Add(int keep, int count, string unit)
        => count <= MaxLength - keep ? Pages.Overwrite<T>(segment, keep, count) : throw new ArgumentException(Overflow(keep, count, unit));

    /// <summary>Says what has no room.</summary>
    internal string Overflow(int keep, int count, string unit)
    {
        string there = keep == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"has {keep} already, ");
        return $"{Pages.Layout.Name}.{Pages.Layout.Items[segment].Name} holds at most {Counted.Of(MaxLength, unit)}, {there}"
            + $"and {Counted.Of(count, unit)} more {(count == 1 ? "does" : "do")} not fit. Send this buffer and fill another one, or declare a larger "
            + "MaxLength on both sides.";
    }
}
