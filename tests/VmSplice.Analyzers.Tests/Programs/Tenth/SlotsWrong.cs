namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Records and batches that are used after their writer or reader moved on.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Drift"] = """
            namespace Laboratory.Clocks;

            [Spliceable]
            public partial struct Edge
            {
                public long Nanoseconds;
                public int Channel;
                public int Count;
            }

            public static class Drift
            {
                /// <summary>Parts per billion that the clock under test is off, from its first edge to its last.</summary>
                public static double Measure(RecordReader<Edge> edges, double frequency)
                {
                    ReadOnlySpan<Edge> head = edges.ReadBatch();
                    if (head.IsEmpty)
                    {
                        return double.NaN;
                    }

                    ref readonly Edge first = ref head[0];
                    long last = head[^1].Nanoseconds;
                    long count = head.Length;
                    while (edges.ReadBatch() is { IsEmpty: false } batch)
                    {
                        last = batch[^1].Nanoseconds;
                        foreach (ref readonly Edge edge in batch)
                        {
                            count += edge.Count;
                        }
                    }

                    long elapsed = last - first.Nanoseconds; //~VMS2003
                    return (((count / frequency) / (elapsed * 1e-9)) - 1) * 1e9;
                }
            }
            """,
        ["FirFilter"] = """
            namespace Signal.Filters;

            [Spliceable]
            public partial struct Sample
            {
                public long Index;
                public double Value;
            }

            /// <summary>A moving difference over the seam of two batches.</summary>
            public sealed class FirFilter(double[] taps)
            {
                public List<double> Seams(RecordReader<Sample> samples)
                {
                    List<double> seams = [];
                    ReadOnlySpan<Sample> history = default;
                    while (samples.ReadBatch() is { IsEmpty: false } batch)
                    {
                        double sum = 0;
                        for (int tap = 0; tap < taps.Length; tap++)
                        {
                            int at = history.Length - 1 - tap;
                            if (at >= 0)
                            {
                                sum += taps[tap] * history[at].Value; //~VMS2003
                            }
                        }

                        seams.Add(sum + batch[0].Value);
                        history = batch;
                    }

                    return seams;
                }
            }
            """,
        ["JumpPatch"] = """
            namespace Compiler.Backend;

            public enum Opcode { Push, Compare, JumpIfNot, Call }

            [Spliceable]
            public partial struct Instruction
            {
                public Opcode Opcode;
                public int Operand;
            }

            /// <summary>Streams byte code to the process that runs it.</summary>
            public sealed class Emitter(RecordWriter<Instruction> code)
            {
                private int _at;

                public void Guard(int slot, int limit, int handler)
                {
                    Emit(Opcode.Push, slot);
                    Emit(Opcode.Push, limit);
                    Emit(Opcode.Compare, 0);

                    ref Instruction jump = ref code.Next();
                    jump.Opcode = Opcode.JumpIfNot;
                    _at++;

                    Emit(Opcode.Push, slot);
                    Emit(Opcode.Call, handler);
                    jump.Operand = _at; //~VMS2003
                }

                public void End()
                {
                    code.Complete();
                }

                private void Emit(Opcode opcode, int operand)
                {
                    ref Instruction next = ref code.Next();
                    next.Opcode = opcode;
                    next.Operand = operand;
                    _at++;
                }
            }
            """,
        ["ModuleRuns"] = """
            namespace Logs.Runs;

            [Spliceable]
            public partial struct LogLine
            {
                public long Time;
                public SpliceText Module;
                public SpliceText Message;
            }

            public static class ModuleRuns
            {
                /// <summary>How often the module changes where one batch ends and the next one begins.</summary>
                public static int Count(RecordReader<LogLine> lines)
                {
                    int changes = 0;
                    ReadOnlySpan<LogLine> batch = lines.ReadBatch();
                    while (!batch.IsEmpty)
                    {
                        ReadOnlySpan<byte> module = lines.GetText(batch[^1].Module);
                        ReadOnlySpan<LogLine> next = lines.ReadBatch();
                        if (next.IsEmpty)
                        {
                            break;
                        }

                        if (!module.SequenceEqual(lines.GetText(next[0].Module))) //~VMS2003
                        {
                            changes++;
                        }

                        batch = next;
                    }

                    return changes;
                }
            }
            """,
        ["PolylineEnd"] = """
            namespace Graphics.Vectors;

            [Spliceable]
            public partial struct Vertex
            {
                public float X;
                public float Y;
                public int Flags;
            }

            public static class PolylineEnd
            {
                private const int Move = 1;
                private const int Close = 2;

                public static void Write(RecordWriter<Vertex> plot, ReadOnlySpan<(float X, float Y)> points, int perSpan)
                {
                    while (!points.IsEmpty)
                    {
                        Span<Vertex> slots = plot.GetSpan(perSpan);
                        int count = Math.Min(points.Length, perSpan);
                        for (int i = 0; i < count; i++)
                        {
                            (slots[i].X, slots[i].Y) = points[i];
                            slots[i].Flags = i == 0 ? Move : 0;
                        }

                        plot.Advance(count);
                        points = points[count..];
                        if (points.IsEmpty)
                        {
                            slots[count - 1].Flags |= Close; //~VMS2003
                        }
                    }

                    plot.Complete();
                }
            }
            """,
    };
}
