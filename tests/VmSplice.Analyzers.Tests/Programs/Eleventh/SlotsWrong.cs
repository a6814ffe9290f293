namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Records and batches that are used after their writer or reader moved on.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BookFeed"] = """
            namespace Exchange.Book;

            [Spliceable]
            public partial struct Delta
            {
                public long Time;
                public double Price;
                public int Size;
                public int Kind;
            }

            public sealed class BookFeed(RecordWriter<Delta> deltas)
            {
                private const int SnapshotKind = 1;

                public void Snapshot(long time, ReadOnlySpan<Delta> levels)
                {
                    ref Delta head = ref Begin(time, SnapshotKind);
                    deltas.Write(levels);
                    head.Size = levels.Length; //~VMS2003
                    deltas.Flush();
                }

                public void Trade(long time, double price, int size)
                {
                    ref Delta trade = ref Begin(time, 2);
                    trade.Price = price;
                    trade.Size = size;
                }

                private ref Delta Begin(long time, int kind)
                {
                    ref Delta delta = ref deltas.Next();
                    delta.Time = time;
                    delta.Kind = kind;
                    return ref delta;
                }
            }
            """,
        ["Gap"] = """
            namespace Exchange.History;

            [Spliceable]
            public partial struct Bar
            {
                public long Time;
                public double Open;
                public double Close;
            }

            public static class Gaps
            {
                /// <summary>The first price of the second day against the last of the first.</summary>
                public static double Overnight(RecordReader<Bar> bars)
                {
                    ReadOnlySpan<Bar> day = bars.ReadBatch();
                    if (day.IsEmpty)
                    {
                        return 0;
                    }

                    ref readonly Bar last = ref day[^1];
                    ReadOnlySpan<Bar> next = bars.ReadBatch();
                    if (next.IsEmpty)
                    {
                        return 0;
                    }

                    double close = last.Close; //~VMS2003
                    return (next[0].Open - close) / close;
                }
            }
            """,
        ["FirstFlag"] = """
            namespace Lab.Telemetry;

            [Flags]
            public enum Mark { None = 0, First = 1, Last = 2 }

            [Spliceable]
            public partial struct Sample
            {
                public long Time;
                public float Value;
                public Mark Mark;
            }

            public sealed class BurstWriter(RecordWriter<Sample> writer)
            {
                public int Bursts { get; private set; }

                public void Write(long start, ReadOnlySpan<float> values)
                {
                    if (values.IsEmpty)
                    {
                        return;
                    }

                    Span<Sample> slots = writer.GetSpan(values.Length);
                    for (int i = 0; i < values.Length; i++)
                    {
                        slots[i].Time = start + i;
                        slots[i].Value = values[i];
                    }

                    slots[values.Length - 1].Mark = Mark.Last;
                    writer.Advance(values.Length);
                    slots[0].Mark |= Mark.First; //~VMS2003
                    Bursts++;
                }
            }
            """,
    };
}
