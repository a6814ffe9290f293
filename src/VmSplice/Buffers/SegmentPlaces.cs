using VmSplice.CompilerServices;

namespace VmSplice.Buffers;

/// <summary>
/// Where a buffer's segments lie: pages for the header that travels before them, then each segment on pages of its own.
/// Pages are 4, 16 or 64 KiB, so this is known at run time alone.
/// </summary>
internal sealed class SegmentPlaces
{
    private readonly nuint[] _offsets;

    internal SegmentPlaces(BufferLayout layout, int pageSize)
    {
        HeaderLength = BufferHeader.LengthFor(layout);
        nuint end = RoundUp((nuint)HeaderLength, pageSize);
        _offsets = new nuint[layout.Items.Length];
        for (int i = 0; i < _offsets.Length; i++)
        {
            _offsets[i] = end;
            end = checked(end + RoundUp((nuint)layout.Items[i].Size, pageSize));
        }

        Length = end;
    }

    /// <summary>Gets the bytes of the header, at offset 0.</summary>
    internal int HeaderLength { get; }

    /// <summary>Gets the bytes of the whole buffer in memory: whole pages.</summary>
    internal nuint Length { get; }

    internal nuint OffsetOf(int segment) => _offsets[segment];

    private static nuint RoundUp(nuint bytes, int pageSize) => (bytes + (nuint)pageSize - 1) & ~((nuint)pageSize - 1);
}
