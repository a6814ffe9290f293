namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Records that are written, and right.</summary>
internal sealed class SlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CompletedByHelper"] = """
            // Web analytics: the end of the day is written by a helper, which completes the stream.
            [Spliceable]
            public partial struct Hit { public long Time; public int Status; public int Bytes; }

            public static class DayLog
            {
                public static long Write(SpliceWriter pipe, IEnumerable<(int Status, int Bytes)> hits, TimeProvider clock)
                {
                    using RecordWriter<Hit> output = Hit.CreateWriter(pipe);
                    foreach ((int status, int bytes) in hits)
                    {
                        ref Hit hit = ref output.Next();
                        (hit.Time, hit.Status, hit.Bytes) = (clock.GetTimestamp(), status, bytes);
                    }

                    End(output, clock);
                    return output.RecordsWritten;
                }

                private static void End(RecordWriter<Hit> output, TimeProvider clock)
                {
                    output.Next().Time = -clock.GetTimestamp();
                    output.Complete();
                }
            }
            """,
        ["CopyPutBack"] = """
            // Graphics: a vertex is copied out of its slot, changed, and put back.
            [Spliceable]
            public partial struct Vertex { public float X; public float Y; public float Z; public float W; }

            public delegate Vertex Transform(Vertex vertex);

            public static class VertexStream
            {
                public static int Emit(RecordWriter<Vertex> output, ReadOnlySpan<Vertex> mesh, Transform transform)
                {
                    int written = 0;
                    while (written < mesh.Length)
                    {
                        Span<Vertex> slots = output.GetSpan(1);
                        int count = Math.Min(slots.Length, mesh.Length - written);
                        mesh.Slice(written, count).CopyTo(slots);
                        for (int i = 0; i < count; i++)
                        {
                            Vertex vertex = slots[i];
                            vertex.W = 1;
                            slots[i] = transform(vertex);
                        }

                        output.Advance(count);
                        written += count;
                    }

                    return written;
                }
            }
            """,
        ["RecorderThatStops"] = """
            // Robotics: the recorder is stopped by its owner, which completes the stream; Dispose alone abandons it.
            [Spliceable]
            public partial struct Attitude { public long Time; public float Roll; public float Pitch; public float Yaw; public float Throttle; }

            public sealed class FlightRecorder : IAsyncDisposable
            {
                private readonly RecordWriter<Attitude> _attitudes;

                public FlightRecorder(string fifo) => _attitudes = Attitude.CreateWriter(SpliceWriter.OpenFifo(fifo));

                public void Record(long time, in (float Roll, float Pitch, float Yaw) angles, float throttle)
                {
                    ref Attitude attitude = ref _attitudes.Next();
                    (attitude.Time, attitude.Throttle) = (time, throttle);
                    (attitude.Roll, attitude.Pitch, attitude.Yaw) = angles;
                }

                public async Task StopAsync(CancellationToken cancellation) => await _attitudes.CompleteAsync(cancellation);

                public ValueTask DisposeAsync() => _attitudes.DisposeAsync();
            }
            """,
        ["SlotMovesOn"] = """
            // Simulation: the reference is moved to the next slot before each body is written.
            [Spliceable]
            public partial struct Body { public double X; public double Y; public double Mass; public long Step; }

            public sealed class OrbitLog(RecordWriter<Body> bodies)
            {
                public void Step(ReadOnlySpan<(double X, double Y, double Mass)> system, long step)
                {
                    if (system.IsEmpty)
                    {
                        return;
                    }

                    ref Body slot = ref bodies.Next();
                    for (int i = 0; ; )
                    {
                        (slot.X, slot.Y, slot.Mass) = system[i];
                        slot.Step = step;
                        if (++i == system.Length)
                        {
                            break;
                        }

                        slot = ref bodies.Next();
                    }

                    bodies.Flush();
                }
            }
            """,
        ["TextsThenFields"] = """
            // Audit: texts and lists of a record are added while its slot is being filled.
            [Spliceable]
            public partial struct AuditEntry { public long Time; public SpliceText User; public SpliceText Action; public SpliceList<long> Keys; }

            public sealed record Change(string User, string Action, long[] Keys);

            public sealed class AuditTrail(RecordWriter<AuditEntry> entries, TimeProvider clock)
            {
                public void Write(IEnumerable<Change> changes)
                {
                    foreach ((string user, string action, long[] keys) in changes)
                    {
                        ref AuditEntry entry = ref entries.Next();
                        entry.User = entries.AddText(user);
                        entry.Action = Describe(action, keys.Length);
                        entry.Keys = entries.AddList<long>(keys);
                        entry.Time = clock.GetTimestamp();
                    }

                    entries.Complete();

                    SpliceText Describe(string action, int keys) => entries.AddText($"{action} of {keys} keys");
                }
            }
            """,
        ["TwoWritersAtOnce"] = """
            // Exchange: a trade has a leg on each side; each lies in a stream of its own.
            [Spliceable]
            public partial struct Leg { public long Trade; public long Account; public double Price; }

            public sealed class Clearing(RecordWriter<Leg> buys, RecordWriter<Leg> sells)
            {
                public void Clear(long trade, long buyer, long seller, double price)
                {
                    ref Leg buy = ref buys.Next();
                    ref Leg sell = ref sells.Next();
                    buy.Trade = sell.Trade = trade;
                    buy.Account = buyer;
                    sell.Account = seller;
                    sells.Flush();
                    buy.Price = price;
                    buys.Flush();
                }
            }
            """,
        ["UnframedRecords"] = """
            // Audio: a foreign player wants nothing but samples; without framing a flush sends the last ones.
            [Spliceable]
            public partial struct Stereo { public short Left; public short Right; }

            public static class Player
            {
                public static void Play(Process player, IEnumerable<double> tune, double rate)
                {
                    using (SpliceWriter input = SpliceWriter.OpenChildInput(player))
                    using (RecordWriter<Stereo> samples = Stereo.CreateWriter(input, new() { Framed = false }))
                    {
                        foreach (double frequency in tune)
                        {
                            for (int i = 0; i < rate; i++)
                            {
                                short value = (short)(short.MaxValue * Math.Sin(2 * Math.PI * frequency * i / rate));
                                samples.Write(new Stereo { Left = value, Right = value });
                            }
                        }

                        samples.Flush();
                    }

                    player.WaitForExit();
                }
            }
            """,
        ["WholeValueWritten"] = """
            // Weather: a reading is put together in a variable and written as a whole; "with" makes the neighbour.
            [Spliceable]
            public partial record struct Reading { public long Time; public double Celsius; public int Station; public int Quality; }

            public static class Station
            {
                public static void Report(RecordWriter<Reading> readings, IEnumerable<(long Time, double Celsius)> values)
                {
                    Reading reading = default;
                    foreach ((long time, double celsius) in values)
                    {
                        reading.Time = time;
                        reading.Celsius = celsius;
                        readings.Write(reading);
                        if (celsius is < -60 or > 60)
                        {
                            readings.Write(reading with { Quality = 1 });
                        }
                    }

                    readings.Complete();
                }
            }
            """,
    };
}
