namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers and views that are used after they were given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Ship"] = """
            namespace Wall;

            [Spliceable]
            public sealed partial class Slide
            {
                [Segment] public partial ref long Number { get; }
                [Segment(MaxLength = 200)] public partial TextSegment Title { get; }
                [Segment(Length = 640 * 360)] public partial Span<int> Pixels { get; }
            }

            public static class SlideExtensions
            {
                public static void Ship(this SpliceWriter pipe, Slide slide)
                {
                    slide.Number++;
                    Push(pipe, slide);
                }

                private static void Push(SpliceWriter pipe, Slide slide) => pipe.Send(slide);
            }

            public sealed class Presenter(SpliceWriter pipe, List<string> history)
            {
                public void Show(long number, string title, int color)
                {
                    Slide slide = Slide.Rent(pipe);
                    slide.Number = number;
                    slide.Title.Set(title.Trim());
                    slide.Pixels.Fill(color);
                    pipe.Ship(slide);
                    history.Add(slide.Title.ToString()); //~VMS2002
                }
            }
            """,
        ["Banner"] = """
            using System.Text;

            public static class BannerTool
            {
                public static string SendBanner(SpliceWriter output, string text, int copies)
                {
                    PageBuffer<byte> page = output.Rent<byte>(4096);
                    int length = Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, 1000)), page.Span);
                    ReadOnlySpan<byte> shown;
                    using (FrozenPages<byte> banner = page.Freeze())
                    {
                        for (int i = 0; i < copies; i++)
                        {
                            output.Send(banner);
                        }

                        shown = banner.Span[..length];
                    }

                    return Encoding.UTF8.GetString(shown); //~VMS2002
                }
            }
            """,
    };
}
