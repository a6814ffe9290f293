namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Records that are written in time.</summary>
internal sealed class SlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EventSink"] = """
            [Spliceable]
            public partial struct DomainEvent
            {
                public long Time;
                public long Aggregate;
                public SpliceText Name;
            }

            public sealed class EventSink : IAsyncDisposable
            {
                private readonly RecordWriter<DomainEvent> _events;
                private readonly SemaphoreSlim _gate = new(1);

                public EventSink(SpliceWriter pipe) => _events = new RecordWriter<DomainEvent>(pipe);

                public async Task PublishAsync(long aggregate, string name, CancellationToken cancellation)
                {
                    await _gate.WaitAsync(cancellation);
                    try
                    {
                        Add(aggregate, name);
                        await _events.FlushAsync(cancellation);
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }

                public async Task StopAsync(CancellationToken cancellation) => await _events.CompleteAsync(cancellation);

                public async ValueTask DisposeAsync()
                {
                    await _events.DisposeAsync();
                    _gate.Dispose();
                }

                private void Add(long aggregate, string name)
                {
                    ref DomainEvent one = ref _events.Next();
                    one.Name = _events.AddText(name);
                    one.Aggregate = aggregate;
                    one.Time = DateTime.UtcNow.Ticks;
                }
            }
            """,
        ["ExportJob"] = """
            [Spliceable]
            public partial struct ExportRow
            {
                public long Id;
                public double Amount;
            }

            public interface IRowSource
            {
                IEnumerable<(long Id, double Amount)> Rows(int page);
            }

            public sealed class ExportJob(IRowSource source)
            {
                public long Run(string fifo, int pages)
                {
                    using RecordWriter<ExportRow> rows = ExportRow.CreateWriter(SpliceWriter.OpenFifo(fifo));
                    for (int page = 0; page < pages; page++)
                    {
                        WritePage(rows, page);
                    }

                    return Finish(rows);
                }

                private void WritePage(RecordWriter<ExportRow> rows, int page)
                {
                    foreach ((long id, double amount) in source.Rows(page))
                    {
                        ref ExportRow row = ref rows.Next();
                        row.Id = id;
                        row.Amount = amount;
                    }
                }

                private static long Finish(RecordWriter<ExportRow> rows)
                {
                    rows.Complete();
                    return rows.RecordsWritten;
                }
            }
            """,
        ["LogShipper"] = """
            public enum Severity { Debug, Information, Warning, Error }

            [Spliceable]
            public partial struct LogRecord
            {
                public long Time;
                public long Thread;
                public SpliceText Category;
                public SpliceText Message;
                public SpliceList<long> Scopes;
                public Severity Severity;
                public int Event;
            }

            public sealed class LogShipper(RecordWriter<LogRecord> records, TimeProvider clock)
            {
                public void Log(Severity severity, int @event, string category, FormattableString message, ReadOnlySpan<long> scopes)
                {
                    ref LogRecord record = ref records.Next();
                    record.Category = records.AddText(category);
                    record.Severity = severity;
                    record.Message = records.AddText(message.ToString());
                    record.Time = clock.GetUtcNow().UtcTicks;
                    record.Scopes = records.AddList(scopes);
                    record.Thread = Environment.CurrentManagedThreadId;
                    record.Event = @event;
                    if (severity >= Severity.Error)
                    {
                        records.Flush();
                    }
                }
            }
            """,
        ["RawPixels"] = """
            [Spliceable]
            public partial struct Pixel
            {
                public byte Red;
                public byte Green;
                public byte Blue;
                public byte Alpha;
            }

            public sealed class RawPixels(Func<SpliceWriter> openEncoder)
            {
                public void Encode(int frames, int pixels)
                {
                    using RecordWriter<Pixel> output = Pixel.CreateWriter(openEncoder(), new() { Framed = false });
                    for (int frame = 0; frame < frames; frame++)
                    {
                        for (int i = 0; i < pixels; i++)
                        {
                            ref Pixel pixel = ref output.Next();
                            pixel.Red = (byte)(frame + i);
                            pixel.Alpha = byte.MaxValue;
                        }

                        output.Flush();
                    }
                }
            }
            """,
        ["RunLengthWriter"] = """
            [Spliceable]
            public partial struct Run
            {
                public long Value;
                public long Count;
            }

            public sealed class RunLengthWriter(RecordWriter<Run> runs)
            {
                public void Write(ReadOnlySpan<long> values)
                {
                    if (values.IsEmpty)
                    {
                        return;
                    }

                    ref Run current = ref runs.Next();
                    current.Value = values[0];
                    foreach (long value in values)
                    {
                        if (current.Value != value)
                        {
                            current = ref runs.Next();
                            current.Value = value;
                        }

                        current.Count++;
                    }

                    runs.Flush();
                }
            }
            """,
    };
}
