namespace VmSplice.Analyzers.Tests.Programs.Third;

/// <summary>Right programs with batches in lists and queries, slots by reference, and streams that end well.</summary>
internal sealed class RecordsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HistoryOfCopies"] = """
            sealed class History
            {
                private readonly Queue<Tick[]> _last = new();

                public async Task FollowAsync(RecordReader<Tick> reader, CancellationToken end)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in reader.WithCancellation(end))
                    {
                        if (_last.Count == 10)
                        {
                            _last.Dequeue();
                        }

                        _last.Enqueue(batch.ToArray());
                    }
                }

                public double Average() => _last.SelectMany(batch => batch).Average(tick => tick.Price);
            }
            """,
        ["ListOfRecords"] = """
            static class P
            {
                static List<Tick> Expensive(RecordReader<Tick> reader, double limit)
                {
                    var kept = new List<Tick>();
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        foreach (ref readonly Tick tick in batch)
                        {
                            if (tick.Price > limit)
                            {
                                kept.Add(tick);
                            }
                        }
                    }

                    return kept;
                }
            }
            """,
        ["QueryOverBatch"] = """
            static class P
            {
                static async Task<Dictionary<long, double>> ByDayAsync(RecordReader<Tick> reader)
                {
                    var days = new Dictionary<long, double>();
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        foreach (var day in MemoryMarshal.ToEnumerable(batch).GroupBy(tick => tick.Time / 86_400, tick => tick.Price))
                        {
                            days[day.Key] = days.GetValueOrDefault(day.Key) + day.Sum();
                        }
                    }

                    return days;
                }
            }
            """,
        ["FirstAndLastByValue"] = """
            static class P
            {
                static bool Rises(RecordReader<Tick> reader)
                {
                    Tick? first = null;
                    Tick last = default;
                    while (true)
                    {
                        ReadOnlySpan<Tick> batch = reader.ReadBatch();
                        if (batch.IsEmpty)
                        {
                            return first is { } start && start.Price < last.Price;
                        }

                        first ??= batch[0];
                        last = batch[^1];
                    }
                }
            }
            """,
        ["BestIndex"] = """
            static class P
            {
                static IEnumerable<double> BestOfEach(RecordReader<Tick> reader)
                {
                    var best = new List<double>();
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        ref readonly Tick top = ref batch[0];
                        for (int i = 1; i < batch.Length; i++)
                        {
                            if (batch[i].Price > top.Price)
                            {
                                top = ref batch[i];
                            }
                        }

                        best.Add(top.Price);
                    }

                    return best;
                }
            }
            """,
        ["PreviousTimeInVariable"] = """
            static class P
            {
                static void Write(RecordWriter<Tick> writer, ReadOnlySpan<double> prices)
                {
                    long time = 0;
                    foreach (double price in prices)
                    {
                        ref Tick tick = ref writer.Next();
                        tick.Time = time++;
                        tick.Price = price;
                    }

                    writer.Complete();
                }
            }
            """,
        ["HeaderFirst"] = """
            static class P
            {
                static void Write(RecordWriter<Tick> writer, IReadOnlyCollection<Tick> ticks)
                {
                    ref Tick header = ref writer.Next();
                    header.Time = ticks.Count;
                    foreach (Tick tick in ticks)
                    {
                        writer.Next() = tick;
                    }

                    writer.Complete();
                }
            }
            """,
        ["WorkAwaitedPerBatch"] = """
            static class P
            {
                static async Task SumAllAsync(RecordReader<Tick> reader, ConcurrentBag<double> sums)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        int half = batch.Length / 2;
                        ReadOnlyMemory<Tick> low = batch[..half], high = batch[half..];
                        await Task.WhenAll(Task.Run(() => sums.Add(Sum(low.Span))), Task.Run(() => sums.Add(Sum(high.Span))));
                    }
                }

                private static double Sum(ReadOnlySpan<Tick> ticks)
                {
                    double sum = 0;
                    foreach (ref readonly Tick tick in ticks) { sum += tick.Price; }
                    return sum;
                }
            }
            """,
        ["CompletedInTheEnd"] = """
            static class P
            {
                static async Task<int> WriteAsync(SplicePipe pipe, IAsyncEnumerable<double> prices, CancellationToken end)
                {
                    int count = 0;
                    await using RecordWriter<Tick> writer = Tick.CreateWriter(pipe.OpenWriter());
                    await foreach (double price in prices.WithCancellation(end))
                    {
                        if (writer.FreeSlots == 0)
                        {
                            await writer.FlushAsync(end);
                        }

                        writer.Next().Price = price;
                        count++;
                    }

                    await writer.CompleteAsync(end);
                    return count;
                }
            }
            """,
        ["TopOfTheDay"] = """
            static class P
            {
                static (double Low, double High) Range(RecordReader<Tick> reader)
                {
                    (double Low, double High) range = (double.MaxValue, double.MinValue);
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        foreach (ref readonly Tick tick in batch)
                        {
                            range = (Math.Min(range.Low, tick.Price), Math.Max(range.High, tick.Price));
                        }
                    }

                    return range;
                }
            }
            """,
    };
}
