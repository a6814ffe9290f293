namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Slots of record writers, and right.</summary>
internal sealed class SlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AuditServiceCompletesThenDisposes"] = """
            [Spliceable]
            public partial struct Deed { public long User; public long Time; public int Code; public int Result; }

            public sealed class AuditService : IAsyncDisposable
            {
                private readonly Channel<Deed> _queue = Channel.CreateUnbounded<Deed>();
                private readonly RecordWriter<Deed> _deeds;
                private Task _pump = Task.CompletedTask;

                public AuditService(SpliceWriter pipe) => _deeds = Deed.CreateWriter(pipe);

                public void Start(CancellationToken cancellation) => _pump = PumpAsync(cancellation);

                public bool Report(in Deed deed) => _queue.Writer.TryWrite(deed);

                private async Task PumpAsync(CancellationToken cancellation)
                {
                    await foreach (Deed deed in _queue.Reader.ReadAllAsync(cancellation))
                    {
                        _deeds.Write(deed);
                        if (_queue.Reader.Count == 0)
                        {
                            await _deeds.FlushAsync(cancellation);
                        }
                    }

                    await _deeds.CompleteAsync(cancellation);
                }

                public async ValueTask DisposeAsync()
                {
                    _queue.Writer.Complete();
                    try
                    {
                        await _pump;
                    }
                    finally
                    {
                        await _deeds.DisposeAsync();
                    }
                }
            }
            """,
        ["EtlStepOpensWriterBehindTheCheck"] = """
            [Spliceable]
            public partial struct Fact { public long Key; public double Amount; }

            public readonly record struct StepResult(bool Skipped, long Rows);

            public sealed class FactStep(string fifo)
            {
                public StepResult Run(IReadOnlyDictionary<long, double> totals)
                {
                    if (totals is { Count: 0 })
                    {
                        return new StepResult(true, 0);
                    }

                    RecordWriter<Fact> facts = Open();
                    try
                    {
                        foreach ((long key, double amount) in totals)
                        {
                            ref Fact fact = ref facts.Next();
                            fact.Key = key;
                            fact.Amount = amount;
                        }

                        facts.Complete();
                        return new StepResult(false, facts.RecordsWritten);
                    }
                    finally
                    {
                        facts.Dispose();
                    }
                }

                private RecordWriter<Fact> Open() => Fact.CreateWriter(SpliceWriter.OpenFifo(fifo));
            }
            """,
        ["ExportAbandonsUnlessAllPagesAreValid"] = """
            [Spliceable]
            public partial struct Item { public long Sku; public int Stock; public int Warehouse; }

            public static class InventoryExport
            {
                // The reader must not take a part for the whole: a bad page leaves the stream without its end.
                public static bool Run(string fifo, IEnumerable<Item> stock)
                {
                    using RecordWriter<Item> items = Item.CreateWriter(SpliceWriter.OpenFifo(fifo));
                    bool valid = true;
                    foreach (Item[] page in stock.Chunk(500))
                    {
                        valid &= page.All(item => item.Stock >= 0);
                        if (!valid)
                        {
                            break;
                        }

                        items.Write(page);
                    }

                    if (valid)
                    {
                        items.Complete();
                    }

                    return valid;
                }
            }
            """,
        ["FlushAgainAfterALatePipe"] = """
            [Spliceable]
            public partial struct Alarm { public long Time; public int Code; public int Severity; }

            public sealed class AlarmForwarder(RecordWriter<Alarm> alarms, TimeSpan patience)
            {
                public int Late { get; private set; }

                public async Task ForwardAsync(Alarm alarm, CancellationToken stopping)
                {
                    alarms.Write(alarm);
                    for (; ; )
                    {
                        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                        late.CancelAfter(patience);
                        try
                        {
                            await alarms.FlushAsync(late.Token);
                            return;
                        }
                        catch (OperationCanceledException e) when (!stopping.IsCancellationRequested && e.InnerException is not IncompleteSendException)
                        {
                            // Nothing was accepted: the records are in the writer still, and can be flushed again.
                            Late++;
                            alarm.Severity++;
                        }
                    }
                }
            }
            """,
        ["GenericSinkBaseSlotFilledBeforeNext"] = """
            [Spliceable]
            public partial struct Fill { public long Id; public long Parent; public int Quantity; public int Left; }

            public abstract class Sink<T>(RecordWriter<T> writer) where T : unmanaged, ISpliceable<T>
            {
                protected ref T Reserve() => ref writer.Next();

                public void Close()
                {
                    writer.Complete();
                    writer.Dispose();
                }
            }

            public sealed class FillSink(RecordWriter<Fill> writer) : Sink<Fill>(writer)
            {
                public void Split(long id, int quantity, int firstPart)
                {
                    ref Fill slot = ref Reserve();
                    slot.Id = id;
                    slot.Quantity = quantity;
                    slot.Left = quantity - firstPart;

                    slot = ref Reserve();
                    slot.Id = id + 1;
                    slot.Parent = id;
                    slot.Quantity = firstPart;
                }
            }
            """,
        ["GroupHeaderLastAsFooter"] = """
            [Spliceable]
            public partial struct Cell { public int Row; public int Column; public double Value; }

            public sealed class PivotExporter(RecordWriter<Cell> cells)
            {
                public void Export(IEnumerable<IGrouping<int, double>> groups)
                {
                    foreach (IGrouping<int, double> group in groups)
                    {
                        double sum = 0;
                        int column = 0;
                        ref Cell cell = ref cells.Next();
                        foreach (double value in group)
                        {
                            cell.Row = group.Key;
                            cell.Column = column++;
                            cell.Value = value;
                            sum += value;
                            cell = ref cells.Next();
                        }

                        cell.Row = group.Key;
                        cell.Column = -1;
                        cell.Value = sum;
                    }
                }
            }
            """,
        ["LocalRecordStoredIntoMemory"] = """
            [Spliceable]
            public partial struct Element { public int Row; public int Column; public double Value; }

            public sealed class MatrixWriter(RecordWriter<Element> elements)
            {
                public async Task WriteRowAsync(int row, double[] values, CancellationToken cancellation)
                {
                    Memory<Element> room = elements.GetMemory(values.Length);
                    for (int column = 0; column < values.Length; column++)
                    {
                        Element element = default;
                        (element.Row, element.Column) = (row, column);
                        element.Value = values[column];
                        room.Span[column] = element;
                    }

                    elements.Advance(values.Length);
                    await elements.FlushAsync(cancellation);
                }
            }
            """,
    };
}
