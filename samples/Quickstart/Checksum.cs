using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quickstart;

/// <summary>Fletcher's checksum over whole records, eight 64-bit lanes at a time: sees every bit, and their order.</summary>
internal struct Checksum
{
    private Vector512<ulong> _sum1;
    private Vector512<ulong> _sum2;

    public void Add(ReadOnlySpan<ProcessSample> samples)
    {
        Vector512<ulong> sum1 = _sum1;
        Vector512<ulong> sum2 = _sum2;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(samples);
        for (; bytes.Length >= Vector512<byte>.Count; bytes = bytes[Vector512<byte>.Count..])
        {
            sum1 += Vector512.Create(bytes).AsUInt64();
            sum2 += sum1;
        }

        _sum1 = sum1;
        _sum2 = sum2;
    }

    public readonly ulong Value => (Vector512.Sum(_sum1) * 0x9E37_79B9_7F4A_7C15) ^ Fold(_sum2);

    private static ulong Fold(Vector512<ulong> lanes)
    {
        ulong value = 0;
        for (int i = 0; i < Vector512<ulong>.Count; i++)
        {
            value = BitOperations.RotateLeft(value, 17) + lanes[i];
        }

        return value;
    }
}
