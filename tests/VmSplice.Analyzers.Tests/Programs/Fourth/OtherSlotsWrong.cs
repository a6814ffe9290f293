namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Records that are used after their writer or reader moved on.</summary>
internal sealed class OtherSlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TwoSlotsFromOneFactory"] = """
            [Spliceable]
            public partial struct Leg { public long Order; public double Price; }

            public sealed class SpreadBook
            {
                private readonly RecordWriter<Leg> _legs;

                public SpreadBook(RecordWriter<Leg> legs) => _legs = legs;

                private ref Leg NewLeg(long order)
                {
                    ref Leg leg = ref _legs.Next();
                    leg.Order = order;
                    return ref leg;
                }

                public void Quote(long order, double mid, double half)
                {
                    ref Leg bid = ref NewLeg(order);
                    ref Leg ask = ref NewLeg(order);
                    ask.Price = mid + half;
                    bid.Price = mid - half; //~VMS2003
                }
            }
            """,
    };
}
