namespace VmSplice.Tests.Buffers;

/// <summary>
/// A buffer whose layout is chosen at run time, by the one test that uses it: what generated code does for one layout,
/// for all of them.
/// </summary>
internal sealed class AnyBuffer(BufferPages pages) : ISpliceableBuffer<AnyBuffer>
{
    public static BufferLayout Layout { get; set; } = new("Any", 1, new BufferSegment("Bytes", "byte", 1, 1));

    public BufferPages Pages => pages;

    public static AnyBuffer Create(BufferPages pages) => new(pages);

    public static int IndexOfInvalidElement(BufferPages pages, int segment) => -1;

    public void Dispose() => pages.Dispose();

    /// <summary>The bytes of each segment that has some.</summary>
    internal unsafe void ForEachSegment(Action<nint, int> visit)
    {
        IoVec[] segments = new IoVec[pages.MostSegments];
        int count = pages.Describe(segments, header: false);
        foreach (IoVec segment in segments.AsSpan(0, count))
        {
            visit(segment.Address, (int)segment.Length);
        }
    }
}
