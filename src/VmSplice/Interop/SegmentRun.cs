using System.Diagnostics;

namespace VmSplice.Interop;

/// <summary>A row of segments of which the kernel takes as much as it can at a time.</summary>
internal static class SegmentRun
{
    /// <summary>
    /// Drops what was transferred from the front, in place, and empty segments with it: what is left starts with the
    /// first byte that was not transferred.
    /// </summary>
    internal static Span<IoVec> Skip(Span<IoVec> segments, nuint transferred)
    {
        int whole = 0;
        while (whole < segments.Length && segments[whole].Length <= transferred)
        {
            transferred -= segments[whole].Length;
            whole++;
        }

        segments = segments[whole..];
        Debug.Assert(transferred == 0 || !segments.IsEmpty, "more was transferred than there was");
        if (transferred != 0)
        {
            segments[0] = new IoVec(segments[0].Address + (nint)transferred, segments[0].Length - transferred);
        }

        return segments;
    }

    internal static nuint BytesOf(ReadOnlySpan<IoVec> segments)
    {
        nuint bytes = 0;
        foreach (IoVec segment in segments)
        {
            bytes += segment.Length;
        }

        return bytes;
    }

    /// <summary>The slots of a pipe that segments take when their pages are shared: one for each page that they touch.</summary>
    internal static nuint SlotsOf(ReadOnlySpan<IoVec> segments, int pageSize)
    {
        nuint slots = 0;
        nuint mask = (nuint)pageSize - 1;
        foreach (IoVec segment in segments)
        {
            slots += (((nuint)segment.Address & mask) + segment.Length + mask) / (nuint)pageSize;
        }

        return slots;
    }
}
