namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Methods of one object that ask its writer or reader for more, and methods that hand out the record which they took.</summary>
internal sealed class SlotsThroughHelpers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TwoDeepOverPrimaryParameter"] = """
            sealed class Log(RecordWriter<Tick> ticks, TimeProvider clock)
            {
                public void Write(double price)
                {
                    ref Tick entry = ref ticks.Next();
                    entry.Time = clock.GetTimestamp();
                    Heartbeat();
                    entry.Price = price; //~VMS2003
                }

                private void Heartbeat() => Append(clock.GetTimestamp());

                private void Append(long time)
                {
                    ref Tick beat = ref ticks.Next();
                    beat.Time = time;
                }
            }
            """,
        ["TwoDeepOverField"] = """
            sealed class Log
            {
                private readonly RecordWriter<Tick> _ticks;
                public Log(RecordWriter<Tick> ticks) => _ticks = ticks;

                public void Write(double price)
                {
                    Span<Tick> slots = _ticks.GetSpan(2);
                    slots[0].Price = price;
                    FlushIfNeeded(price);
                    slots[1].Price = price; //~VMS2004
                }

                private void FlushIfNeeded(double price)
                {
                    if (price > 0)
                    {
                        FlushNow();
                    }
                }

                private void FlushNow() => _ticks.Flush();
            }
            """,
        ["ThreeDeepOverReader"] = """
            sealed class Source(RecordReader<Tick> reader)
            {
                public double Last()
                {
                    ReadOnlySpan<Tick> batch = reader.ReadBatch();
                    SkipAll();
                    return batch[^1].Price; //~VMS2003
                }

                private void SkipAll() => Skip();
                private void Skip() => SkipOne();
                private void SkipOne() => reader.ReadBatch();
            }
            """,
        ["PublicHelper"] = """
            class Log(RecordWriter<Tick> ticks)
            {
                public void Write(double price)
                {
                    ref Tick entry = ref ticks.Next();
                    Heartbeat();
                    entry.Price = price; //~VMS2003
                }

                public void Heartbeat() => Append(0);
                private void Append(long time) => ticks.Next().Time = time;
            }
            """,
        ["FactoryOverField"] = """
            sealed class Book
            {
                private readonly RecordWriter<Tick> _legs;
                public Book(RecordWriter<Tick> legs) => _legs = legs;

                private ref Tick NewLeg(long order)
                {
                    ref Tick leg = ref _legs.Next();
                    leg.Time = order;
                    return ref leg;
                }

                public void Quote(long order, double mid, double half)
                {
                    ref Tick bid = ref NewLeg(order);
                    ref Tick ask = ref NewLeg(order);
                    ask.Price = mid + half;
                    bid.Price = mid - half; //~VMS2003
                }
            }
            """,
        ["FactoryThenFlush"] = """
            sealed class Book(RecordWriter<Tick> legs)
            {
                private ref Tick NewLeg() => ref legs.Next();

                public void Quote(double mid)
                {
                    ref Tick bid = ref NewLeg();
                    legs.Flush();
                    bid.Price = mid; //~VMS2003
                }
            }
            """,
        ["SpanFromFactory"] = """
            sealed class Book(RecordWriter<Tick> legs)
            {
                private Span<Tick> Room(int count) => legs.GetSpan(count)[..count];

                public void Quote(double mid)
                {
                    Span<Tick> both = Room(2);
                    both[0].Price = mid;
                    legs.Advance(2);
                    both[1].Price = mid; //~VMS2003
                }
            }
            """,
        ["BatchFromFactory"] = """
            sealed class Source(RecordReader<Tick> reader)
            {
                private ReadOnlySpan<Tick> Load() => reader.ReadBatch();

                public double Compare()
                {
                    ReadOnlySpan<Tick> first = Load();
                    ReadOnlySpan<Tick> second = Load();
                    return second[0].Price - first[0].Price; //~VMS2003
                }
            }
            """,
        ["FactoryTwoDeep"] = """
            sealed class Book(RecordWriter<Tick> legs)
            {
                private ref Tick NewLeg() => ref legs.Next();

                private ref Tick Named(long order)
                {
                    ref Tick leg = ref NewLeg();
                    leg.Time = order;
                    return ref leg;
                }

                public void Quote(double mid)
                {
                    ref Tick bid = ref Named(1);
                    ref Tick ask = ref Named(2);
                    ask.Price = mid;
                    bid.Price = mid; //~VMS2003
                }
            }
            """,
        ["FinishedBeforeTheHelper"] = """
            sealed class Log(RecordWriter<Tick> ticks, TimeProvider clock)
            {
                public void Write(double price)
                {
                    ref Tick entry = ref ticks.Next();
                    entry.Time = clock.GetTimestamp();
                    entry.Price = price;
                    Heartbeat();
                }

                private void Heartbeat() => Append(clock.GetTimestamp());
                private void Append(long time) => ticks.Next().Time = time;
            }
            """,
        ["EachLegFinishedFirst"] = """
            sealed class Book(RecordWriter<Tick> legs, RecordWriter<Tick> others)
            {
                private ref Tick NewLeg() => ref legs.Next();
                private ref Tick NewOther() => ref others.Next();

                public void Quote(double mid)
                {
                    ref Tick bid = ref NewLeg();
                    bid.Price = mid;
                    ref Tick ask = ref NewLeg();
                    ref Tick other = ref NewOther();
                    ask.Price = mid;
                    other.Price = mid;
                }
            }
            """,
        ["HelperOfAnotherWriter"] = """
            sealed class Log(RecordWriter<Tick> ticks, RecordWriter<Tick> beats)
            {
                public void Write(double price)
                {
                    ref Tick entry = ref ticks.Next();
                    Heartbeat();
                    entry.Price = price;
                }

                private void Heartbeat() => Append(1);
                private void Append(long time) => beats.Next().Time = time;
            }
            """,
        ["TextsAddedByHelper"] = """
            [Spliceable]
            public partial struct Line { public long Time; public SpliceText Text; }

            sealed class Log(RecordWriter<Line> lines)
            {
                public void Write(string text)
                {
                    ref Line line = ref lines.Next();
                    line.Text = Add(text);
                    line.Time = 1;
                }

                private SpliceText Add(string text) => lines.AddText(text);
            }
            """,
    };
}
