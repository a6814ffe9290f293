namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Records that a switch, a condition or an assignment chooses, copied and then filled.</summary>
internal sealed class CopiesThroughChoices : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SwitchExpression"] = """
            sealed class Router(RecordWriter<Tick> buys, RecordWriter<Tick> sells)
            {
                public void Route(int side, double price)
                {
                    Tick tick = side switch //~VMS2015
                    {
                        0 => buys.Next(),
                        _ => sells.Next(),
                    };
                    tick.Price = price;
                }
            }
            """,
        ["Condition"] = """
            sealed class Router(RecordWriter<Tick> buys, RecordWriter<Tick> sells)
            {
                public void Route(bool buy, double price)
                {
                    Tick tick = buy ? buys.Next() : sells.Next(); //~VMS2015
                    tick.Price = price;
                }
            }
            """,
        ["OneArmOfACondition"] = """
            sealed class Router(RecordWriter<Tick> buys)
            {
                public void Route(bool buy, double price)
                {
                    Tick tick = buy ? buys.Next() : throw new ArgumentOutOfRangeException(nameof(buy)); //~VMS2015
                    tick.Price = price;
                    tick.Time = 1;
                }
            }
            """,
        ["NestedChoice"] = """
            sealed class Router(RecordWriter<Tick> a, RecordWriter<Tick> b, RecordWriter<Tick> c)
            {
                public void Route(int side, bool late, double price)
                {
                    var tick = side switch { 0 => a.Next(), 1 => late ? b.Next() : c.Next(), _ => throw new NotSupportedException() }; //~VMS2015
                    tick.Price = price;
                }
            }
            """,
        ["AssignedInStatement"] = """
            sealed class Router(RecordWriter<Tick> buys, RecordWriter<Tick> sells)
            {
                public void Route(bool buy, double price)
                {
                    Tick tick;
                    tick = (buy ? buys.Next() : sells.Next()); //~VMS2015
                    tick.Price = price;
                }
            }
            """,
        ["ChosenWriter"] = """
            sealed class Router(RecordWriter<Tick> buys, RecordWriter<Tick> sells)
            {
                public void Route(bool buy, double price)
                {
                    Tick tick = (buy ? buys : sells).Next(); //~VMS2015
                    tick.Price = price;
                }
            }
            """,
        ["ChosenReference"] = """
            sealed class Router(RecordWriter<Tick> buys, RecordWriter<Tick> sells)
            {
                public void Route(bool buy, double price)
                {
                    ref Tick tick = ref buy ? ref buys.Next() : ref sells.Next();
                    tick.Price = price;
                }
            }
            """,
        ["ChosenWriterByReference"] = """
            sealed class Router(RecordWriter<Tick> buys, RecordWriter<Tick> sells)
            {
                public void Route(int side, double price)
                {
                    RecordWriter<Tick> writer = side switch { 0 => buys, _ => sells };
                    ref Tick tick = ref writer.Next();
                    tick.Price = price;
                }
            }
            """,
        ["OnlyRead"] = """
            sealed class Router(RecordWriter<Tick> buys, RecordWriter<Tick> sells)
            {
                public double Route(bool buy)
                {
                    Tick empty = buy ? buys.Next() : sells.Next();
                    return empty.Price;
                }
            }
            """,
        ["ValueIsChosenAndWritten"] = """
            sealed class Router(RecordWriter<Tick> ticks, Tick last)
            {
                public void Route(bool again, double price)
                {
                    Tick tick = again ? last : default;
                    tick.Price = price;
                    ticks.Write(tick);
                }
            }
            """,
        ["StructureWithinTheRecord"] = """
            [Spliceable]
            public partial struct Spread { public long Id; public long Kind; public Tick Near; public Tick Far; }

            sealed class Publisher(RecordWriter<Spread> spreads)
            {
                public void Publish(double near, double far)
                {
                    ref Spread spread = ref spreads.Next();
                    spread.Id = 1;
                    spread.Near = new Tick { Price = near };
                    Tick leg = spread.Far; //~VMS2015
                    leg.Time = 2;
                    leg.Price = far;
                }
            }
            """,
        ["StructureWithinAnElement"] = """
            [Spliceable]
            public partial struct Spread { public long Id; public long Kind; public Tick Near; public Tick Far; }

            sealed class Publisher(RecordWriter<Spread> spreads)
            {
                public void Publish(double[] near)
                {
                    Span<Spread> slots = spreads.GetSpan(near.Length);
                    for (int i = 0; i < near.Length; i++)
                    {
                        var leg = slots[i].Near; //~VMS2015
                        leg.Price = near[i];
                    }

                    spreads.Advance(near.Length);
                }
            }
            """,
        ["DeconstructedInto"] = """
            sealed class Matrix(RecordWriter<Tick> ticks)
            {
                public async Task WriteAsync(long time, double[] prices)
                {
                    Memory<Tick> room = ticks.GetMemory(prices.Length);
                    for (int i = 0; i < prices.Length; i++)
                    {
                        Tick tick = room.Span[i]; //~VMS2015
                        (tick.Time, tick.Price) = (time, prices[i]);
                    }

                    ticks.Advance(prices.Length);
                    await ticks.FlushAsync();
                }
            }
            """,
        ["StructureIsPutBack"] = """
            [Spliceable]
            public partial struct Spread { public long Id; public long Kind; public Tick Near; public Tick Far; }

            sealed class Publisher(RecordWriter<Spread> spreads)
            {
                public void Publish(double near)
                {
                    ref Spread spread = ref spreads.Next();
                    spread.Id = 1;
                    Tick leg = spread.Near;
                    leg.Price = near;
                    spread.Near = leg;
                    double price = spread.Far.Price;
                    price += near;
                    spread.Far.Price = price;
                }
            }
            """,
        ["ReplacedByDeconstruction"] = """
            sealed class Matrix(RecordWriter<Tick> ticks)
            {
                public void Write(Tick other, double price)
                {
                    Tick tick = ticks.GetSpan(1)[0];
                    (tick, double last) = (other, tick.Price);
                    tick.Price = price + last;
                    ticks.Write(tick);
                }
            }
            """,
    };
}
