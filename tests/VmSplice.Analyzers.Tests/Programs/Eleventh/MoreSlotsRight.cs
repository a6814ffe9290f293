namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Records that are written in time.</summary>
internal sealed class MoreSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Particles"] = """
            namespace Physics;

            [Spliceable]
            public partial struct Particle
            {
                public float X;
                public float Y;
                public float Mass;
                public int Id;
            }

            public sealed class Exporter(RecordWriter<Particle> particles)
            {
                public void Export(ReadOnlySpan<(float X, float Y)> positions, float mass)
                {
                    for (int i = 0; i < positions.Length; i++)
                    {
                        ref Particle particle = ref particles.Next();
                        Fill(ref particle, positions[i], mass);
                        particle.Id = i;
                    }

                    particles.Flush();
                }

                public void ExportCopies(Particle model, int count)
                {
                    for (int i = 0; i < count; i++)
                    {
                        Particle copy = model with { Id = i };
                        Fill(ref copy, (copy.X + i, copy.Y), copy.Mass);
                        particles.Write(copy);
                    }
                }

                private static void Fill(ref Particle particle, (float X, float Y) position, float mass)
                {
                    particle.X = position.X;
                    particle.Y = position.Y;
                    particle.Mass = mass;
                }
            }
            """,
        ["Levels"] = """
            namespace Exchange.Depth;

            public enum Side { Bid = 0, Ask = 1 }

            [Spliceable]
            public partial struct Level
            {
                public double Price;
                public int Size;
                public Side Side;
            }

            public static class DepthWriter
            {
                public static void WriteTop(RecordWriter<Level> levels, (double Price, int Size) bid, (double Price, int Size) ask)
                {
                    (Level b, Level a) = (default(Level), new Level { Side = Side.Ask });
                    b.Price = bid.Price;
                    b.Size = bid.Size;
                    a.Price = ask.Price;
                    a.Size = ask.Size;
                    levels.Write(b);
                    levels.Next() = a;                  // a slot can be assigned as a whole
                }

                public static double WriteBoth(RecordWriter<Level> bids, RecordWriter<Level> asks, bool isBid, double price)
                {
                    ref Level level = ref isBid ? ref bids.Next() : ref asks.Next();
                    level.Price = price;
                    level.Side = isBid ? Side.Bid : Side.Ask;
                    Level written = level;              // a copy that is only read
                    return written.Price * 1.01;
                }
            }
            """,
        ["Entity"] = """
            using System.Numerics;

            namespace Game.Net;

            [Spliceable]
            public partial struct Point3
            {
                public float X;
                public float Y;
                public float Z;

                public static implicit operator Point3(Vector3 from) => new() { X = from.X, Y = from.Y, Z = from.Z };
                public readonly Vector3 ToVector() => new(X, Y, Z);
            }

            [Spliceable]
            public partial struct EntityState
            {
                public int Id;
                public Point3 Position;
            }

            public static class Snapshots
            {
                public static void Send(SpliceWriter pipe, IReadOnlyDictionary<int, Vector3> world)
                {
                    using RecordWriter<EntityState> states = EntityState.CreateWriter(pipe);
                    foreach ((int id, Vector3 position) in world.OrderBy(static entity => entity.Key))
                    {
                        ref EntityState state = ref states.Next();
                        state.Id = id;
                        ref Point3 place = ref state.Position;
                        place = position;
                        place.Y = Math.Max(place.Y, 0);
                    }

                    states.Complete();
                }
            }
            """,
        ["Heartbeat"] = """
            namespace Agent.Health;

            [Spliceable]
            public partial struct Beat
            {
                public long Time;
                public long WorkingSet;
            }

            public static class Heartbeat
            {
                public static async Task RunAsync(SpliceWriter pipe, TimeSpan period, CancellationToken stop)
                {
                    using RecordWriter<Beat> beats = Beat.CreateWriter(pipe);
                    using PeriodicTimer timer = new(period);
                    ValueTask flushing = ValueTask.CompletedTask;
                    while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
                    {
                        await flushing;
                        if (beats.FreeSlots == 0)
                        {
                            await beats.FlushAsync(stop);
                        }

                        Fill(ref beats.Next());
                        flushing = beats.FlushAsync(stop);
                    }

                    await flushing;
                    await beats.CompleteAsync(CancellationToken.None);
                }

                private static void Fill(ref Beat beat)
                {
                    beat.Time = Environment.TickCount64;
                    beat.WorkingSet = Environment.WorkingSet;
                }
            }
            """,
    };
}
