using System.Globalization;
using System.Runtime.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Pipes;

/// <summary>
/// Splits gifts. SPLICE_F_GIFT is for whole pages; what a segment has beyond its last whole page goes without the flag, in a call of
/// its own between theirs.
/// </summary>
internal static class WholePages
{
    /// <summary>The bytes of a buffer that is given away whole.</summary>
    /// <exception cref="ArgumentException">It does not fill whole pages.</exception>
    internal static nuint BytesOf<T>(PageBuffer<T> buffer)
        where T : unmanaged
    {
        nuint bytes = buffer.BytesOf(buffer.Length);
        nuint beyond = bytes & (nuint)(Environment.SystemPageSize - 1);
        return beyond == 0 ? bytes : throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A gift of {Counted.Of(buffer.Length, "element")} of {Counted.Bytes(Unsafe.SizeOf<T>())}, {Counted.Bytes(bytes)} in all, "
                + $"goes {beyond} beyond whole pages ({Environment.SystemPageSize} bytes); gifts must be whole pages. Rent a length that "
                + $"fills them, or use Send."),
            nameof(buffer));
    }

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
