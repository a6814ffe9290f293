namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers and views that are used after they were given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FirmwareFanOut"] = """
            // Devices: one firmware image to every programmer, then its header goes into the report.
            public static class FirmwareFanOut
            {
                private const int HeaderLength = 64;

                public static string Flash(IReadOnlyList<SpliceWriter> programmers, byte[] image)
                {
                    ReadOnlySpan<byte> header;
                    int copies = 0;
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Math.Max(image.Length, HeaderLength));
                    image.CopyTo(buffer.Span);
                    using (FrozenPages<byte> pages = buffer.Freeze())
                    {
                        header = pages.Span[..HeaderLength];
                        foreach (SpliceWriter programmer in programmers)
                        {
                            programmer.Send(pages);
                            copies++;
                        }
                    }

                    return copies switch
                    {
                        0 => "nobody was there",
                        _ => $"{copies} times {Convert.ToHexString(header)}", //~VMS2002
                    };
                }
            }
            """,
        ["HistogramJob"] = """
            // Statistics: bins the values, sends the bins, and tells the caller the last one.
            public static class HistogramJob
            {
                public static (int Bins, long Overflow) Run(SpliceWriter output, IEnumerable<double> values, int bins)
                {
                    (PageBuffer<long> Counts, double Width) job = (output.Rent<long>(bins + 1), 1.0 / bins);
                    foreach (double value in values.Where(static v => v >= 0))
                    {
                        int bin = value >= 1 ? bins : (int)(value / job.Width);
                        job.Counts[bin]++;
                    }

                    output.Send(job.Counts);
                    var (counts, _) = job;
                    return (bins, counts[bins]); //~VMS2002
                }
            }
            """,
        ["StationAlarm"] = """
            // Sensors: an alarm goes to the channel of its severity, and to the console.
            public enum Severity { Notice, Warning, Critical }

            [Spliceable]
            public sealed partial class Alarm
            {
                [Segment] public partial ref long Time { get; }
                [Segment(MaxLength = 80)] public partial TextSegment Station { get; }
                [Segment(MaxLength = 512)] public partial ListSegment<double> Readings { get; }
            }

            public sealed class StationAlarm(SpliceWriter urgent, SpliceWriter normal)
            {
                public void Raise(string station, Severity severity, ReadOnlySpan<double> readings)
                {
                    SpliceWriter channel = severity == Severity.Critical ? urgent : normal;
                    Alarm alarm = Alarm.Rent(channel);
                    alarm.Time = DateTime.UtcNow.Ticks;
                    alarm.Station.Set(station);
                    foreach (double reading in readings)
                    {
                        alarm.Readings.Add(reading);
                    }

                    switch (severity)
                    {
                        case Severity.Critical:
                            Console.Error.WriteLine("critical");
                            urgent.Send(alarm);
                            break;
                        default:
                            normal.Send(alarm);
                            break;
                    }

                    Console.Error.WriteLine($"{alarm.Station.ToString()}: {alarm.Readings.Count} readings"); //~VMS2002
                }
            }
            """,
        ["WaveSolver"] = """
            // Science: a standing wave, one field for each step, watched by a monitor.
            public static class WaveSolver
            {
                private const int Side = 512;

                public static void Run(SpliceWriter monitor, int steps)
                {
                    using PageBuffer<double> grid = monitor.Rent<double>(Side * Side);
                    double time = 0;
                    int step = 0;
                    while (step < steps)
                    {
                        time += 0.01;
                        FillWave(grid.Span, time); //~VMS2002
                        monitor.Send(grid);
                        step++;
                    }
                }

                private static void FillWave(Span<double> field, double time)
                {
                    double phase = Math.Cos(time);
                    for (int y = 0; y < Side; y++)
                    {
                        Span<double> row = field.Slice(y * Side, Side);
                        for (int x = 0; x < row.Length; x++)
                        {
                            row[x] = Math.Sin(x * 0.1) * Math.Sin(y * 0.1) * phase;
                        }
                    }
                }
            }
            """,
    };
}
