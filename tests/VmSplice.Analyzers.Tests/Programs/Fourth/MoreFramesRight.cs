namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Spliceable buffers, and right.</summary>
internal sealed class MoreFramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NullableFrameFieldClearedAfterSend"] = """
            [Spliceable]
            public sealed partial class Canvas
            {
                [Segment] public partial ref int Revision { get; }
                [Segment(Length = 640 * 480)] public partial Span<int> Pixels { get; }
            }

            public sealed class Painter(SpliceWriter pipe) : IDisposable
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
                    if (_canvas is not { } canvas)
                    {
                        return;
                    }

                    _canvas = null;
                    canvas.Revision = ++_revision;
                    pipe.Send(canvas);
                }

                public void Dispose() => _canvas?.Dispose();
            }
            """,
        ["UnframedFramesForAForeignEncoder"] = """
            [Spliceable]
            public sealed partial class Slide
            {
                [Segment(Length = 64 * 64)] public partial Span<byte> Red { get; }
                [Segment(Length = 64 * 64)] public partial Span<byte> Green { get; }
            }

            public static class Slideshow
            {
                public static void Play(Process encoder, int frames)
                {
                    using (SpliceWriter pipe = SpliceWriter.OpenChildInput(encoder, new() { Framed = false }))
                    {
                        for (int i = 0; i < frames; i++)
                        {
                            Slide slide = Slide.Rent(pipe);
                            slide.Red.Fill((byte)i);
                            slide.Green.Fill((byte)(255 - i));
                            pipe.Send(slide);
                        }
                    }

                    encoder.WaitForExit();
                }
            }
            """,
    };
}
