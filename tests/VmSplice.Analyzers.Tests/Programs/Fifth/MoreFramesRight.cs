namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Frames of segments, and right.</summary>
internal sealed class MoreFramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DoubleBufferPropertyReplacedOnRotate"] = """
            [Spliceable]
            public sealed partial class Page
            {
                [Segment] public partial ref int Count { get; }
                [Segment(Length = 1024)] public partial Span<long> Values { get; }
            }

            public sealed class PageCollector(SpliceWriter pipe) : IDisposable
            {
                public Page? Current { get; private set; }

                public void Add(long value)
                {
                    Page page = Current ??= Page.Rent(pipe);
                    page.Values[page.Count++] = value;
                    if (page.Count == page.Values.Length)
                    {
                        Rotate();
                    }
                }

                public int Rotate()
                {
                    if (Current is not { } full)
                    {
                        return 0;
                    }

                    int count = full.Count;
                    Current = null;
                    pipe.Send(full);
                    return count;
                }

                public void Dispose()
                {
                    Rotate();
                    pipe.CompleteBuffers();
                }
            }
            """,
        ["FrameReceivedIntoOneBufferAndDimmed"] = """
            namespace D112;

            [Spliceable]
            public sealed partial class Frame
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<int> Pixels { get; }
            }

            public sealed class Dimmer(SpliceReader input, SpliceWriter output) : IDisposable
            {
                private readonly Frame _received = Frame.Allocate();

                public long Run()
                {
                    long last = 0;
                    while (input.TryReceiveInto(_received))
                    {
                        Frame dimmed = Frame.Rent(output);
                        last = _received.Number;
                        dimmed.Number = last;
                        ReadOnlySpan<int> from = _received.Pixels;
                        Span<int> to = dimmed.Pixels;
                        for (int i = 0; i < from.Length; i++)
                        {
                            to[i] = (from[i] >> 1) & 0x7F7F7F;
                        }

                        output.Send(dimmed);
                    }

                    output.CompleteBuffers();
                    return last;
                }

                public void Dispose() => _received.Dispose();
            }
            """,
    };
}
