namespace VmSplice.Analyzers.Tests.Programs.Third;

/// <summary>Mistakes with batches in lists and queries, with slots by reference, and with streams that end.</summary>
internal sealed class RecordsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HistoryOfBatches"] = """
            sealed class History
            {
                private readonly List<ReadOnlyMemory<Tick>> _last = [];

                public async Task FollowAsync(RecordReader<Tick> reader, CancellationToken end)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in reader.WithCancellation(end))
                    {
                        if (_last.Count == 10)
                        {
                            _last.RemoveAt(0);
                        }

                        _last.Add(batch); //~VMS2016
                    }
                }

                public double Average() => _last.Sum(batch => batch.Length == 0 ? 0 : batch.Span[0].Price) / _last.Count;
            }
            """,
        // VMS2016's page: what a query holds until somebody enumerates it.
        ["FilteredLazily"] = """
            static class P
            {
                static async Task<double> ExpensiveAsync(RecordReader<Tick> reader)
                {
                    IEnumerable<ReadOnlyMemory<Tick>> interesting = [];
                    double sum = 0;
                    while (await reader.ReadBatchAsync() is { IsEmpty: false } batch)
                    {
                        interesting = interesting.Append(batch);
                    }

                    foreach (ReadOnlyMemory<Tick> one in interesting)
                    {
                        sum += one.Span[^1].Price;
                    }

                    return sum;
                }
            }
            """,
        ["FirstAgainstLast"] = """
            static class P
            {
                static bool Rises(RecordReader<Tick> reader)
                {
                    ReadOnlySpan<Tick> first = reader.ReadBatch();
                    ReadOnlySpan<Tick> last = first;
                    while (true)
                    {
                        ReadOnlySpan<Tick> next = reader.ReadBatch();
                        if (next.IsEmpty)
                        {
                            break;
                        }

                        last = next;
                    }

                    return first[0].Price < last[^1].Price; //~VMS2003
                }
            }
            """,
        ["BestByReference"] = """
            static class P
            {
                static double Best(RecordReader<Tick> reader)
                {
                    ReadOnlySpan<Tick> batch = reader.ReadBatch();
                    ref readonly Tick best = ref batch[0];
                    foreach (ref readonly Tick tick in batch)
                    {
                        if (tick.Price > best.Price)
                        {
                            best = ref tick;
                        }
                    }

                    if (!reader.ReadBatch().IsEmpty)
                    {
                        Console.WriteLine("there is more");
                    }

                    return best.Price; //~VMS2003
                }
            }
            """,
        ["PreviousSlot"] = """
            static class P
            {
                static void Write(RecordWriter<Tick> writer, ReadOnlySpan<double> prices)
                {
                    ref Tick previous = ref writer.Next();
                    previous.Price = prices[0];
                    foreach (double price in prices[1..])
                    {
                        ref Tick tick = ref writer.Next();
                        tick.Price = price;
                        tick.Time = previous.Time + 1; //~VMS2003
                        previous = ref tick;
                    }

                    writer.Complete();
                }
            }
            """,
        ["HeaderWrittenLast"] = """
            static class P
            {
                static void Write(RecordWriter<Tick> writer, IEnumerable<Tick> ticks)
                {
                    ref Tick header = ref writer.Next();
                    int count = 0;
                    foreach (Tick tick in ticks)
                    {
                        writer.Next() = tick;
                        count++;
                    }

                    header.Time = count; //~VMS2004
                    writer.Complete();
                }
            }
            """,
        ["SlotByValueInLoop"] = """
            static class P
            {
                static void Write(SpliceWriter pipe, IReadOnlyList<double> prices)
                {
                    using RecordWriter<Tick> writer = Tick.CreateWriter(pipe);
                    for (int i = 0; i < prices.Count; i++)
                    {
                        var slot = writer.Next(); //~VMS2015
                        slot.Time = i;
                        slot.Price = prices[i];
                    }

                    writer.Complete();
                }
            }
            """,
        ["StreamNobodyCompletes"] = """
            static class P
            {
                static async Task WriteAsync(SplicePipe pipe, IAsyncEnumerable<double> prices)
                {
                    await using RecordWriter<Tick> writer = Tick.CreateWriter(pipe.OpenWriter()); //~VMS2014
                    await foreach (double price in prices)
                    {
                        writer.Next().Price = price;
                        if (writer.FreeSlots == 0)
                        {
                            await writer.FlushAsync();
                        }
                    }

                    await writer.FlushAsync();
                }
            }
            """,
        ["BatchGivenToWorker"] = """
            static class P
            {
                static async Task SumAllAsync(RecordReader<Tick> reader, ConcurrentBag<double> sums)
                {
                    List<Task> work = [];
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        work.Add(Task.Run(() => sums.Add(Sum(batch.Span)))); //~VMS2004
                    }

                    await Task.WhenAll(work);
                }

                private static double Sum(ReadOnlySpan<Tick> ticks)
                {
                    double sum = 0;
                    foreach (ref readonly Tick tick in ticks) { sum += tick.Price; }
                    return sum;
                }
            }
            """,
        ["GroupsOfBatches"] = """
            static class P
            {
                static Dictionary<long, ReadOnlyMemory<Tick>> ByDay(RecordReader<Tick> reader)
                {
                    var days = new Dictionary<long, ReadOnlyMemory<Tick>>();
                    while (true)
                    {
                        ReadOnlyMemory<Tick> batch = reader.ReadBatchAsync().AsTask().GetAwaiter().GetResult();
                        if (batch.IsEmpty)
                        {
                            return days;
                        }

                        days[batch.Span[0].Time / 86_400] = batch; //~VMS2016
                    }
                }
            }
            """,
    };
}
