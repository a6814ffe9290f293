namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers, and right.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AsksTheBuffer"] = """
            // Exchange gateway: whether an order may go is decided by several checks; a refused one is reused for the reject.
            public sealed class OrderGate(SpliceWriter exchange, SpliceWriter client, IReadOnlyList<Func<long, bool>> checks)
            {
                public bool Pass(long order, PageBuffer<long> message)
                {
                    if (checks.All(check => check(order)))
                    {
                        exchange.Send(message);
                    }

                    if (message.State == PageBufferState.Owned)
                    {
                        message.Span[0] = -order;
                        client.Send(message);
                        return false;
                    }

                    return true;
                }
            }
            """,
        ["BorrowedThenSent"] = """
            // Image processing: stages borrow a page in turn, then it is sent.
            public interface IStage
            {
                double Inspect([Borrows] PageBuffer<byte> page);

                void Apply([Writes] PageBuffer<byte> page, double level);
            }

            public sealed class Chain(SpliceWriter output, IReadOnlyList<IStage> stages)
            {
                public double Run(ReadOnlySpan<byte> image)
                {
                    using PageBuffer<byte> page = output.Rent<byte>(image.Length);
                    image.CopyTo(page.Span);
                    double level = 0;
                    foreach (IStage stage in stages)
                    {
                        level = Math.Max(level, stage.Inspect(page));
                        stage.Apply(page, level);
                    }

                    page.Span[0] = (byte)Math.Clamp(level, 0, 255);
                    output.Send(page);
                    return level;
                }
            }
            """,
        ["CatchLooksAtSource"] = """
            // Log shipping: where the pipe fails, the source, not the block, goes to the spool.
            public sealed class SpoolingShipper(SpliceWriter pipe, Stream spool)
            {
                public long Spooled { get; private set; }

                public void Ship(ReadOnlySpan<byte> lines)
                {
                    using PageBuffer<byte> block = pipe.Rent<byte>(lines.Length);
                    Span<byte> target = block.Span;
                    lines.CopyTo(target);
                    target.Reverse();
                    try
                    {
                        pipe.Send(block);
                    }
                    catch (BrokenPipeException)
                    {
                        spool.Write(lines);
                        Spooled += block.Length;
                    }
                    finally
                    {
                        target = default;
                    }
                }
            }
            """,
        ["ClosureBeforeSend"] = """
            // Science: lattice cells are written through a local function and read through another, both before the page leaves.
            public sealed class Lattice(SpliceWriter output, int side)
            {
                public double Publish(Func<int, int, double> field)
                {
                    using PageBuffer<double> cells = output.Rent<double>(side * side);
                    for (int y = 0; y < side; y++)
                    {
                        for (int x = 0; x < side; x++)
                        {
                            Put(x, y, field(x, y));
                        }
                    }

                    double border = Row(0) + Row(side - 1);
                    output.Send(cells);
                    return border;

                    double Row(int y) => Enumerable.Range(0, side).Sum(x => cells[(y * side) + x]);

                    void Put(int x, int y, double value) => cells.Span[(y * side) + x] = value;
                }
            }
            """,
        ["EveryArmConsumes"] = """
            // Message routing: each message is taken over, and each way out ends it.
            public enum Topic { Orders, Trades, Audit, Debug }

            public sealed class Router(SpliceWriter orders, SpliceWriter trades)
            {
                public long Dropped { get; private set; }

                public void Route(Topic topic, [Consumes] PageBuffer<byte> message)
                {
                    switch (topic)
                    {
                        case Topic.Orders:
                            orders.Send(message);
                            break;
                        case Topic.Trades when message.Length > 0:
                            trades.Send(message);
                            break;
                        case Topic.Trades or Topic.Audit:
                            trades.Write<byte>(message.Span);
                            message.Dispose();
                            return;
                        default:
                            Drop(message);
                            break;
                    }
                }

                private void Drop([Consumes] PageBuffer<byte> message)
                {
                    using (message)
                    {
                        Dropped += message.Length;
                    }
                }
            }
            """,
        ["FifoByPath"] = """
            // Home automation: a FIFO that another program made is opened by its path; a child gets an anonymous pipe.
            public sealed record Target(string Fifo, bool IsChild);

            public static class Targets
            {
                public static SpliceWriter Open(Target target) => target switch
                {
                    { IsChild: true } => SpliceWriter.Open(new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable)),
                    { Fifo: var path } => OpenPath(path),
                };

                public static SpliceReader OpenAnswers() => SpliceReader.Open(new AnonymousPipeServerStream(PipeDirection.In));

                private static SpliceWriter OpenPath(string path)
                {
                    SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
                    return SpliceWriter.Open(handle);
                }
            }
            """,
        ["FillersWrite"] = """
            // Rendering: passes write vertices into a page and keep nothing of it.
            public abstract class RenderPass
            {
                public abstract int Render([Writes] PageBuffer<float> vertices, int from);
            }

            public sealed class GridPass(int columns, int rows) : RenderPass
            {
                public override int Render([Writes] PageBuffer<float> vertices, int from)
                {
                    Span<float> target = vertices.Span[from..];
                    int used = 0;
                    for (int i = 0; i < columns * rows && used + 2 <= target.Length; i++)
                    {
                        target[used++] = i % columns;
                        target[used++] = i / columns;
                    }

                    return used;
                }
            }

            public sealed class Scene(SpliceWriter gpu, IEnumerable<RenderPass> passes)
            {
                public void Draw()
                {
                    using PageBuffer<float> vertices = gpu.Rent<float>(64 * 1024);
                    int used = passes.Aggregate(0, (from, pass) => from + pass.Render(vertices, from));
                    gpu.Send(vertices, used);
                }
            }
            """,
        ["FreshBackPage"] = """
            // Game streaming: two pages change places, and the one that was presented is replaced by a fresh one.
            public sealed class Presenter(SpliceWriter viewer, int pixels)
            {
                public void Present(int frames, Action<int, Span<int>> paint)
                {
                    PageBuffer<int> front = viewer.Rent<int>(pixels);
                    PageBuffer<int> back = viewer.Rent<int>(pixels);
                    for (int i = 0; i < frames; i++)
                    {
                        paint(i, back.Span);
                        (front, back) = (back, front);
                        viewer.Send(front);
                        front = viewer.Rent<int>(pixels);
                    }

                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
    };
}
