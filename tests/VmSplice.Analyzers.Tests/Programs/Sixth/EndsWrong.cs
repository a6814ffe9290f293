namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Writers that nobody completes.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FieldWriterDisposedOnly"] = """
            [Spliceable]
            public partial struct Span2 { public long Begin; public long End; }

            public sealed class SpanSink : IDisposable
            {
                private readonly RecordWriter<Span2> _out;
                private bool _disposed;

                public SpanSink(string fifo)
                {
                    _out = Span2.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2014
                }

                public void Add(long begin, long end) => _out.Write(new Span2 { Begin = begin, End = end });

                public void Dispose()
                {
                    if (_disposed) return;
                    _disposed = true;
                    _out.Dispose();
                }
            }
            """,
        ["ResultsWriterDisposedOnly"] = """
            [Spliceable]
            public partial struct TestResult { public long Test; public int Passed; public int Millis; }

            public static class HarnessChild
            {
                public static int Run(IReadOnlyDictionary<long, Func<bool>> tests)
                {
                    int failures = 0;
                    using RecordWriter<TestResult> results = TestResult.CreateWriter(SpliceWriter.OpenInherited()); //~VMS2014
                    foreach ((long id, Func<bool> test) in tests)
                    {
                        long start = Environment.TickCount64;
                        bool passed = test();
                        ref TestResult result = ref results.Next();
                        result.Test = id;
                        result.Passed = passed ? 1 : 0;
                        result.Millis = (int)(Environment.TickCount64 - start);
                        if (!passed) failures++;
                    }

                    results.Flush();
                    return failures;
                }
            }
            """,
        ["TestFramesWithoutEndMark"] = """
            [Spliceable]
            public sealed partial class AudioBlock
            {
                [Segment] public partial ref long Position { get; }
                [Segment(MaxLength = 48000)] public partial Span<float> Samples { get; }
            }

            public static class ToneGenerator
            {
                public static void Play(SplicePipe pipe, double seconds)
                {
                    using SpliceWriter mixer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }); //~VMS2014
                    int blocks = (int)(seconds * 10);
                    for (int i = 0; i < blocks; i++)
                    {
                        AudioBlock block = AudioBlock.Rent(mixer);
                        block.Position = i * 4800L;
                        block.SamplesLength = 4800;
                        for (int s = 0; s < 4800; s++)
                        {
                            block.Samples[s] = MathF.Sin(s * 0.0576f);
                        }

                        mixer.Send(block);
                    }
                }
            }
            """,
        ["BroadcastWithoutComplete"] = """
            [Spliceable]
            public partial struct Candle { public long Minute; public double Open; public double Close; }

            public static class CandleServer
            {
                public static async Task ServeAsync(SpliceWriter[] clients, IAsyncEnumerable<Candle> candles, CancellationToken ct)
                {
                    await using var broadcast = new RecordBroadcaster<Candle>(clients, new() { SlowReader = SlowReader.Drop }); //~VMS2014
                    await foreach (Candle candle in candles.WithCancellation(ct))
                    {
                        broadcast.Write(candle);
                    }
                }
            }
            """,
        ["CameraFramesWithoutEndMark"] = """
            [Spliceable]
            public sealed partial class Still
            {
                [Segment] public partial ref long Taken { get; }
                [Segment(Length = 320 * 240)] public partial Span<byte> Luma { get; }
            }

            public sealed class CameraService(string path, Func<byte[]?> grab)
            {
                public async Task RunAsync(CancellationToken ct)
                {
                    using SpliceWriter pipe = await SpliceWriter.OpenFifoAsync(path, cancellationToken: ct); //~VMS2014
                    while (grab() is { } image)
                    {
                        Still still = Still.Rent(pipe);
                        still.Taken = DateTime.UtcNow.Ticks;
                        image.AsSpan(0, 320 * 240).CopyTo(still.Luma);
                        await pipe.SendAsync(still, ct);
                    }
                }
            }
            """,
        ["ExporterFieldOnlyDisposed"] = """
            [Spliceable]
            public partial struct Measurement { public int Instrument; public int Tag; public double Value; }

            public sealed class PipeExporter : IDisposable
            {
                private readonly RecordWriter<Measurement> _writer;
                private bool _disposed;

                public PipeExporter(string fifo)
                {
                    _writer = Measurement.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2014
                }

                public void Export(ReadOnlySpan<Measurement> measurements)
                {
                    ObjectDisposedException.ThrowIf(_disposed, this);
                    _writer.Write(measurements);
                }

                public void Dispose()
                {
                    if (_disposed)
                    {
                        return;
                    }

                    _disposed = true;
                    _writer.Dispose();
                }
            }
            """,
        ["WriterHandedToSectionWritersNotCompleted"] = """
            [Spliceable]
            public partial struct Entry { public int Section; public int Index; public long Value; }

            public static class ReportDump
            {
                public static void Dump(SpliceWriter pipe, long[] totals, long[] details)
                {
                    using RecordWriter<Entry> entries = Entry.CreateWriter(pipe); //~VMS2014
                    WriteSection(entries, 1, totals);
                    WriteSection(entries, 2, details);
                }

                private static void WriteSection(RecordWriter<Entry> entries, int section, long[] values)
                {
                    for (int i = 0; i < values.Length; i++)
                    {
                        WriteEntry(entries, section, i, values[i]);
                    }
                }

                private static void WriteEntry(RecordWriter<Entry> entries, int section, int index, long value)
                    => entries.Write(new Entry { Section = section, Index = index, Value = value });
            }
            """,
    };
}
