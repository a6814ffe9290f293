namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Records that are written in time.</summary>
internal sealed class SlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BranchFixup"] = """
            namespace Compiler.Backend;

            public enum Operation { Push, Compare, JumpIfNot, Call }

            [Spliceable]
            public partial struct Code
            {
                public Operation Operation;
                public int Operand;
            }

            /// <summary>A jump is patched while its slot still belongs to us: several slots are filled before they are handed on.</summary>
            public sealed class BranchFixup(RecordWriter<Code> code)
            {
                private const int Most = 8;
                private int _at;

                public void Guard(int slot, int limit, ReadOnlySpan<int> handlers)
                {
                    Span<Code> slots = code.GetSpan(4 + Most);
                    int count = 0;
                    Put(slots, ref count, Operation.Push, slot);
                    Put(slots, ref count, Operation.Push, limit);
                    Put(slots, ref count, Operation.Compare, 0);
                    ref Code jump = ref slots[count++];
                    jump.Operation = Operation.JumpIfNot;
                    foreach (int handler in handlers[..Math.Min(handlers.Length, Most)])
                    {
                        Put(slots, ref count, Operation.Call, handler);
                    }

                    jump.Operand = _at + count;
                    code.Advance(count);
                    _at += count;
                }

                private static void Put(Span<Code> slots, ref int count, Operation operation, int operand)
                {
                    ref Code next = ref slots[count++];
                    next.Operation = operation;
                    next.Operand = operand;
                }
            }
            """,
        ["MeshFaces"] = """
            namespace Geometry.Mesh;

            [Spliceable]
            public partial struct Face
            {
                public int A;
                public int B;
                public int C;
                public int Material;
            }

            /// <summary>A slot is chosen by reference; a face that is degenerate is kept in a copy and written as a whole.</summary>
            public static class MeshFaces
            {
                public static int Split(
                    RecordWriter<Face> front, RecordWriter<Face> back, RecordWriter<Face> odd, Func<int, int, int, float> area, ReadOnlySpan<int> indices)
                {
                    int degenerate = 0;
                    for (int i = 0; i + 2 < indices.Length; i += 3)
                    {
                        (int a, int b, int c) = (indices[i], indices[i + 1], indices[i + 2]);
                        float size = area(a, b, c);
                        if (size == 0)
                        {
                            Face copy = default;
                            (copy.A, copy.B, copy.C) = (a, b, c);
                            copy.Material = -1;
                            odd.Write(copy);
                            copy.Material = ++degenerate;
                            continue;
                        }

                        ref Face face = ref size > 0 ? ref front.Next() : ref back.Next();
                        face.A = a;
                        face.B = b;
                        face.C = c;
                        Face seen = face;
                        degenerate += seen.A == seen.B ? 1 : 0;
                    }

                    return degenerate;
                }
            }
            """,
        ["PacketCapture"] = """
            namespace Network.Tap;

            [Spliceable]
            public partial struct Packet
            {
                public long Time;
                public int Length;
                public int Protocol;
            }

            /// <summary>A capture that ends well is completed; one that is given up is disposed, and its reader is told so.</summary>
            public sealed class PacketCapture : IDisposable
            {
                private readonly RecordWriter<Packet> _packets;
                private readonly byte[] _frame = new byte[65536];

                public PacketCapture(string fifo)
                {
                    SpliceWriter pipe = SpliceWriter.OpenFifo(fifo);
                    _packets = Packet.CreateWriter(pipe);
                }

                public bool Run(Stream device, long packets)
                {
                    for (long n = 0; n < packets; n++)
                    {
                        int length = device.Read(_frame);
                        if (length < 14)
                        {
                            return false;
                        }

                        ref Packet packet = ref _packets.Next();
                        packet.Time = n;
                        packet.Length = length;
                        packet.Protocol = (_frame[12] << 8) | _frame[13];
                    }

                    Finish();
                    return true;
                }

                public void Dispose()
                {
                    _packets.Dispose();
                }

                private void Finish() => _packets.Complete();
            }
            """,
        ["PlotPoints"] = """
            namespace Tools.Plot;

            [Spliceable]
            public partial struct Point
            {
                public double X;
                public double Y;
            }

            /// <summary>gnuplot wants nothing but the numbers: no frame, hence no end mark; each curve is flushed.</summary>
            public static class PlotPoints
            {
                public static void Send(SpliceWriter gnuplot, IReadOnlyList<Func<double, double>> curves, double from, double to, int steps)
                {
                    using RecordWriter<Point> points = Point.CreateWriter(gnuplot, new() { Framed = false });
                    for (int curve = 0; curve < curves.Count; curve++)
                    {
                        for (int step = 0; step <= steps; step++)
                        {
                            double x = from + ((to - from) * step / steps);
                            ref Point point = ref points.Next();
                            point.X = x;
                            point.Y = curves[curve](x);
                        }

                        points.Next() = new Point { X = double.NaN, Y = double.NaN };
                        points.Flush();
                    }
                }
            }
            """,
        ["PolylineClosed"] = """
            namespace Graphics.Vectors;

            [Spliceable]
            public partial struct PathPoint
            {
                public float X;
                public float Y;
                public int Flags;
            }

            public static class PolylineClosed
            {
                private const int Move = 1;
                private const int Close = 2;

                public static void Write(RecordWriter<PathPoint> plot, ReadOnlySpan<(float X, float Y)> points)
                {
                    while (!points.IsEmpty)
                    {
                        Span<PathPoint> slots = plot.GetSpan(1);
                        slots = slots[..Math.Min(points.Length, slots.Length)];
                        for (int i = 0; i < slots.Length; i++)
                        {
                            ref PathPoint point = ref slots[i];
                            (point.X, point.Y) = points[i];
                            point.Flags = i == 0 ? Move : 0;
                        }

                        points = points[slots.Length..];
                        if (points.IsEmpty)
                        {
                            slots[^1].Flags |= Close;
                        }

                        plot.Advance(slots.Length);
                    }

                    plot.Complete();
                }
            }
            """,
    };
}
