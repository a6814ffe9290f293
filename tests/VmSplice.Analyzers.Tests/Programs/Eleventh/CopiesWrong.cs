namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Records that are copied where the place was meant.</summary>
internal sealed class CopiesWrong : IPrograms
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
                        Particle particle = particles.Next(); //~VMS2015
                        Fill(ref particle, positions[i], mass);
                        particle.Id = i;
                    }

                    particles.Flush();
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
                    var (b, a) = (levels.Next(), levels.Next()); //~VMS2015 VMS2015
                    b.Price = bid.Price;
                    b.Size = bid.Size;
                    a.Side = Side.Ask;
                    a.Price = ask.Price;
                    a.Size = ask.Size;
                }
            }
            """,
    };
}
