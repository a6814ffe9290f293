namespace VmSplice.Pipes;

/// <summary>
/// Splits gifts. SPLICE_F_GIFT is for whole pages; what a segment has beyond its last whole page goes without the flag, in a call of
/// its own between theirs.
/// </summary>
internal static class WholePages
{
    /// <summary>Cuts each segment where its last whole page ends.</summary>
    internal static void Cut(SegmentList segments)
    {
        nuint pageSize = (nuint)Environment.SystemPageSize;
        for (int i = segments.Rest.Length - 1; i >= 0; i--)
        {
            nuint length = segments.Rest[i].Length;
            nuint whole = length & ~(pageSize - 1);
            if (whole != 0 && whole != length)
            {
                segments.Cut(i, whole);
            }
        }
    }

    /// <summary>The segments at the front that go in one call: all of whole pages, or all of what lies behind some.</summary>
    /// <param name="segments">At least one. Each is cut.</param>
    /// <param name="flags">What the call takes.</param>
    internal static ReadOnlySpan<IoVec> Next(ReadOnlySpan<IoVec> segments, out SpliceFlags flags)
    {
        bool whole = IsWhole(segments[0]);
        int count = 1;
        while (count < segments.Length && IsWhole(segments[count]) == whole)
        {
            count++;
        }

        flags = whole ? SpliceFlags.Gift : SpliceFlags.None;
        return segments[..count];
    }

    private static bool IsWhole(IoVec segment) => segment.Length % (nuint)Environment.SystemPageSize == 0;
}
