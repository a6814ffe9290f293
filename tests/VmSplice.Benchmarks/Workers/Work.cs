using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>What a reader does with its records: nothing but a sum, or something that takes time of its own.</summary>
internal static class Work
{
    public static Func<ReadOnlySpan<T>, long> Of<T>(string name)
        where T : unmanaged, IShape<T>
        => name switch
        {
            "sum" => static batch => Sums.Of(batch),
            "hash" => static batch => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(batch)),
            "parse" => static batch => Parse(MemoryMarshal.AsBytes(batch)),
            "sort" => new Sorter<T>().Sort,
            _ => throw new ArgumentException($"no such work: {name}"),
        };

    /// <summary>Takes the bytes for numbers of variable length, seven bits a byte, as most formats have them.</summary>
    private static long Parse(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        long number = 0;
        int shift = 0;
        foreach (byte part in bytes)
        {
            number |= (long)(part & 0x7f) << shift;
            shift = part < 0x80 ? 0 : (shift + 7) & 63;
            if (shift == 0)
            {
                sum += number;
                number = 0;
            }
        }

        return sum;
    }

    private sealed class Sorter<T>
        where T : unmanaged, IShape<T>
    {
        private long[] _keys = [];

        public long Sort(ReadOnlySpan<T> batch)
        {
            if (_keys.Length < batch.Length)
            {
                _keys = new long[batch.Length];
            }

            // From the last to the first, so that there is something to sort.
            for (int i = 0; i < batch.Length; i++)
            {
                _keys[i] = T.Sum(in batch[batch.Length - 1 - i]);
            }

            _keys.AsSpan(0, batch.Length).Sort();
            return batch.IsEmpty ? 0 : _keys[0];
        }
    }
}
