namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers with segments, used as they should be.</summary>
internal sealed class FramesRight : IPrograms
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
                public void ShowAll(IEnumerable<string> titles, int color)
                {
                    long number = 0;
                    foreach (string title in titles)
                    {
                        Slide slide = Slide.Rent(pipe);
                        slide.Number = number++;
                        slide.Title.Set(title.Trim());
                        slide.Pixels.Fill(color);
                        string shown = slide.Title.ToString();      // a copy
                        pipe.Ship(slide);
                        history.Add(shown);
                    }

                    pipe.CompleteBuffers();
                }
            }
            """,
        ["Spectrum"] = """
            namespace Sdr;

            [Spliceable]
            public sealed partial class Spectrum
            {
                [Segment] public partial ref double Frequency { get; }
                [Segment(MaxLength = 16384)] public partial Span<float> Bins { get; }

                /// <summary>Does not travel.</summary>
                public DateTime ShownAt { get; set; }
            }

            public static class SpectrumView
            {
                public static void SendAll(string fifo, IEnumerable<(double Frequency, float[] Bins)> sweep)
                {
                    using SpliceWriter pipe = SpliceWriter.OpenFifo(fifo);
                    foreach ((double frequency, float[] bins) in sweep)
                    {
                        Spectrum spectrum = Spectrum.Rent(pipe);
                        if (bins.Length > 16384)
                        {
                            spectrum.Dispose();
                            continue;
                        }

                        spectrum.Frequency = frequency;
                        spectrum.BinsLength = bins.Length;
                        bins.CopyTo(spectrum.Bins);
                        pipe.Send(spectrum);
                    }

                    pipe.CompleteBuffers();
                }

                public static float Strongest(SpliceReader pipe)
                {
                    using Spectrum spectrum = Spectrum.Allocate();
                    float strongest = float.MinValue;
                    while (pipe.TryReceiveInto(spectrum))
                    {
                        spectrum.ShownAt = DateTime.UtcNow;
                        foreach (float bin in spectrum.Bins)
                        {
                            strongest = Math.Max(strongest, bin);
                        }
                    }

                    return strongest;
                }
            }
            """,
        ["Machine"] = """
            namespace Factory;

            [Spliceable]
            public sealed partial class MachineReport
            {
                [Segment] public partial ref long Machine { get; }
                [Segment] public partial ref int MachineState { get; }
                [Segment(MaxLength = 500)] public partial TextSegment Note { get; }
            }

            [Spliceable]
            public partial struct Pulse
            {
                public long Machine;
                public long Time;

                public static RecordWriter<Pulse> CreateWriter(SpliceWriter pipe) => new(pipe, new RecordWriterOptions { ChunkSize = 65536, LeaveOpen = true });
            }

            public static class Reports
            {
                public static void Send(SpliceWriter pipe, long machine, int state, string note)
                {
                    using (RecordWriter<Pulse> pulses = Pulse.CreateWriter(pipe))
                    {
                        ref Pulse pulse = ref pulses.Next();
                        pulse.Machine = machine;
                        pulse.Time = Environment.TickCount64;
                        pulses.Complete();
                    }

                    MachineReport report = MachineReport.Rent(pipe);
                    report.Machine = machine;
                    report.MachineState = state;
                    report.Note.Set(note);
                    pipe.Send(report);
                }
            }
            """,
    };
}
