namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Batches of readers, and right.</summary>
internal sealed class OtherBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LatencyFromCopiedNumber"] = """
            [Spliceable]
            public partial struct Probe { public long Ticks; public long Payload; }

            public sealed class LatencyHarness : IDisposable
            {
                private readonly RecordReader<Probe> _probes;

                public LatencyHarness(SpliceReader pipe) => _probes = Probe.CreateReader(pipe);

                public async Task<TimeSpan> MeasureAsync(CancellationToken ct = default)
                {
                    ReadOnlyMemory<Probe> batch = await _probes.ReadBatchAsync(ct).ConfigureAwait(false);
                    if (batch.IsEmpty)
                    {
                        return TimeSpan.Zero;
                    }

                    long start = batch.Span[0].Ticks;
                    batch = await _probes.ReadBatchAsync(ct).ConfigureAwait(false);
                    return batch.IsEmpty ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start, batch.Span[^1].Ticks);
                }

                public void Dispose() => _probes.Dispose();
            }
            """,
        ["MergeOfTwoReaders"] = """
            [Spliceable]
            public partial struct Trade { public long Time; public long Price; }

            public static class Merger
            {
                public static void Merge(RecordReader<Trade> a, RecordReader<Trade> b, RecordWriter<Trade> target)
                {
                    ReadOnlySpan<Trade> left = a.ReadBatch();
                    ReadOnlySpan<Trade> right = b.ReadBatch();
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        if (left[0].Time <= right[0].Time)
                        {
                            target.Write(left[0]);
                            left = left.Length > 1 ? left[1..] : a.ReadBatch();
                        }
                        else
                        {
                            target.Write(right[0]);
                            right = right.Length > 1 ? right[1..] : b.ReadBatch();
                        }
                    }

                    for (; !left.IsEmpty; left = a.ReadBatch())
                    {
                        target.Write(left);
                    }

                    for (; !right.IsEmpty; right = b.ReadBatch())
                    {
                        target.Write(right);
                    }
                }
            }
            """,
        ["OperatorWithAggregateOfBatches"] = """
            [Spliceable]
            public partial struct Fill { public long Order; public long Price; public long Quantity; }

            public sealed class FillReport
            {
                public async Task<long> VolumeAsync(RecordReader<Fill> fills, CancellationToken ct)
                {
                    long volume = 0;
                    await foreach (ReadOnlyMemory<Fill> batch in fills.WithCancellation(ct))
                    {
                        volume += Sum(batch.Span);
                    }

                    return volume;

                    static long Sum(ReadOnlySpan<Fill> batch)
                    {
                        long sum = 0;
                        foreach (ref readonly Fill fill in batch)
                        {
                            sum += fill.Quantity;
                        }

                        return sum;
                    }
                }
            }
            """,
        ["RecordsByShardInLists"] = """
            [Spliceable]
            public partial struct Row { public int Shard; public int Flags; public long Key; }

            public sealed class ShardMap
            {
                private readonly Dictionary<int, List<Row>> _shards = [];

                public async Task LoadAsync(RecordReader<Row> reader)
                {
                    await foreach (ReadOnlyMemory<Row> batch in reader)
                    {
                        foreach (IGrouping<int, Row> shard in batch.ToArray().GroupBy(row => row.Shard))
                        {
                            if (!_shards.TryGetValue(shard.Key, out List<Row>? rows))
                            {
                                _shards[shard.Key] = rows = [];
                            }

                            rows.AddRange(shard);
                        }
                    }
                }
            }
            """,
        ["SettingsCopiedInsideUsing"] = """
            [Spliceable]
            public partial struct Setting { public int Key; public int Scope; public long Value; }

            public static class SettingsLoader
            {
                public static Dictionary<int, long> Load(string fifo)
                {
                    Setting[] settings;
                    using (RecordReader<Setting> reader = Setting.CreateReader(SpliceReader.OpenFifo(fifo)))
                    {
                        settings = reader.ReadBatch().ToArray();
                    }

                    return settings.ToDictionary(setting => setting.Key, setting => setting.Value);
                }
            }
            """,
        ["TitleCopiedBeforeNextBatch"] = """
            using System.Text;

            [Spliceable]
            public partial struct JobLine { public long JobId; public SpliceText Text; }

            public sealed class JobLogViewer(RecordReader<JobLine> lines, TextWriter output)
            {
                private ReadOnlySpan<byte> NextText()
                {
                    ReadOnlySpan<JobLine> batch = lines.ReadBatch();
                    return batch.IsEmpty ? default : lines.GetText(batch[0].Text);
                }

                public void Show()
                {
                    string title = Encoding.UTF8.GetString(NextText());
                    ReadOnlySpan<byte> body = NextText();
                    output.Write(title);
                    output.Write(Encoding.UTF8.GetString(body));
                }
            }
            """,
    };
}
