namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>An earlier record that gets what more than one path computes.</summary>
internal sealed class EarlierRecordsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConditionIntoAnEarlierRecord"] = """
            public static class Condition
            {
                public static void Run(RecordWriter<Tick> writer, bool isUp, double price)
                {
                    ref Tick first = ref writer.Next();
                    first.Time = 1;
                    ref Tick second = ref writer.Next();
                    second.Time = 2;
                    first.Price = isUp ? price : -price; //~VMS2003
                }
            }
            """,
        ["ConditionIntoAnEarlierRecordInALoop"] = """
            public static class Looped
            {
                public static void Run(RecordWriter<Tick> writer, double[] prices)
                {
                    ref Tick previous = ref writer.Next();
                    for (int i = 0; i < prices.Length; i++)
                    {
                        ref Tick current = ref writer.Next();
                        current.Price = prices[i];
                        previous.Time = i > 3 ? i : 0; //~VMS2003
                        previous = ref current;
                    }
                }
            }
            """,
        ["FallbackIntoAnEarlierRecord"] = """
            public static class Fallback
            {
                public static void Run(RecordWriter<Tick> writer, double? price)
                {
                    ref Tick first = ref writer.Next();
                    first.Time = 1;
                    ref Tick second = ref writer.Next();
                    second.Time = 2;
                    first.Price = price ?? 0; //~VMS2003
                }
            }
            """,
        ["SwitchIntoAnEarlierRecord"] = """
            public static class Switch
            {
                public static void Run(RecordWriter<Tick> writer, int side)
                {
                    ref Tick first = ref writer.Next();
                    first.Time = 1;
                    ref Tick second = ref writer.Next();
                    second.Time = 2;
                    first.Price = side switch { 0 => 1.0, 1 => -1.0, _ => 0 }; //~VMS2003
                }
            }
            """,
        ["ConditionAddedToAnEarlierRecord"] = """
            public static class Added
            {
                public static void Run(RecordWriter<Tick> writer, bool isUp)
                {
                    ref Tick first = ref writer.Next();
                    first.Time = 1;
                    writer.Next().Time = 2;
                    first.Price += isUp ? 1 : -1; //~VMS2003
                }
            }
            """,
        ["TextForAnEarlierRecord"] = """
            [Spliceable]
            public partial struct Line
            {
                public long Number;
                public SpliceText Text;
            }

            public static class Texts
            {
                public static void Run(RecordWriter<Line> writer, string user)
                {
                    ref Line first = ref writer.Next();
                    first.Number = 1;
                    writer.Next().Number = 2;
                    first.Text = writer.AddText($"hello {user}"); //~VMS2003
                }
            }
            """,
        ["ConditionIntoASentBuffer"] = """
            public static class Sent
            {
                public static void Run(SpliceWriter writer, bool isUp)
                {
                    using PageBuffer<Tick> block = writer.Rent<Tick>(4);
                    Span<Tick> view = block.Span;
                    writer.Send(block);
                    view[0].Price = isUp ? 1 : -1; //~VMS2001
                }
            }
            """,
        ["TextForAnEarlierRecordWithoutInterpolation"] = """
            [Spliceable]
            public partial struct Line
            {
                public long Number;
                public SpliceText Text;
            }

            public static class Texts
            {
                public static void Run(RecordWriter<Line> writer, string user)
                {
                    ref Line first = ref writer.Next();
                    first.Number = 1;
                    writer.Next().Number = 2;
                    first.Text = writer.AddText(user); //~VMS2003
                }
            }
            """,
        ["EarlierRecordReadInACondition"] = """
            public static class ReadInCondition
            {
                public static long Run(RecordWriter<Tick> writer, bool isUp)
                {
                    ref Tick first = ref writer.Next();
                    first.Time = 1;
                    writer.Next().Time = 2;
                    return isUp ? first.Time : 0; //~VMS2003
                }
            }
            """,
        ["EarlierRecordAddedToInACondition"] = """
            public static class AddedNumber
            {
                public static void Run(RecordWriter<Tick> writer, bool isUp)
                {
                    ref Tick first = ref writer.Next();
                    first.Time = 1;
                    writer.Next().Time = 2;
                    first.Time += isUp ? 1 : 2; //~VMS2003
                }
            }
            """,
    };
}
