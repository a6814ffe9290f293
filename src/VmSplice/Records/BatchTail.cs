using VmSplice.CompilerServices;

namespace VmSplice.Records;

/// <summary>The texts and lists of a block that was received: what lies behind its records.</summary>
/// <param name="End">Where the block ends in memory.</param>
/// <param name="Length">Bytes from there back to its records.</param>
/// <param name="Tag">What the places in its records bear.</param>
internal readonly unsafe record struct BatchTail(nint End, long Length, byte Tag)
{
    /// <summary>Finds the items at a place.</summary>
    /// <returns><see langword="false"/> where the place is not one of this tail.</returns>
    internal bool TryFind(TailPlace place, TailItem item, out ReadOnlySpan<byte> items)
        => TryFind(place, item.Size, item.Alignment, out items);

    /// <summary>The same for items of so many bytes each.</summary>
    internal bool TryFind(TailPlace place, int size, int alignment, out ReadOnlySpan<byte> items)
    {
        uint fromEnd = place.FromEnd;
        long bytes = (long)place.Items * size;
        if (place.Tag != Tag || place.Items == 0 || fromEnd > (ulong)Length || bytes > fromEnd || (fromEnd & (uint)(alignment - 1)) != 0)
        {
            items = default;
            return false;
        }

        // SAFETY: the tail lies in memory that the reader owns until its next call, or in a block that it has not returned; both ends were checked just now.
        items = new ReadOnlySpan<byte>((void*)(End - (nint)fromEnd), (int)bytes);
        return true;
    }
}
