namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Records that are written in time.</summary>
internal sealed class MoreSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ScopeNotes"] = """
            using System.Diagnostics;

            namespace Profiler.Traces;

            [Spliceable]
            public partial struct NamedScope
            {
                public long Began;
                public long Took;
                public SpliceText Name;
                public SpliceList<long> Laps;
            }

            public sealed class ScopeNotes(RecordWriter<NamedScope> scopes)
            {
                public void Measure(string name, IReadOnlyList<Action> laps)
                {
                    long[] times = new long[laps.Count];
                    long began = Stopwatch.GetTimestamp();
                    for (int i = 0; i < laps.Count; i++)
                    {
                        laps[i]();
                        times[i] = Stopwatch.GetTimestamp() - began;
                    }

                    ref NamedScope scope = ref Enter(began);
                    scope.Name = scopes.AddText(name);
                    scope.Laps = scopes.AddList(times);
                    scope.Took = Stopwatch.GetTimestamp() - scope.Began;
                    scopes.Flush();
                }

                private ref NamedScope Enter(long began)
                {
                    ref NamedScope scope = ref scopes.Next();
                    scope.Began = began;
                    return ref scope;
                }
            }
            """,
        ["SlotCursor"] = """
            namespace Scientific.Particles;

            [Spliceable]
            public partial struct Particle
            {
                public float X;
                public float Y;
                public float Z;
                public float Mass;
            }

            /// <summary>A cursor over slots; it knows where it stands, and is thrown away before they are handed on.</summary>
            public ref struct SlotCursor(Span<Particle> slots)
            {
                private readonly Span<Particle> _slots = slots;

                public int Count { get; private set; }

                public readonly bool IsFull => Count == _slots.Length;

                public ref Particle Add() => ref _slots[Count++];
            }

            public static class Lattice
            {
                public static async Task SendAsync(RecordWriter<Particle> particles, int side, float distance, CancellationToken cancellation)
                {
                    int next = 0;
                    while (next < side * side * side)
                    {
                        if (particles.FreeSlots == 0)
                        {
                            await particles.FlushAsync(cancellation);
                        }

                        next = Fill(particles, next, side, distance);
                    }

                    await particles.CompleteAsync(cancellation);
                }

                private static int Fill(RecordWriter<Particle> particles, int next, int side, float distance)
                {
                    SlotCursor cursor = new(particles.GetSpan(1));
                    for (; !cursor.IsFull && next < side * side * side; next++)
                    {
                        ref Particle particle = ref cursor.Add();
                        particle.X = next % side * distance;
                        particle.Y = next / side % side * distance;
                        particle.Z = next / side / side * distance;
                        particle.Mass = 1;
                    }

                    int count = cursor.Count;
                    particles.Advance(count);
                    return next;
                }
            }
            """,
    };
}
