namespace VmSplice.TestChild;

/// <summary>
/// A long stream of known bytes: the byte at a position follows from the position alone, and repeats only after a prime
/// number of bytes, so that a page that slipped, was lost or came twice is noticed.
/// </summary>
internal static class StreamPattern
{
    private const int Period = 1_000_003;
    private static readonly byte[] Bytes = Make();

    internal static void Fill(Span<byte> destination, long position)
    {
        int at = (int)(position % Period);
        while (!destination.IsEmpty)
        {
            int step = Math.Min(destination.Length, Period - at);
            Bytes.AsSpan(at, step).CopyTo(destination);
            destination = destination[step..];
            at = 0;
        }
    }

    /// <summary>The first byte that is not as it should be, or −1.</summary>
    internal static long Mismatch(ReadOnlySpan<byte> arrived, long position)
    {
        int at = (int)(position % Period);
        long index = 0;
        while (!arrived.IsEmpty)
        {
            int step = Math.Min(arrived.Length, Period - at);
            int same = arrived[..step].CommonPrefixLength(Bytes.AsSpan(at, step));
            if (same < step)
            {
                return index + same;
            }

            arrived = arrived[step..];
            index += step;
            at = 0;
        }

        return -1;
    }

    internal static byte[] Take(long position, int length)
    {
        byte[] bytes = new byte[length];
        Fill(bytes, position);
        return bytes;
    }

    private static byte[] Make()
    {
        byte[] bytes = new byte[Period];
        ulong state = 0x9E37_79B9_7F4A_7C15;
        for (int i = 0; i < bytes.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes[i] = (byte)(state >> 32);
        }

        return bytes;
    }
}
