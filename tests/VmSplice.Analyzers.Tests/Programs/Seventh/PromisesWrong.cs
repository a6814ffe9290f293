namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Methods that do something else than their annotations say.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BorrowedAndKept"] = """
            // Image processing: a stage looks at a page, and remembers it to compare with the next.
            public interface IStage
            {
                double Inspect([Borrows] PageBuffer<byte> page);
            }

            public sealed class MotionStage : IStage
            {
                private PageBuffer<byte> _previous;
                private bool _hasPrevious;

                public double Inspect([Borrows] PageBuffer<byte> page) //~VMS2011
                {
                    double difference = 0;
                    if (_hasPrevious)
                    {
                        ReadOnlySpan<byte> now = page.Span;
                        ReadOnlySpan<byte> then = _previous.Span;
                        for (int i = 0; i < Math.Min(now.Length, then.Length); i++)
                        {
                            difference += Math.Abs(now[i] - then[i]);
                        }
                    }

                    _previous = page;
                    _hasPrevious = true;
                    return difference;
                }
            }
            """,
        ["RouterForgetsOne"] = """
            // Message routing: each message is taken over and goes where its topic says.
            public enum Topic { Orders, Trades, Audit, Debug }

            public sealed class Router(SpliceWriter orders, SpliceWriter trades)
            {
                public long Dropped { get; private set; }

                public void Route(Topic topic, [Consumes] PageBuffer<byte> message) //~VMS2011
                {
                    switch (topic)
                    {
                        case Topic.Orders:
                            orders.Send(message);
                            break;
                        case Topic.Trades:
                            trades.Send(message);
                            break;
                        case Topic.Audit:
                            trades.Write(message.Span);
                            message.Dispose();
                            break;
                        default:
                            Dropped++;
                            break;
                    }
                }
            }
            """,
        ["WriterThatSends"] = """
            // Rendering: a pass writes into a page of vertices; the last pass also submits it.
            public abstract class RenderPass
            {
                public abstract void Render([Writes] PageBuffer<float> vertices);
            }

            public sealed class GridPass(SpliceWriter gpu, int columns) : RenderPass
            {
                public int Submitted { get; private set; }

                public override void Render(
                    [Writes] PageBuffer<float> vertices) //~VMS2011
                {
                    Span<float> span = vertices.Span;
                    for (int i = 0; i + 1 < span.Length; i += 2)
                    {
                        span[i] = i / 2 % columns;
                        span[i + 1] = i / 2 / columns;
                    }

                    Submit(vertices);
                }

                private void Submit(PageBuffer<float> vertices)
                {
                    gpu.Send(vertices);
                    Submitted++;
                }
            }
            """,
    };
}
