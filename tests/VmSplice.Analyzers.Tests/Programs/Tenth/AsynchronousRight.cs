namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers and transfers that are awaited.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BlockSums"] = """
            namespace Storage.Blocks;

            public static class BlockSums
            {
                /// <summary>The checksum is taken before the block moves, the send is awaited while nobody touches it.</summary>
                public static async Task<List<uint>> CopyAsync(Stream volume, SpliceWriter pipe, int blockSize, CancellationToken cancellation)
                {
                    List<uint> sums = [];
                    ValueTask sending = default;
                    while (true)
                    {
                        using PageBuffer<byte> block = pipe.Rent<byte>(blockSize);
                        int read = await volume.ReadAtLeastAsync(block.Memory, blockSize, throwOnEndOfStream: false, cancellation);
                        await sending;
                        if (read < blockSize)
                        {
                            return sums;
                        }

                        sums.Add(Adler(block.Span));
                        sending = pipe.SendAsync(block, cancellationToken: cancellation);
                    }
                }

                private static uint Adler(ReadOnlySpan<byte> data)
                {
                    uint a = 1;
                    uint b = 0;
                    foreach (byte one in data)
                    {
                        a = (a + one) % 65521;
                        b = (b + a) % 65521;
                    }

                    return (b << 16) | a;
                }
            }
            """,
        ["TapeAhead"] = """
            namespace Tape.Import;

            /// <summary>One block is summed while the next one comes.</summary>
            public static class TapeAhead
            {
                public static async Task<long> SumAsync(SpliceReader tape, int blockLength)
                {
                    using PageBuffer<byte> one = PageBuffer<byte>.Allocate(blockLength);
                    using PageBuffer<byte> other = PageBuffer<byte>.Allocate(blockLength);
                    long sum = 0;
                    int inOne = await tape.ReadAsync(one);
                    while (inOne > 0)
                    {
                        ValueTask<int> reading = tape.ReadAsync(other);
                        sum += Sum(one.Span[..inOne]);
                        int inOther = await reading;
                        if (inOther == 0)
                        {
                            break;
                        }

                        reading = tape.ReadAsync(one);
                        sum += Sum(other.Span[..inOther]);
                        inOne = await reading;
                    }

                    return sum;
                }

                private static long Sum(ReadOnlySpan<byte> bytes)
                {
                    long sum = 0;
                    foreach (byte b in bytes)
                    {
                        sum += b;
                    }

                    return sum;
                }
            }
            """,
    };
}
