namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Batches, and right.</summary>
internal sealed class MoreBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ParallelForInsideOneBatch"] = """
            namespace B126;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Rising
            {
                public static async Task<long> CountAsync(RecordReader<Tick> reader, CancellationToken stopping)
                {
                    long rising = 0;
                    ReadOnlyMemory<Tick> batch;
                    while (!(batch = await reader.ReadBatchAsync(stopping)).IsEmpty)
                    {
                        ReadOnlyMemory<Tick> mine = batch;
                        Parallel.For(1, mine.Length, i =>
                        {
                            ReadOnlySpan<Tick> ticks = mine.Span;
                            if (ticks[i].Price > ticks[i - 1].Price)
                            {
                                Interlocked.Increment(ref rising);
                            }
                        });
                    }

                    return rising;
                }
            }
            """,
        ["TextBytesCopiedToOwnScratch"] = """
            [Spliceable]
            public partial struct Event { public long Time; public SpliceText Source; }

            public sealed class Dedupe
            {
                private byte[] _last = new byte[256];
                private int _length;

                public long Repeats { get; private set; }

                public void Run(SpliceReader pipe)
                {
                    using RecordReader<Event> events = Event.CreateReader(pipe);
                    foreach (ref readonly Event one in events)
                    {
                        ReadOnlySpan<byte> source = events.GetText(one.Source);
                        if (source.SequenceEqual(_last.AsSpan(0, _length)))
                        {
                            Repeats++;
                        }

                        if (source.Length > _last.Length)
                        {
                            Array.Resize(ref _last, source.Length * 2);
                        }

                        source.CopyTo(_last);
                        _length = source.Length;
                    }
                }
            }
            """,
    };
}
