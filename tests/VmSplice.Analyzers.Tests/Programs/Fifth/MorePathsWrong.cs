namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Used on some path after it was given away.</summary>
internal sealed class MorePathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DownsamplerScratchRefilledWhileWritten"] = """
            [Spliceable]
            public partial struct Point { public long Time; public double Value; }

            public sealed class Downsampler(RecordWriter<Point> output)
            {
                private readonly Point[] _scratch = new Point[256];
                private int _used;

                public async ValueTask AddAsync(Point point, CancellationToken cancellation)
                {
                    _scratch[_used++] = point;
                    if (_used < _scratch.Length)
                    {
                        return;
                    }

                    ValueTask sending = output.WriteAsync(_scratch, cancellation);
                    _scratch[0] = new Point { Time = point.Time, Value = point.Value }; //~VMS2004
                    _used = 1;
                    await sending;
                }
            }
            """,
        ["EntryFlagAfterHelperFlushedWhenDue"] = """
            [Spliceable]
            public partial struct Entry { public long Time; public int Level; public int Flags; public SpliceText Message; }

            public sealed class LogShipper(RecordWriter<Entry> output, int every)
            {
                private int _pending;

                public void Log(int level, string message)
                {
                    ref Entry entry = ref output.Next();
                    entry.Time = DateTime.UtcNow.Ticks;
                    entry.Message = output.AddText(message);
                    entry.Level = level;
                    if (FlushWhenDue())
                    {
                        entry.Flags = 1; //~VMS2004
                    }
                }

                private bool FlushWhenDue()
                {
                    if (++_pending >= every)
                    {
                        output.Flush();
                        _pending = 0;
                    }

                    return _pending == 0;
                }
            }
            """,
        ["GroupHeaderPatchedAfterLoopOfSlots"] = """
            [Spliceable]
            public partial struct Cell { public int Row; public int Column; public double Value; }

            public sealed class PivotExporter(RecordWriter<Cell> cells)
            {
                public void Export(IEnumerable<IGrouping<int, double>> groups)
                {
                    foreach (IGrouping<int, double> group in groups)
                    {
                        ref Cell total = ref cells.Next();
                        total.Row = group.Key;
                        total.Column = -1;

                        double sum = 0;
                        int column = 0;
                        foreach (double value in group)
                        {
                            ref Cell cell = ref cells.Next();
                            cell.Row = group.Key;
                            cell.Column = column++;
                            cell.Value = value;
                            sum += value;
                        }

                        total.Value = sum; //~VMS2004
                    }
                }
            }
            """,
        ["HistogramTasksGatheredAfterTheStream"] = """
            [Spliceable]
            public partial struct Latency { public long Start; public long End; }

            public sealed class LatencyHistogram
            {
                private const int Buckets = 32;

                public async Task<int[]> BuildAsync(RecordReader<Latency> source, CancellationToken cancellation)
                {
                    List<Task<int[]>> parts = [];
                    await foreach (ReadOnlyMemory<Latency> batch in source.WithCancellation(cancellation))
                    {
                        parts.Add(Task.Run(() => Count(batch.Span), cancellation)); //~VMS2004
                    }

                    int[][] counted = await Task.WhenAll(parts);
                    return Enumerable.Range(0, Buckets).Select(bucket => counted.Sum(part => part[bucket])).ToArray();
                }

                private static int[] Count(ReadOnlySpan<Latency> batch)
                {
                    int[] counts = new int[Buckets];
                    foreach (ref readonly Latency one in batch)
                    {
                        counts[Math.Min(Buckets - 1, (int)Math.Log2(1 + one.End - one.Start))]++;
                    }

                    return counts;
                }
            }
            """,
        ["LargeSentThenChecksumOfAny"] = """
            public readonly record struct Written(int Count, int Checksum);

            public sealed class HybridWriter(SpliceWriter pipe)
            {
                private const int Threshold = 8 * 1024;

                public Written Write(Func<Memory<byte>, int> encode, int most)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(most);
                    int count = encode(buffer.Memory);
                    if (count >= Threshold)
                    {
                        pipe.Send(buffer, count);
                    }
                    else
                    {
                        pipe.Write(buffer.Span[..count]);
                    }

                    int checksum = 0;
                    foreach (byte one in buffer.Span[..count]) //~VMS2004
                    {
                        checksum = (checksum * 31) + one;
                    }

                    return new Written(count, checksum);
                }
            }
            """,
        ["StoreOverlapsNextRead"] = """
            [Spliceable]
            public partial struct Row { public long Account; public long Cents; }

            public sealed class LedgerLoader(RecordReader<Row> rows)
            {
                private readonly SemaphoreSlim _gate = new(1);
                private readonly Dictionary<long, long> _balances = [];

                public async Task LoadAsync(CancellationToken cancellation)
                {
                    // One batch is stored while the next one is read.
                    Task storing = Task.CompletedTask;
                    await foreach (ReadOnlyMemory<Row> batch in rows.WithCancellation(cancellation))
                    {
                        await storing;
                        storing = StoreAsync(batch, cancellation); //~VMS2004
                    }

                    await storing;
                }

                private async Task StoreAsync(ReadOnlyMemory<Row> batch, CancellationToken cancellation)
                {
                    await _gate.WaitAsync(cancellation);
                    try
                    {
                        foreach (Row row in batch.Span)
                        {
                            _balances[row.Account] = _balances.GetValueOrDefault(row.Account) + row.Cents;
                        }
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }
            }
            """,
    };
}
