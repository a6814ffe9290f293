namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Records that are written in time.</summary>
internal sealed class SlotsRight : IPrograms
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
                private const int EndKind = 3;

                public void Snapshot(long time, ReadOnlySpan<Delta> levels)
                {
                    ref Delta record = ref Begin(time, SnapshotKind);
                    record.Size = levels.Length;
                    deltas.Write(levels);
                    record = ref Begin(time, EndKind);      // another slot
                    record.Size = levels.Length + 2;
                    deltas.Flush();
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
                public void Write(long start, ReadOnlySpan<float> values)
                {
                    if (values.IsEmpty)
                    {
                        return;
                    }

                    Span<Sample> slots = writer.GetSpan(values.Length)[..values.Length];
                    for (int i = 0; i < values.Length; i++)
                    {
                        ref Sample slot = ref slots[i];
                        slot.Time = start + i;
                        slot.Value = values[i];
                    }

                    slots[0].Mark |= Mark.First;
                    slots[^1].Mark |= Mark.Last;
                    int count = slots.Length;
                    writer.Advance(count);
                }
            }
            """,
        ["AuditTrail"] = """
            namespace Bank;

            [Spliceable]
            public partial struct AuditEvent
            {
                public long Time;
                public long Account;
                public SpliceText Action;
            }

            public static class AuditTrail
            {
                public static RecordWriter<AuditEvent> Open(string fifo, long since)
                {
                    RecordWriter<AuditEvent> trail = AuditEvent.CreateWriter(SpliceWriter.OpenFifo(fifo));
                    ref AuditEvent first = ref trail.Next();
                    first.Time = since;
                    first.Action = trail.AddText($"replay since {since}");
                    return trail;
                }

                public static int Replay(string fifo, string path)
                {
                    using RecordWriter<AuditEvent> trail = Open(fifo, 0);
                    int count = 0;
                    foreach (string line in File.ReadLines(path))
                    {
                        if (line.Split(';') is not [var time, var account, var action])
                        {
                            continue;
                        }

                        ref AuditEvent e = ref trail.Next();
                        e.Time = long.Parse(time);
                        e.Action = trail.AddText(action);
                        e.Account = long.Parse(account);
                        count++;
                    }

                    trail.Complete();
                    return count;
                }
            }
            """,
        ["Readings"] = """
            namespace Weather;

            [Spliceable]
            public partial struct Reading
            {
                public long Time;
                public double Celsius;
            }

            public static class Station
            {
                public static async Task<long> SendAsync(SpliceWriter pipe, IAsyncEnumerable<Reading[]> readings, CancellationToken stop)
                {
                    await using RecordWriter<Reading> writer = Reading.CreateWriter(pipe);
                    try
                    {
                        await foreach (Reading[] some in readings.WithCancellation(stop))
                        {
                            await writer.WriteAsync(some, stop);
                        }
                    }
                    catch (OperationCanceledException) when (stop.IsCancellationRequested)
                    {
                        return -1;              // the stream is abandoned, and its reader is told so
                    }

                    await writer.CompleteAsync(CancellationToken.None);
                    return writer.RecordsWritten;
                }
            }
            """,
        ["FlightRecorder"] = """
            namespace Drone;

            [Spliceable]
            public partial struct Fix
            {
                public long Time;
                public double Latitude;
                public double Longitude;
                public float Altitude;
                public float Speed;
            }

            public sealed class FlightRecorder : IDisposable
            {
                private readonly RecordWriter<Fix> _fixes;

                public FlightRecorder(string fifo)
                {
                    _fixes = Fix.CreateWriter(SpliceWriter.OpenFifo(fifo));
                }

                public void Add(long time, (double Latitude, double Longitude) position, float altitude)
                {
                    ref Fix fix = ref _fixes.Next();
                    fix.Time = time;
                    (fix.Latitude, fix.Longitude) = position;
                    fix.Altitude = altitude;
                }

                /// <summary>After the landing. Who disposes without it gives the flight up.</summary>
                public long Land()
                {
                    _fixes.Complete();
                    return _fixes.RecordsWritten;
                }

                public void Dispose() => _fixes.Dispose();
            }
            """,
    };
}
