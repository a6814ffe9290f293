namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Streams that nobody completes.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChildInputOfFramesNeverCompleted"] = """
            [Spliceable]
            public sealed partial class Still
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 512 * 512)] public partial Span<byte> Gray { get; }
            }

            public static class Renderer
            {
                public static int Render(int stills)
                {
                    var start = new ProcessStartInfo("viewer") { RedirectStandardInput = true };
                    using Process viewer = Process.Start(start)!;
                    using (SpliceWriter pipe = SpliceWriter.OpenChildInput(viewer)) //~VMS2014
                    {
                        for (int number = 0; number < stills; number++)
                        {
                            Still still = Still.Rent(pipe);
                            still.Number = number;
                            still.Gray.Fill((byte)number);
                            pipe.Send(still);
                        }
                    }

                    viewer.WaitForExit();
                    return viewer.ExitCode;
                }
            }
            """,
        ["RecordWriterFieldOnlyDisposed"] = """
            [Spliceable]
            public partial struct Span0 { public long Start; public long Ticks; public long Trace; }

            public sealed class TraceExporter : IDisposable
            {
                private readonly RecordWriter<Span0> _spans;

                public TraceExporter(string fifo) => _spans = Span0.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2014

                public void Export(long start, long ticks, long trace)
                {
                    ref Span0 span = ref _spans.Next();
                    span.Start = start;
                    span.Ticks = ticks;
                    span.Trace = trace;
                }

                public void Dispose() => _spans.Dispose();
            }
            """,
        ["AwaitUsingFlushedButNotCompleted"] = """
            [Spliceable]
            public partial struct Reading { public long Sensor; public double Value; }

            public sealed class Uplink(SpliceWriter pipe)
            {
                public async Task ForwardAsync(IAsyncEnumerable<Reading[]> source, CancellationToken cancellation)
                {
                    await using RecordWriter<Reading> writer = Reading.CreateWriter(pipe); //~VMS2014
                    await foreach (Reading[] readings in source.WithCancellation(cancellation))
                    {
                        await writer.WriteAsync(readings, cancellation);
                        await writer.FlushAsync(cancellation);
                    }
                }
            }
            """,
        ["BroadcasterDisposedWithoutComplete"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public double Bid; public double Ask; }

            public static class QuoteFan
            {
                public static void Run(SpliceWriter[] clients, Func<Quote?> source, CancellationToken stop)
                {
                    using var quotes = new RecordBroadcaster<Quote>(clients, new() { SlowReader = SlowReader.Drop }); //~VMS2014
                    while (!stop.IsCancellationRequested && source() is { } quote)
                    {
                        quotes.Write(quote);
                        quotes.Flush();
                    }

                    foreach (BroadcastReader reader in quotes.Readers)
                    {
                        Console.WriteLine($"{reader.Index}: {reader.RecordsSent}");
                    }
                }
            }
            """,
        ["DisposeOfServiceOnlyDisposesWriter"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public sealed class Sampler : IDisposable
            {
                private readonly RecordWriter<Sample> _samples;
                private readonly Timer _timer;
                private readonly Lock _gate = new();

                public Sampler(SpliceWriter pipe)
                {
                    _samples = Sample.CreateWriter(pipe); //~VMS2014
                    _timer = new Timer(_ => Take(), null, 0, 100);
                }

                private void Take()
                {
                    lock (_gate)
                    {
                        ref Sample sample = ref _samples.Next();
                        sample.Time = Environment.TickCount64;
                        sample.Value = Environment.WorkingSet;
                        _samples.Flush();
                    }
                }

                public void Dispose()
                {
                    _timer.Dispose();
                    lock (_gate)
                    {
                        _samples.Dispose();
                    }
                }
            }
            """,
        ["FrameLoopWithoutEndMark"] = """
            [Spliceable]
            public sealed partial class Slide
            {
                [Segment] public partial ref long Number { get; }
                [Segment(MaxLength = 1 << 20)] public partial Span<byte> Image { get; }
            }

            public static class Slideshow
            {
                public static void Play(string fifo, string folder)
                {
                    using SpliceWriter pipe = SpliceWriter.OpenFifo(fifo); //~VMS2014
                    long number = 0;
                    foreach (string file in Directory.EnumerateFiles(folder, "*.png"))
                    {
                        byte[] image = File.ReadAllBytes(file);
                        Slide slide = Slide.Rent(pipe);
                        slide.Number = number++;
                        slide.ImageLength = image.Length;
                        image.CopyTo(slide.Image);
                        pipe.Send(slide);
                    }
                }
            }
            """,
        ["HelperFillsNobodyCompletes"] = """
            [Spliceable]
            public partial struct Row { public long Id; public double Amount; }

            public static class Ledger
            {
                public static void Publish(SpliceWriter pipe, IEnumerable<(long, double)> old, IEnumerable<(long, double)> recent)
                {
                    using RecordWriter<Row> rows = Row.CreateWriter(pipe); //~VMS2014
                    Add(rows, old);
                    Add(rows, recent);
                }

                private static void Add(RecordWriter<Row> rows, IEnumerable<(long Id, double Amount)> source)
                {
                    foreach ((long id, double amount) in source)
                    {
                        AddOne(rows, id, amount);
                    }
                }

                private static void AddOne(RecordWriter<Row> rows, long id, double amount)
                {
                    ref Row row = ref rows.Next();
                    row.Id = id;
                    row.Amount = amount;
                }
            }
            """,
        ["LastFlushTakenForComplete"] = """
            [Spliceable]
            public partial struct Cell { public int Row; public int Column; public double Value; }

            public static class MatrixSender
            {
                public static void Send(SpliceWriter pipe, double[,] matrix)
                {
                    using (RecordWriter<Cell> cells = Cell.CreateWriter(pipe, new() { LeaveOpen = true })) //~VMS2014
                    {
                        for (int i = 0; i < matrix.GetLength(0); i++)
                        {
                            for (int j = 0; j < matrix.GetLength(1); j++)
                            {
                                cells.Next() = new Cell { Row = i, Column = j, Value = matrix[i, j] };
                            }
                        }

                        cells.Flush();
                    }

                    pipe.Write("done"u8);
                }
            }
            """,
    };
}
