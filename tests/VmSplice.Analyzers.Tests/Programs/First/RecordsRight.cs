namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Records one at a time, by spans, in batches and by several producers.</summary>
internal sealed class RecordsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LinqOverRecords"] = """
            static class P
            {
                static async Task<Dictionary<long, double>> ByDayAsync(RecordReader<Tick> reader)
                {
                    var all = new List<Tick>();
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        all.AddRange(batch.Span);
                    }

                    return all.GroupBy(tick => tick.Time / 86_400).ToDictionary(day => day.Key, day => day.Average(tick => tick.Price));
                }
            }
            """,
        ["BatchesAsArrays"] = """
            static class P
            {
                static async Task<List<Tick[]>> CollectAsync(RecordReader<Tick> reader, CancellationToken end)
                {
                    List<Tick[]> kept = [];
                    await foreach (ReadOnlyMemory<Tick> batch in reader.WithCancellation(end))
                    {
                        kept.Add(batch.ToArray());
                    }

                    return kept;
                }
            }
            """,
        ["TicksInOrder"] = """
            static class P
            {
                static void M(SpliceWriter pipe, IEnumerable<(long Time, double Price)> quotes)
                {
                    using RecordWriter<Tick> w = Tick.CreateWriter(pipe, new() { LeaveOpen = true });
                    foreach (var (time, price) in quotes)
                    {
                        w.Next() = new Tick { Time = time, Price = price };
                    }

                    w.Complete();
                }
            }
            """,
        ["SpanOfSlots"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w, ReadOnlySpan<double> prices)
                {
                    while (!prices.IsEmpty)
                    {
                        Span<Tick> slots = w.GetSpan();
                        int n = Math.Min(slots.Length, prices.Length);
                        for (int i = 0; i < n; i++)
                        {
                            slots[i].Price = prices[i];
                        }

                        w.Advance(n);
                        prices = prices[n..];
                    }

                    w.Flush();
                }
            }
            """,
        ["PreviousRecordByValue"] = """
            static class P
            {
                static double Swing(RecordReader<Tick> r)
                {
                    double most = 0;
                    Tick previous = default;
                    foreach (ref readonly Tick tick in r)
                    {
                        most = Math.Max(most, Math.Abs(tick.Price - previous.Price));
                        previous = tick;
                    }

                    return most;
                }
            }
            """,
        ["ParallelProducers"] = """
            static class P
            {
                static async Task M(SpliceWriter w, IReadOnlyList<string> files, CancellationToken end)
                    => await Parallel.ForEachAsync(files, end, async (file, stop) =>
                    {
                        await using FileStream source = File.OpenRead(file);
                        PageBuffer<byte> b = w.Rent<byte>((int)source.Length);
                        await source.ReadExactlyAsync(b.Memory, stop);
                        await w.SendAsync(b, stop);
                    });
            }
            """,
        ["FrameByFrame"] = """
            static class P
            {
                static async Task M(SpliceWriter pipe, IAsyncEnumerable<ReadOnlyMemory<byte>> captions, CancellationToken end)
                {
                    int number = 0;
                    await foreach (ReadOnlyMemory<byte> caption in captions.WithCancellation(end))
                    {
                        Frame frame = Frame.Rent(pipe);
                        frame.Header = ++number;
                        frame.CaptionLength = caption.Length;
                        caption.Span.CopyTo(frame.Caption);
                        await pipe.SendAsync(frame, end);
                    }

                    await pipe.CompleteBuffersAsync(end);
                }
            }
            """,
        ["ReceiveEachFrame"] = """
            static class P
            {
                static IEnumerable<string> Captions(SpliceReader pipe)
                {
                    while (Frame.TryReceive(pipe) is { } frame)
                    {
                        using (frame)
                        {
                            yield return System.Text.Encoding.UTF8.GetString(frame.Caption);
                        }
                    }
                }
            }
            """,
    };
}
