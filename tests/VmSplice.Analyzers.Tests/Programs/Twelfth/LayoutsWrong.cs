namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Records and buffers whose layout cannot be sent.</summary>
internal sealed class LayoutsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DayOfOrder"] = """
            namespace Shop.Orders;

            public enum Channel { Web, Phone, Store }

            [Spliceable]
            public partial struct OrderLine
            {
                public long Order;
                public DateOnly Day; //~VMS1006
                public Channel Channel;
                public int Article;
                public int Count;

                public readonly bool IsFrom(DateOnly day) => Day == day;
            }

            public static class OrderExport
            {
                public static IEnumerable<IGrouping<DateOnly, OrderLine>> ByDay(IEnumerable<OrderLine> lines)
                    => from line in lines group line by line.Day;
            }
            """,
        ["VectorInRecord"] = """
            using System.Numerics;

            namespace Physics.Bodies;

            [Spliceable]
            public partial struct Body
            {
                public long Id;
                public Vector3 Position; //~VMS1009
                public float Mass;

                public readonly float DistanceTo(Vector3 point) => Vector3.Distance(Position, point);
            }

            public static class Bodies
            {
                public static float TotalMass(ReadOnlySpan<Body> bodies)
                {
                    float mass = 0;
                    foreach (ref readonly Body body in bodies)
                    {
                        mass += body.Mass;
                    }

                    return mass;
                }
            }
            """,
    };
}
