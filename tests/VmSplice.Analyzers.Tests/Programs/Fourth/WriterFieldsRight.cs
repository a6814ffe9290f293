namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Record writers in fields, and right.</summary>
internal sealed class WriterFieldsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RecordWriterFieldCompletedInStop"] = """
            [Spliceable]
            public partial struct Span0 { public long Start; public long Ticks; public long Trace; }

            public sealed class TraceExporter : IAsyncDisposable
            {
                private readonly RecordWriter<Span0> _spans;

                public TraceExporter(string fifo) => _spans = Span0.CreateWriter(SpliceWriter.OpenFifo(fifo));

                public void Export(long start, long ticks, long trace)
                {
                    ref Span0 span = ref _spans.Next();
                    span.Start = start;
                    span.Ticks = ticks;
                    span.Trace = trace;
                }

                public async Task StopAsync(CancellationToken cancellation) => await _spans.CompleteAsync(cancellation);

                public ValueTask DisposeAsync() => _spans.DisposeAsync();
            }
            """,
        ["DraftInAFieldThenWritten"] = """
            [Spliceable]
            public partial struct Trade { public long Id; public double Price; }

            public sealed class TradeBuilder
            {
                private readonly RecordWriter<Trade> _trades;
                private Trade _current;

                public TradeBuilder(RecordWriter<Trade> trades) => _trades = trades;

                public TradeBuilder Id(long id)
                {
                    _current.Id = id;
                    return this;
                }

                public TradeBuilder Price(double price)
                {
                    _current.Price = price;
                    return this;
                }

                public void Commit()
                {
                    _trades.Next() = _current;
                    _current = default;
                }

                public void Finish() => _trades.Complete();
            }
            """,
        ["FlushIfDueBeforeTheSlot"] = """
            [Spliceable]
            public partial struct Metric { public long Time; public double Value; }

            public sealed class MetricPump
            {
                private readonly RecordWriter<Metric> _writer;
                private DateTime _due = DateTime.UtcNow;

                public MetricPump(RecordWriter<Metric> writer) => _writer = writer;

                public void Add(double value)
                {
                    FlushIfDue();
                    ref Metric metric = ref _writer.Next();
                    metric.Time = DateTime.UtcNow.Ticks;
                    metric.Value = value;
                    FlushIfDue();
                }

                private void FlushIfDue()
                {
                    if (DateTime.UtcNow >= _due)
                    {
                        _writer.Flush();
                        _due = DateTime.UtcNow.AddSeconds(1);
                    }
                }
            }
            """,
        ["FlushTaskKeptAndAwaitedLater"] = """
            [Spliceable]
            public partial struct Click { public long Time; public int X; public int Y; }

            public sealed class ClickLog
            {
                private readonly RecordWriter<Click> _clicks;
                private Task _flushing = Task.CompletedTask;

                public ClickLog(RecordWriter<Click> clicks) => _clicks = clicks;

                public async Task OnClickAsync(int x, int y)
                {
                    await _flushing;
                    ref Click click = ref _clicks.Next();
                    click.Time = Environment.TickCount64;
                    click.X = x;
                    click.Y = y;
                    _flushing = _clicks.FlushAsync().AsTask();
                }

                public async Task CloseAsync()
                {
                    await _flushing;
                    await _clicks.CompleteAsync();
                }
            }
            """,
        ["SamplerCompletesUnderItsLock"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public sealed class Sampler : IDisposable
            {
                private readonly RecordWriter<Sample> _samples;
                private readonly Timer _timer;
                private readonly Lock _gate = new();
                private bool _stopped;

                public Sampler(SpliceWriter pipe)
                {
                    _samples = Sample.CreateWriter(pipe);
                    _timer = new Timer(_ => Take(), null, 0, 100);
                }

                private void Take()
                {
                    lock (_gate)
                    {
                        if (_stopped)
                        {
                            return;
                        }

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
                        if (!_stopped)
                        {
                            _stopped = true;
                            _samples.Complete();
                        }

                        _samples.Dispose();
                    }
                }
            }
            """,
        ["ServiceCompletesItsFieldWriter"] = """
            [Spliceable]
            public partial struct Usage { public long Time; public double Cpu; }

            public sealed class UsageService : IAsyncDisposable
            {
                private readonly RecordWriter<Usage> _usage;
                private readonly CancellationTokenSource _stop = new();
                private Task _loop = Task.CompletedTask;

                public UsageService(SpliceWriter pipe) => _usage = Usage.CreateWriter(pipe);

                public void Start() => _loop = RunAsync(_stop.Token);

                private async Task RunAsync(CancellationToken stopping)
                {
                    for (long i = 0; !stopping.IsCancellationRequested; i++)
                    {
                        _usage.Next().Time = i;
                        await _usage.FlushAsync(CancellationToken.None);
                        await Task.Delay(100, CancellationToken.None);
                    }

                    await _usage.CompleteAsync(CancellationToken.None);
                }

                public async ValueTask DisposeAsync()
                {
                    await _stop.CancelAsync();
                    await _loop;
                    await _usage.DisposeAsync();
                    _stop.Dispose();
                }
            }
            """,
    };
}
