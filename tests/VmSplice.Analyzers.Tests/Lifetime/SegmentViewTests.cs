using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Texts and lists of a buffer are views of its pages: their members are accesses, also through a variable.</summary>
public sealed class SegmentViewTests
{
    [Theory]
    [InlineData("""
        Order order = Order.Rent(writer);
        order.Customer.Set("Ann");
        order.Customer.Append($" no. {_sum}");
        ref Line line = ref order.Lines.Add();
        line.Price = 2;
        line.Count = 3;
        order.Lines.AddRange(new Line { Count = 1 }, new Line { Count = 2 });
        writer.Send(order);
        """)]
    [InlineData("""
        Order order = Order.Rent(writer);
        TextSegment customer = order.Customer;
        customer.Set("Ann");
        writer.Send(order);
        _sum += order.Customer.Length + customer.Length + order.Lines.Count + order.Lines.MaxLength;
        """)]
    [InlineData("""
        using Order order = Order.Receive(reader);
        _kept.Add(order.Customer.ToString());
        foreach (ref readonly Line line in order.Lines)
        {
            _sum += line.Count;
        }
        """)]
    [InlineData("""
        using Order order = Order.Allocate();
        while (reader.TryReceiveInto(order))
        {
            _sum += order.Customer.Utf8.IndexOf((byte)' ') + order.Note.Characters.Length;
            order.Lines.Clear();
        }
        """)]
    [InlineData("""
        Order order = Order.Rent(writer);
        Fill(order.Customer);
        writer.Send(order);
        order = Order.Rent(writer);
        order.Customer.Set("Bob");
        writer.Send(order);
        """)]
    [InlineData("""
        Order order = Order.Rent(writer);
        string customer = order.Customer.ToString();
        writer.Gift(order);
        _kept.Add(customer);
        """)]
    public Task Owned_Silent(string statements) => Lifetimes.Verify("VMS2001", Program(statements));

    [Theory]
    [InlineData("writer.Send(order); {|VMS2001:order.Customer|}.Set(\"Ann\");")]
    [InlineData("writer.Gift(order); {|VMS2001:order.Customer|}.Append($\"no. {_sum}\");")]
    [InlineData("writer.Send(order); {|VMS2001:order.Lines|}.Add();")]
    [InlineData("writer.Send(order); {|VMS2001:order.Lines|}.Add(new Line { Count = 1 });")]
    [InlineData("ref Line line = ref order.Lines.Add(); writer.Send(order); {|VMS2001:line.Count|} = 1;")]
    [InlineData("ListSegment<Line> lines = order.Lines; writer.Send(order); {|VMS2001:lines|}.Clear();")]
    [InlineData("Span<Line> lines = order.Lines.Items; writer.Send(order); {|VMS2001:lines[0].Count|} = 1;")]
    [InlineData("writer.Send(order); Fill({|VMS2001:order.Customer|});")]
    [InlineData("writer.Send(order); _kept.Add({|VMS2002:order.Customer|}.ToString());")]
    [InlineData("ReadOnlySpan<byte> text = order.Customer.Utf8; writer.Send(order); _sum += {|VMS2002:text[0]|};")]
    [InlineData("order.Dispose(); _sum += {|VMS2002:order.Note.Characters|}.Length;")]
    [InlineData("writer.Send(order); foreach (Line line in {|VMS2002:order.Lines|}) { _sum += line.Count; }")]
    [InlineData("if (_sum > 3) { writer.Send(order); } {|VMS2004:order.Note|}.Set(\"late\"); order.Dispose();")]
    public Task BehindTheSend_Reported(string statements) => Lifetimes.Verify("-", Program($"Order order = Order.Rent(writer);\n{statements}"));

    private static string Program(string statements) => $$"""
        [Spliceable]
        public partial struct Line
        {
            public double Price;
            public int Count;
            public int Article;
        }

        [Spliceable]
        public sealed partial class Order
        {
            [Segment] public partial ref long Number { get; }
            [Segment(MaxLength = 100)] public partial TextSegment Customer { get; }
            [Segment(MaxLength = 1000)] public partial CharSegment Note { get; }
            [Segment(MaxLength = 50)] public partial ListSegment<Line> Lines { get; }
        }

        public class Subject(SpliceWriter writer, SpliceReader reader)
        {
            private readonly List<string> _kept = [];
            private long _sum;

            public long M()
            {
                {{statements}}
                return _sum + _kept.Count + writer.GetHashCode() + reader.GetHashCode();
            }

            private static void Fill(TextSegment text) => text.Set("filled");
        }
        """;
}
