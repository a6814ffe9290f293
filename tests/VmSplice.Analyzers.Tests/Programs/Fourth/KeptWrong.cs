namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Holders that keep a buffer which was sent.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FullPageFieldSentNeverReplaced"] = """
            public sealed class Batcher(SpliceWriter pipe)
            {
                private PageBuffer<int> _page = pipe.Rent<int>(4096);
                private int _count;

                public int Count => _count;

                public void Add(int value)
                {
                    _page.Span[_count++] = value;
                    if (_count == _page.Length)
                    {
                        pipe.Send(_page); //~VMS2009
                        _count = 0;
                    }
                }
            }
            """,
        ["InFlightListKeepsSentBuffers"] = """
            public sealed class InFlight(SpliceWriter pipe)
            {
                private readonly List<PageBuffer<byte>> _sent = [];

                public int Pending => _sent.Count;

                public void Post(ReadOnlySpan<byte> message)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(message.Length);
                    message.CopyTo(page.Span);
                    _sent.Add(page);
                    pipe.Send(page); //~VMS2009
                }

                public byte[]? Oldest() => _sent is [var first, ..] ? first.Span.ToArray() : null;
            }
            """,
        ["RefParameterLeftWithSentBuffer"] = """
            public static class PageTurner
            {
                public static void Append(SpliceWriter pipe, ref PageBuffer<char> page, ref int used, string text)
                {
                    if (used + text.Length > page.Length)
                    {
                        Turn(pipe, ref page, used);
                        used = 0;
                    }

                    text.CopyTo(page.Span[used..]);
                    used += text.Length;
                }

                // The last page: nothing follows it.
                public static void Finish(SpliceWriter pipe, ref PageBuffer<char> page, int used)
                {
                    pipe.Send(page, used); //~VMS2009
                }

                private static void Turn(SpliceWriter pipe, ref PageBuffer<char> page, int used)
                {
                    int length = page.Length;
                    pipe.Send(page, used);
                    page = pipe.Rent<char>(length);
                }
            }
            """,
        ["NullableFrameFieldSentAndKept"] = """
            [Spliceable]
            public sealed partial class Canvas
            {
                [Segment] public partial ref int Revision { get; }
                [Segment(Length = 640 * 480)] public partial Span<int> Pixels { get; }
            }

            public sealed class Painter(SpliceWriter pipe)
            {
                private Canvas? _canvas;
                private int _revision;

                public void Draw(int x, int y, int color)
                {
                    _canvas ??= Canvas.Rent(pipe);
                    _canvas.Pixels[y * 640 + x] = color;
                }

                public void Present()
                {
                    if (_canvas is null)
                    {
                        return;
                    }

                    _canvas.Revision = ++_revision;
                    pipe.Send(_canvas); //~VMS2009
                }
            }
            """,
        ["SentViewLeavesByOut"] = """
            public sealed class Echo(SpliceWriter pipe)
            {
                private static PageBuffer<char> Fill(SpliceWriter pipe, string text)
                {
                    PageBuffer<char> buffer = pipe.Rent<char>(text.Length);
                    text.CopyTo(buffer.Span);
                    return buffer;
                }

                public void Encode(string text, out Span<char> sent)
                {
                    PageBuffer<char> buffer = Fill(pipe, text);
                    sent = buffer.Span;
                    pipe.Send(buffer); //~VMS2009
                }
            }
            """,
    };
}
