namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Records that are written in time.</summary>
internal sealed class MoreSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SinkCompletes"] = """
            namespace Audit.Trail;

            [Spliceable]
            public partial struct AuditEntry { public long Time; public long User; public int Action; public int Result; }

            public sealed class AuditSink : IDisposable
            {
                private readonly Lock _lock = new();
                private readonly RecordWriter<AuditEntry> _entries;
                private bool _closed;

                public AuditSink(SpliceWriter pipe)
                {
                    _entries = AuditEntry.CreateWriter(pipe);
                }

                public void Record(long user, int action, int result)
                {
                    lock (_lock)
                    {
                        ObjectDisposedException.ThrowIf(_closed, this);
                        _entries.Write(new AuditEntry { Time = DateTime.UtcNow.Ticks, User = user, Action = action, Result = result });
                    }
                }

                // Without it the stream counts as abandoned.
                public void Close()
                {
                    lock (_lock)
                    {
                        if (_closed)
                        {
                            return;
                        }

                        _closed = true;
                        _entries.Complete();
                    }
                }

                public void Dispose()
                {
                    lock (_lock)
                    {
                        _closed = true;
                        _entries.Dispose();
                    }
                }
            }
            """,
        ["QuoteBySide"] = """
            namespace Trading.Quotes;

            public enum Side { Bid, Ask }

            [Spliceable]
            public partial struct Quote { public long Time; public double Price; public long Size; }

            public sealed class QuoteBook(RecordWriter<Quote> bids, RecordWriter<Quote> asks, TimeProvider clock)
            {
                private Quote _last;

                public double Last => _last.Price;

                public void Publish(Side side, double price, long size)
                {
                    ArgumentOutOfRangeException.ThrowIfNegative(size);
                    ref Quote quote = ref side == Side.Bid ? ref bids.Next() : ref asks.Next();
                    quote.Time = clock.GetUtcNow().UtcTicks;
                    quote.Price = price;
                    quote.Size = size;
                    _last = quote;
                }

                // Once more, with another time.
                public void Repeat(Side side)
                {
                    Quote quote = _last;
                    quote.Time = clock.GetUtcNow().UtcTicks;
                    RecordWriter<Quote> target = side switch { Side.Bid => bids, _ => asks };
                    target.Write(quote);
                }
            }
            """,
        ["FlushKept"] = """
            namespace Desktop.Events;

            [Spliceable]
            public partial struct PointerEvent { public long Time; public int X; public int Y; public long Buttons; }

            public sealed class PointerRecorder(RecordWriter<PointerEvent> events)
            {
                private Task _flushed = Task.CompletedTask;

                public long Skipped { get; private set; }

                // Called by one thread, which must not wait.
                public void OnMoved(object? sender, (int X, int Y, long Buttons) moved)
                {
                    if (!_flushed.IsCompletedSuccessfully || events.FreeSlots == 0)
                    {
                        Skipped++;
                        return;
                    }

                    ref PointerEvent slot = ref events.Next();
                    slot.Time = Environment.TickCount64;
                    slot.X = moved.X;
                    slot.Y = moved.Y;
                    slot.Buttons = moved.Buttons;
                    if (moved.Buttons != 0 || events.FreeSlots == 0)
                    {
                        _flushed = events.FlushAsync().AsTask();
                    }
                }

                public async Task StopAsync(CancellationToken cancellation)
                {
                    await _flushed;
                    await events.CompleteAsync(cancellation);
                }
            }
            """,
        ["WellFormedRecords"] = """
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;

            namespace Shop.Orders;

            public enum Channel : byte { Web, Phone, Store }

            [InlineArray(7)]
            public struct Reserved7 { private byte _first; }

            [Spliceable]
            public partial struct Money { public long Cents; public int Currency; public int Scale; }

            [Spliceable]
            public partial struct OrderLine
            {
                private long _time;

                public DateTime Time { readonly get => DateTime.FromBinary(_time); set => _time = value.ToBinary(); }

                public Money Price;
                private int _day;
                public int Count;
                public Channel Channel;
                public Reserved7 Reserved;

                public DateOnly Day { readonly get => DateOnly.FromDayNumber(_day); set => _day = value.DayNumber; }

                public static RecordWriter<OrderLine> CreateWriter(SpliceWriter pipe) => new(pipe, new RecordWriterOptions { ChunkSize = 65536 });
            }

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Reading
            {
                [FieldOffset(8)] public double Value;
                [FieldOffset(0)] public int Sensor;
                [FieldOffset(4)] public float Quality;
            }
            """,
    };
}
