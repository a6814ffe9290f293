namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Slots in spans and memory, and right.</summary>
internal sealed class SlotSpansRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SlotCopyReadOnlyAndValueWrittenWhole"] = """
            [Spliceable]
            public partial struct Hit { public long Time; public int Url; public int Status; }

            public sealed class AccessLog(RecordWriter<Hit> hits)
            {
                private Hit _last;

                public void Log(int url, int status)
                {
                    Hit hit = _last with { Time = DateTime.UtcNow.Ticks };
                    (hit.Url, hit.Status) = (url, status);
                    ref Hit slot = ref hits.Next();
                    slot = hit;
                    Hit copy = slot;
                    _last = copy;
                }

                public void LogMany(ReadOnlySpan<int> urls)
                {
                    Span<Hit> slots = hits.GetSpan(urls.Length);
                    for (int i = 0; i < urls.Length; i++)
                    {
                        Hit hit = slots[i];
                        hit.Url = urls[i];
                        slots[i] = hit;
                    }

                    hits.Advance(urls.Length);
                }
            }
            """,
        ["MemorySlotsFilledByRef"] = """
            namespace B109;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Replay
            {
                public static async Task SendAsync(RecordWriter<Tick> ticks, double[] prices, CancellationToken cancellation)
                {
                    Memory<Tick> slots = ticks.GetMemory(prices.Length);
                    for (int i = 0; i < prices.Length; i++)
                    {
                        ref Tick tick = ref slots.Span[i];
                        tick.Time = i;
                        tick.Price = prices[i];
                    }

                    ticks.Advance(prices.Length);
                    await ticks.FlushAsync(cancellation);
                }
            }
            """,
        ["SlotCopiedEditedAndStoredBack"] = """
            [Spliceable]
            public partial struct Order { public long Id; public long Quantity; }

            public sealed class Splitter(RecordWriter<Order> orders)
            {
                public void Split(long id, long quantity, int parts)
                {
                    Span<Order> slots = orders.GetSpan(parts);
                    for (int i = 0; i < parts; i++)
                    {
                        Order order = slots[i];
                        order.Id = id;
                        order.Quantity = quantity / parts;
                        slots[i] = order;
                    }

                    orders.Advance(parts);
                }

                public void Close() => orders.Complete();
            }
            """,
        ["SpanAskedForAgainAfterAdvance"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public float Left; public float Right; }

            public sealed class StereoSink(RecordWriter<Sample> samples)
            {
                private long _clock;

                public void Push(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
                {
                    Span<Sample> slots = samples.GetSpan(left.Length);
                    for (int i = 0; i < left.Length; i++)
                    {
                        slots[i].Time = _clock++;
                        slots[i].Left = left[i];
                    }

                    samples.Advance(left.Length);
                    slots = samples.GetSpan(right.Length);
                    for (int i = 0; i < right.Length; i++)
                    {
                        slots[i].Time = _clock++;
                        slots[i].Right = right[i];
                    }

                    samples.Advance(right.Length);
                }
            }
            """,
    };
}
