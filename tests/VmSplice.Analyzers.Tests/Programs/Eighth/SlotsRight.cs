namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Records that are written, and right.</summary>
internal sealed class SlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DayJournal"] = """
            // Trading: a journal whose last line completes it.
            [Spliceable]
            public partial struct DayLine { public long Time; public double Price; public long Quantity; }

            public sealed class DayJournal : IDisposable
            {
                private readonly RecordWriter<DayLine> _lines;
                private bool _closed;

                public DayJournal(string path) => _lines = DayLine.CreateWriter(SpliceWriter.OpenFifo(path));

                public long Count => _lines.RecordsWritten;

                public void Add(double price, long quantity)
                {
                    ObjectDisposedException.ThrowIf(_closed, this);
                    ref DayLine line = ref Next();
                    line.Price = price;
                    line.Quantity = quantity;
                }

                public void Close(double closingPrice)
                {
                    if (_closed)
                    {
                        return;
                    }

                    Next().Price = closingPrice;
                    _lines.Complete();
                    _closed = true;
                }

                public void Dispose() => _lines.Dispose();

                private ref DayLine Next()
                {
                    ref DayLine line = ref _lines.Next();
                    line.Time = DateTime.UtcNow.Ticks;
                    return ref line;
                }
            }
            """,
        ["EventLog"] = """
            // Logs: texts and lists leave the slot valid.
            [Spliceable]
            public partial struct Incident { public long Time, Host; public SpliceText Message, Detail; public SpliceList<double> Loads; }

            public static class EventLog
            {
                public static void Send(SpliceWriter pipe, IEnumerable<(long Host, string Message, string? Detail)> incidents)
                {
                    using var log = new RecordWriter<Incident>(pipe);
                    foreach ((long host, string message, string? detail) in incidents)
                    {
                        ref Incident one = ref log.Next();
                        one.Host = host;
                        one.Message = log.AddText(message);
                        if (detail is { Length: > 0 })
                        {
                            one.Detail = log.AddText($"{detail} on {host}");
                        }

                        one.Loads = log.AddList(0.5, 0.75);
                        one.Time = DateTime.UtcNow.Ticks;
                    }

                    log.Complete();
                }
            }
            """,
        ["FanOutFlush"] = """
            // Trading: flushes run beside each other and are awaited together; the last one is given up by intent.
            [Spliceable]
            public partial struct FanTick { public long Time; public double Price; }

            public sealed class FanOutFlush(IReadOnlyList<RecordWriter<FanTick>> feeds)
            {
                public async Task PublishAsync(double[] prices, CancellationToken cancellation)
                {
                    List<Task> flushes = [];
                    foreach (RecordWriter<FanTick> feed in feeds)
                    {
                        foreach (double price in prices)
                        {
                            if (feed.FreeSlots == 0)
                            {
                                await feed.FlushAsync(cancellation);
                            }

                            ref FanTick tick = ref feed.Next();
                            tick.Time = DateTime.UtcNow.Ticks;
                            tick.Price = price;
                        }

                        flushes.Add(feed.FlushAsync(cancellation).AsTask());
                    }

                    await Task.WhenAll(flushes);
                }

                public void Hurry()
                {
                    foreach (RecordWriter<FanTick> feed in feeds)
                    {
                        _ = feed.FlushAsync();
                    }
                }
            }
            """,
        ["MemoryOfSlots"] = """
            // Databases: rows come asynchronously, straight into the slots.
            [Spliceable]
            public partial struct TableRow { public long Key; public long Version; }

            public delegate ValueTask<int> Fetch(Memory<TableRow> rows, CancellationToken cancellation);

            public static class MemoryOfSlots
            {
                public static async Task<long> CopyAsync(SpliceWriter pipe, Fetch fetch, CancellationToken cancellation)
                {
                    await using RecordWriter<TableRow> rows = TableRow.CreateWriter(pipe);
                    long all = 0;
                    int got;
                    do
                    {
                        if (rows.FreeSlots == 0)
                        {
                            await rows.FlushAsync(cancellation);
                        }

                        Memory<TableRow> free = rows.GetMemory(1);
                        got = await fetch(free, cancellation);
                        for (int i = 0; i < got; i++)
                        {
                            free.Span[i].Version++;
                        }

                        rows.Advance(got);
                        all += got;
                    }
                    while (got > 0);

                    await rows.CompleteAsync(cancellation);
                    return all;
                }
            }
            """,
        ["SideBySide"] = """
            // Trading: a reference to the slot of one of two writers.
            [Spliceable]
            public partial struct SideFill { public long Order; public double Price; public long Quantity; }

            public sealed class SideBySide(RecordWriter<SideFill> buys, RecordWriter<SideFill> sells)
            {
                public void OnFill(long order, double price, long quantity)
                {
                    ref SideFill fill = ref (quantity > 0 ? ref buys.Next() : ref sells.Next());
                    fill.Order = order;
                    fill.Price = price;
                    fill.Quantity = Math.Abs(quantity);
                }

                public void Cross(long order, double price)
                {
                    ref SideFill buy = ref buys.Next();
                    ref SideFill sell = ref sells.Next();
                    sell.Order = order;
                    sell.Price = price;
                    buy.Order = order;
                    buy.Price = price;
                }
            }
            """,
        ["SlotSpans"] = """
            // Science: particles into spans of slots, as many as there is room for.
            [Spliceable]
            public partial struct Particle { public double X; public double Y; public double Z; public long Id; }

            public sealed class SlotSpans(RecordWriter<Particle> writer)
            {
                public long Written { get; private set; }

                public void Write(double[] xs, double[] ys, double[] zs)
                {
                    int done = 0;
                    while (done < xs.Length)
                    {
                        Span<Particle> slots = writer.GetSpan(1);
                        int count = Math.Min(slots.Length, xs.Length - done);
                        slots = slots[..count];
                        for (int i = 0; i < slots.Length; i++)
                        {
                            ref Particle one = ref slots[i];
                            one.X = xs[done + i];
                            one.Y = ys[done + i];
                            one.Z = zs[done + i];
                            one.Id = Written + i;
                        }

                        writer.Advance(count);
                        done += count;
                        Written += count;
                    }

                    if (writer.FreeSlots == 0)
                    {
                        writer.Flush();
                    }
                }
            }
            """,
    };
}
