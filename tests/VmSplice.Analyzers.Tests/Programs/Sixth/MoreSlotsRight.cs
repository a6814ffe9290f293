namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Slots of record writers, and right.</summary>
internal sealed class MoreSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["VolumeSetBeforeMaybeFlush"] = """
            [Spliceable]
            public partial struct Bar { public long Time; public double Close; public double Volume; }

            public sealed class BarBuilder(RecordWriter<Bar> bars)
            {
                private double _total;

                public void Add(long time, double price, double volume, bool endOfSession)
                {
                    ref Bar bar = ref bars.Next();
                    bar.Time = time;
                    bar.Close = price;
                    bar.Volume = volume;
                    double total = bar.Volume + _total;
                    if (endOfSession)
                    {
                        bars.Flush();
                        bar = ref bars.Next();
                        bar.Time = time;
                        total = 0;
                    }

                    bar.Volume = volume;
                    _total = total;
                }
            }
            """,
        ["CopiedElementWrittenBack"] = """
            [Spliceable]
            public partial struct Pixel { public short X; public short Y; public int Color; }

            public static class Sprites
            {
                public static void Draw(RecordWriter<Pixel> writer, ReadOnlySpan<int> colors, int width)
                {
                    Span<Pixel> slots = writer.GetSpan(colors.Length);
                    for (int n = 0; n < colors.Length; n++)
                    {
                        Pixel pixel = slots[n];
                        pixel.X = (short)(n % width);
                        pixel.Y = (short)(n / width);
                        pixel.Color = colors[n];
                        slots[n] = pixel;
                    }

                    writer.Advance(colors.Length);
                }
            }
            """,
        ["ExporterCompletesInDispose"] = """
            [Spliceable]
            public partial struct Measurement { public int Instrument; public int Tag; public double Value; }

            public sealed class PipeExporter : IDisposable
            {
                private RecordWriter<Measurement>? _writer;

                public PipeExporter(string fifo) => _writer = Measurement.CreateWriter(SpliceWriter.OpenFifo(fifo));

                public void Export(ReadOnlySpan<Measurement> measurements)
                {
                    ObjectDisposedException.ThrowIf(_writer is null, this);
                    _writer.Write(measurements);
                }

                public void Dispose()
                {
                    RecordWriter<Measurement>? writer = Interlocked.Exchange(ref _writer, null);
                    if (writer is null)
                    {
                        return;
                    }

                    using (writer)
                    {
                        writer.Complete();
                    }
                }
            }
            """,
        ["FlushEveryHundredAwaited"] = """
            [Spliceable]
            public partial struct Gauge { public int Name; public int Unit; public double Value; }

            public sealed class GaugeSink(RecordWriter<Gauge> gauges) : IAsyncDisposable
            {
                private int _pending;
                private ValueTask _flushing;

                public async ValueTask SetAsync(int name, double value)
                {
                    await FinishAsync();
                    gauges.Write(new Gauge { Name = name, Value = value });
                    if (++_pending == 100)
                    {
                        _pending = 0;
                        _flushing = gauges.FlushAsync();
                    }
                }

                private ValueTask FinishAsync()
                {
                    ValueTask flushing = _flushing;
                    _flushing = default;
                    return flushing;
                }

                public async ValueTask DisposeAsync()
                {
                    await FinishAsync();
                    await gauges.CompleteAsync();
                    await gauges.DisposeAsync();
                }
            }
            """,
        ["FlushThenMemoryForPoller"] = """
            [Spliceable]
            public partial struct Metric { public int Key; public int Kind; public double Value; }

            public sealed class MetricsPoller(RecordWriter<Metric> writer, Func<Memory<Metric>, CancellationToken, Task<int>> poll)
            {
                public async Task RunAsync(CancellationToken ct)
                {
                    while (!ct.IsCancellationRequested)
                    {
                        if (writer.FreeSlots < 64)
                        {
                            await writer.FlushAsync(ct);
                        }

                        Memory<Metric> slots = writer.GetMemory(64);
                        int count = await poll(slots, ct);
                        writer.Advance(count);
                        await Task.Delay(1000, ct);
                    }
                }
            }
            """,
        ["HeaderByIndexInOneSpan"] = """
            [Spliceable]
            public partial struct BookRow { public long InstrumentId; public double Price; public int Size; public int Count; }

            public sealed class SnapshotPublisher(RecordWriter<BookRow> rows)
            {
                public void Publish(long instrument, IReadOnlyList<(double Price, int Size)> levels)
                {
                    Span<BookRow> slots = rows.GetSpan(levels.Count + 1);
                    ref BookRow header = ref slots[0];
                    header.InstrumentId = instrument;
                    int count = 0;
                    foreach ((double price, int size) in levels)
                    {
                        if (size == 0)
                        {
                            continue;
                        }

                        ref BookRow row = ref slots[++count];
                        row.InstrumentId = instrument;
                        row.Price = price;
                        row.Size = size;
                    }

                    header.Count = count;
                    rows.Advance(count + 1);
                }
            }
            """,
        ["HeartbeatByWrite"] = """
            [Spliceable]
            public partial struct Heartbeat { public long SentAt; public int Pid; public int Load; }

            public sealed class HeartbeatTimer : IAsyncDisposable
            {
                private readonly RecordWriter<Heartbeat> _writer;
                private readonly Timer _timer;
                private readonly Lock _gate = new();

                public HeartbeatTimer(SpliceWriter pipe)
                {
                    _writer = Heartbeat.CreateWriter(pipe);
                    _timer = new Timer(_ => Beat(), null, 0, 1000);
                }

                private void Beat()
                {
                    lock (_gate)
                    {
                        Heartbeat beat = new() { SentAt = Environment.TickCount64, Pid = Environment.ProcessId };
                        beat.Load = ThreadPool.ThreadCount;
                        _writer.Write(beat);
                        _writer.Flush();
                    }
                }

                public async ValueTask DisposeAsync()
                {
                    await _timer.DisposeAsync();
                    lock (_gate)
                    {
                        _writer.Complete();
                        _writer.Dispose();
                    }
                }
            }
            """,
    };
}
