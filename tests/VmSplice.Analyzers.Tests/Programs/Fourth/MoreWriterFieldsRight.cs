namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Record writers in fields, and right.</summary>
internal sealed class MoreWriterFieldsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TwoLegsFromTwoWriters"] = """
            [Spliceable]
            public partial struct Leg { public long Order; public double Price; }

            public sealed class SpreadBook
            {
                private readonly RecordWriter<Leg> _bids;
                private readonly RecordWriter<Leg> _asks;

                public SpreadBook(SpliceWriter bids, SpliceWriter asks)
                {
                    _bids = Leg.CreateWriter(bids);
                    _asks = Leg.CreateWriter(asks);
                }

                private static ref Leg NewLeg(RecordWriter<Leg> legs, long order)
                {
                    ref Leg leg = ref legs.Next();
                    leg.Order = order;
                    return ref leg;
                }

                public void Quote(long order, double mid, double half)
                {
                    ref Leg bid = ref NewLeg(_bids, order);
                    ref Leg ask = ref NewLeg(_asks, order);
                    ask.Price = mid + half;
                    bid.Price = mid - half;
                }

                public void Close()
                {
                    _bids.Complete();
                    _asks.Complete();
                    _bids.Dispose();
                    _asks.Dispose();
                }
            }
            """,
        ["WriterFactoryOwnedByCaller"] = """
            [Spliceable]
            public partial struct Alarm { public long Time; public int Code; public int Severity; }

            public sealed class AlarmChannel(string path)
            {
                public void Raise(int code)
                {
                    using RecordWriter<Alarm> alarms = OpenAlarms();
                    ref Alarm alarm = ref alarms.Next();
                    alarm.Time = DateTime.UtcNow.Ticks;
                    alarm.Code = code;
                    alarm.Severity = code >= 500 ? 2 : 1;
                    alarms.Complete();
                }

                private RecordWriter<Alarm> OpenAlarms()
                {
                    SpliceWriter pipe = SpliceWriter.OpenFifo(path);
                    return Alarm.CreateWriter(pipe);
                }
            }
            """,
    };
}
