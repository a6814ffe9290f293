namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Records and batches that are used after their writer or reader moved on.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TextOfLastBatch"] = """
            namespace Logs.Compaction;

            [Spliceable]
            public partial struct LogLine { public long Time; public int Level; public int Thread; public SpliceText Message; }

            public static class Deduplicator
            {
                // Does the stream begin with the same message in two batches? Then the sender was restarted.
                public static bool WasRestarted(SpliceReader pipe)
                {
                    using RecordReader<LogLine> lines = LogLine.CreateReader(pipe);
                    ReadOnlySpan<LogLine> batch = lines.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return false;
                    }

                    ReadOnlySpan<byte> greeting = lines.GetText(batch[0].Message);
                    ReadOnlySpan<LogLine> following = lines.ReadBatch();
                    if (following.IsEmpty)
                    {
                        return false;
                    }

                    return lines.GetText(following[0].Message).SequenceEqual(greeting); //~VMS2003
                }
            }
            """,
        ["MarkLastSlot"] = """
            namespace Sensors.Blocks;

            [Spliceable]
            public partial struct Sample { public long Time; public float Value; public int Flags; }

            public sealed class SampleSender(RecordWriter<Sample> writer)
            {
                public const int EndOfBlock = 1;

                public void SendBlock(long start, ReadOnlySpan<float> values)
                {
                    while (!values.IsEmpty)
                    {
                        Span<Sample> slots = writer.GetSpan(1);
                        int count = Math.Min(slots.Length, values.Length);
                        for (int i = 0; i < count; i++)
                        {
                            slots[i].Time = start++;
                            slots[i].Value = values[i];
                        }

                        writer.Advance(count);
                        values = values[count..];
                        if (values.IsEmpty)
                        {
                            slots[count - 1].Flags |= EndOfBlock; //~VMS2003
                        }
                    }
                }
            }
            """,
        ["BatchOutOfUsing"] = """
            namespace Config.Snapshot;

            [Spliceable]
            public partial struct Setting { public long Key; public double Value; }

            public static class SnapshotLoader
            {
                public static bool TryFind(ReadOnlySpan<Setting> settings, long key, out double value)
                {
                    foreach (ref readonly Setting setting in settings)
                    {
                        if (setting.Key == key)
                        {
                            value = setting.Value;
                            return true;
                        }
                    }

                    value = 0;
                    return false;
                }

                // A snapshot is small: it always is one batch.
                public static ReadOnlySpan<Setting> Load(string fifo)
                {
                    using RecordReader<Setting> settings = Setting.CreateReader(SpliceReader.OpenFifo(fifo));
                    ReadOnlySpan<Setting> all = settings.ReadBatch();
                    return all; //~VMS2003
                }
            }
            """,
        ["GapBetweenBatches"] = """
            namespace Market.Quality;

            [Spliceable]
            public partial struct Trade { public long Sequence; public double Price; }

            public sealed class GapDetector
            {
                public long Missing { get; private set; }

                public void Run(SpliceReader pipe)
                {
                    using RecordReader<Trade> trades = Trade.CreateReader(pipe);
                    ReadOnlySpan<Trade> previous = default;
                    bool hasPrevious = false;
                    while (trades.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (hasPrevious)
                        {
                            Missing += batch[0].Sequence - previous[^1].Sequence - 1; //~VMS2003
                        }

                        for (int i = 1; i < batch.Length; i++)
                        {
                            Missing += batch[i].Sequence - batch[i - 1].Sequence - 1;
                        }

                        previous = batch;
                        hasPrevious = true;
                    }
                }
            }
            """,
    };
}
