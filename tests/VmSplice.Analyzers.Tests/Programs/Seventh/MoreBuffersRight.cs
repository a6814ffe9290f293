namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers, and right.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IntervalPageReplaced"] = """
            // Metrics: the page of the current interval is replaced as soon as it was sent.
            public sealed class IntervalPages(SpliceWriter pipe, int counters) : IDisposable
            {
                private PageBuffer<long> Current { get; set; } = pipe.Rent<long>(counters);

                public int Intervals { get; private set; }

                public void Count(int counter, long by = 1)
                {
                    if ((uint)counter < (uint)Current.Length)
                    {
                        Current.Span[counter] += by;
                    }
                }

                public void Close()
                {
                    Current.Span[0] = ++Intervals;
                    pipe.Send(Current);
                    Current = pipe.Rent<long>(counters);
                }

                public void Dispose()
                {
                    Current.Dispose();
                    Current = default;
                }
            }
            """,
        ["ListIsCleared"] = """
            // Column store: the pages of a row group are collected, sent one by one, and forgotten.
            public sealed class RowGroup(SpliceWriter file)
            {
                private readonly List<PageBuffer<double>> _columns = [];

                public void AddColumn(ReadOnlySpan<double> values)
                {
                    PageBuffer<double> column = file.Rent<double>(values.Length);
                    values.CopyTo(column.Span);
                    _columns.Add(column);
                }

                public int Flush()
                {
                    int sent = 0;
                    foreach (PageBuffer<double> column in _columns)
                    {
                        file.Send(column);
                        sent++;
                    }

                    _columns.Clear();
                    return sent;
                }
            }
            """,
        ["LowAndHigh"] = """
            // Sorting: of two runs the one that begins lower goes out, the other gets a mark and follows.
            public static class RunMerger
            {
                public static void Merge(SpliceWriter output, PageBuffer<long> one, PageBuffer<long> other)
                {
                    (PageBuffer<long> low, PageBuffer<long> high) = (one, other);
                    if (one[0] > other[0])
                    {
                        (low, high) = (high, low);
                    }

                    output.Send(low);
                    high.Span[0] |= long.MinValue;
                    output.Send(high);
                }
            }
            """,
        ["NumberWithoutGift"] = """
            // Database: pages of a table are 4,096 bytes by its own format, and are sent, not gifted.
            public sealed class TableScan(SpliceWriter pipe)
            {
                private const int TablePage = 4096;

                public long Scan(Stream table)
                {
                    long pages = 0;
                    while (true)
                    {
                        using PageBuffer<byte> page = pipe.Rent<byte>(TablePage);
                        int read = table.ReadAtLeast(page.Span, TablePage, throwOnEndOfStream: false);
                        if (read < TablePage)
                        {
                            return read % 4096 == 0 ? pages : throw new InvalidDataException("the table is cut");
                        }

                        pipe.Send(page);
                        pages++;
                    }
                }
            }
            """,
        ["OwnerIsTheCaller"] = """
            // Neural networks: a helper makes a page of activations, and the caller owns it.
            public readonly record struct Layer(int Units, float Bias);

            public sealed class Inference(SpliceWriter next)
            {
                public float Forward(Layer layer, ReadOnlySpan<float> inputs)
                {
                    (PageBuffer<float> activations, float peak) = Compute(layer, inputs);
                    using (activations)
                    {
                        if (peak <= 0)
                        {
                            return 0;
                        }

                        next.Send(activations);
                    }

                    return peak;
                }

                private (PageBuffer<float> Activations, float Peak) Compute(Layer layer, ReadOnlySpan<float> inputs)
                {
                    PageBuffer<float> page = next.Rent<float>(layer.Units);
                    float peak = float.MinValue;
                    for (int i = 0; i < page.Length; i++)
                    {
                        float value = Math.Max(0, inputs[i % inputs.Length] + layer.Bias);
                        page.Span[i] = value;
                        peak = Math.Max(peak, value);
                    }

                    return (page, peak);
                }
            }
            """,
        ["RemovedFromDictionary"] = """
            // Exchange: each symbol has an open page; it is taken out of the dictionary before it is sent.
            public sealed class SymbolPages(SpliceWriter pipe)
            {
                private readonly Dictionary<string, PageBuffer<double>> _open = [];

                public void Set(string symbol, int index, double price)
                {
                    if (!_open.TryGetValue(symbol, out PageBuffer<double> page))
                    {
                        page = pipe.Rent<double>(512);
                        _open.Add(symbol, page);
                    }

                    page.Span[index] = price;
                }

                public bool Close(string symbol)
                {
                    if (!_open.Remove(symbol, out PageBuffer<double> page))
                    {
                        return false;
                    }

                    pipe.Send(page);
                    return true;
                }
            }
            """,
        ["RoundedGift"] = """
            // Checkpointing: the state is rounded up to whole pages of this kernel and given away.
            public sealed class StateSnapshots(SpliceWriter pipe)
            {
                public int Take(ReadOnlySpan<byte> state)
                {
                    int page = Environment.SystemPageSize;
                    int rounded = (state.Length + page - 1) / page * page;
                    if (rounded == 0)
                    {
                        return 0;
                    }

                    using PageBuffer<byte> snapshot = pipe.Rent<byte>(rounded);
                    state.CopyTo(snapshot.Span);
                    snapshot.Span[state.Length..].Clear();
                    pipe.Gift(snapshot);
                    return rounded;
                }
            }
            """,
        ["SameConditionTwice"] = """
            // Backup: a block is encrypted, or not; a dry run never sends it.
            public sealed record BackupOptions(bool DryRun, byte Key);

            public sealed class BackupStream(SpliceWriter archive)
            {
                public long Store(ReadOnlySpan<byte> content, BackupOptions options)
                {
                    bool send = !options.DryRun && content.Length > 0;
                    PageBuffer<byte> block = archive.Rent<byte>(content.Length);
                    content.CopyTo(block.Span);
                    if (send)
                    {
                        archive.Send(block);
                    }

                    long checksum = 0;
                    if (!send)
                    {
                        foreach (ref byte value in block.Span)
                        {
                            value ^= options.Key;
                            checksum += value;
                        }

                        block.Dispose();
                    }

                    return checksum;
                }
            }
            """,
    };
}
