namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>An earlier record that gets what more than one path computes, and right.</summary>
internal sealed class EarlierRecordsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConditionIntoTheRecordOfTheTurn"] = """
            public static class Turn
            {
                public static void Run(RecordWriter<Tick> writer, double[] prices, bool isUp)
                {
                    foreach (double price in prices)
                    {
                        ref Tick tick = ref writer.Next();
                        tick.Time = isUp ? 1 : 2;
                        tick.Price = isUp ? price : -price;
                    }
                }
            }
            """,
        ["TextForTheRecordOfTheTurn"] = """
            [Spliceable]
            public partial struct Line
            {
                public long Number;
                public SpliceText Text;
            }

            public static class Texts
            {
                public static void Run(RecordWriter<Line> writer, string[] users)
                {
                    for (int i = 0; i < users.Length; i++)
                    {
                        ref Line line = ref writer.Next();
                        line.Number = i;
                        line.Text = writer.AddText($"hello {users[i]}");
                    }
                }
            }
            """,
        ["ConditionThatAsksForTheRecord"] = """
            public static class Asks
            {
                public static void Run(RecordWriter<Tick> writer, double? price, int side)
                {
                    writer.Next().Price = price ?? 0;
                    writer.Next().Price = side switch { 0 => 1.0, _ => 0 };
                    ref Tick last = ref writer.Next();
                    last.Price = side > 0 ? price ?? 1 : 0;
                }
            }
            """,
    };
}
