namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers, and right.</summary>
internal sealed class OtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SentFlag"] = """
            // Log shipping: urgent blocks leave at once, others are filled up by a trailer first.
            public sealed class Shipper(SpliceWriter pipe)
            {
                private const int BlockLength = 8192;

                public void Ship(ReadOnlySpan<byte> lines, bool urgent)
                {
                    using PageBuffer<byte> block = pipe.Rent<byte>(BlockLength);
                    int length = Math.Min(lines.Length, BlockLength);
                    lines[..length].CopyTo(block.Span);
                    bool sent = false;
                    if (urgent)
                    {
                        pipe.Send(block, length);
                        sent = true;
                    }

                    if (!sent)
                    {
                        block.Span[length..].Fill((byte)' ');
                        pipe.Send(block);
                    }
                }
            }
            """,
        ["ThrowsOrConsumes"] = """
            // Payments: a batch is taken over, or the call throws.
            public sealed class Settlement(SpliceWriter bank)
            {
                private long _settled;

                public long Settle([Consumes] PageBuffer<long> batch, int count)
                {
                    ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
                    long sum = 0;
                    foreach (long amount in batch.Span[..count])
                    {
                        sum += amount > 0 ? amount : throw new InvalidDataException($"{amount} is no payment");
                    }

                    if (sum > 1_000_000_000)
                    {
                        throw new InvalidOperationException("too much at once");
                    }

                    bank.Send(batch, count);
                    _settled += sum;
                    return _settled;
                }
            }
            """,
        ["UsingCoversContinue"] = """
            // ETL: each partition is read into a page; empty ones are skipped, and their pages go back.
            public interface IPartition
            {
                string Name { get; }

                int Fill(Span<long> rows);
            }

            public sealed class PartitionExporter(SpliceWriter pipe)
            {
                public IEnumerable<(string Name, int Rows)> Export(IEnumerable<IPartition> partitions)
                {
                    foreach (IPartition partition in partitions)
                    {
                        using PageBuffer<long> page = pipe.Rent<long>(8192);
                        int rows = partition.Fill(page.Span);
                        if (rows == 0)
                        {
                            continue;
                        }

                        pipe.Send(page, rows);
                        yield return (partition.Name, rows);
                    }
                }
            }
            """,
        ["ViewMovesOn"] = """
            // Seismology: a block is sent when it is full, and the view is taken anew of the next one.
            public sealed class BlockFiller(SpliceWriter output) : IDisposable
            {
                private const int BlockLength = 16 * 1024;
                private PageBuffer<float> _block = output.Rent<float>(BlockLength);
                private int _used;

                public void Add(ReadOnlySpan<float> samples)
                {
                    Span<float> free = _block.Span[_used..];
                    while (samples.Length >= free.Length)
                    {
                        samples[..free.Length].CopyTo(free);
                        samples = samples[free.Length..];
                        output.Send(_block);
                        _block = output.Rent<float>(BlockLength);
                        free = _block.Span;
                        _used = 0;
                    }

                    samples.CopyTo(free);
                    _used += samples.Length;
                }

                public void Dispose()
                {
                    _block.Dispose();
                    _block = default;
                }
            }
            """,
    };
}
