using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>Lengths in tuples, structures and records are followed as those in variables are, and forgotten where others may have written them.</summary>
public sealed class AggregateTests
{
    private const string Types = """
        struct Layout
        {
            public nuint Body;
            public Inner Inner;
            public nuint Whole { get; set; }
            public void Grow() => Body = 65536;
        }
        struct Inner { public nuint Length; }
        readonly record struct Part(int Offset, nuint Length);
        sealed record Named(string Name, nuint Length);
        [StructLayout(LayoutKind.Explicit)] struct Union { [FieldOffset(0)] public nuint A; [FieldOffset(0)] public nuint B; }
        static (nuint Body, int Kind) Pair() => (100, 1);
        static void Change(ref Layout one) => one.Body = 65536;
        static void ChangePart(ref nuint body) => body = 65536;
        """;

    [Theory]
    [InlineData("Layout l = default; l.Body = 100;", "[|l.Body|]")]
    [InlineData("var l = new Layout { Body = 100 };", "[|l.Body|]")]
    [InlineData("Layout l = default; l.Inner.Length = 100; Layout m = l; l.Inner.Length = 65536;", "[|m.Inner.Length|]")]
    [InlineData("Layout l = default; l.Whole = 100;", "[|l.Whole|]")]
    [InlineData("Layout l = default; l.Body = 4000; l.Body += 100;", "[|l.Body|]")]
    [InlineData("(nuint Body, int Kind) l = (100, 1);", "[|l.Body|]")]
    [InlineData("var l = (Body: (nuint)100, Kind: 1); l.Kind = 65536;", "[|l.Body|]")]
    [InlineData("var l = Pair();", "[|l.Item1|]")]
    [InlineData("var (body, kind) = Pair(); kind++;", "[|body|]")]
    [InlineData("Layout l = default; (l.Body, int kind) = Pair(); kind++;", "[|l.Body|]")]
    [InlineData("var l = new Part(0, 100);", "[|l.Length|]")]
    [InlineData("var l = new Named(\"body\", 100);", "[|l.Length|]")]
    [InlineData("Layout l = default; if (fd > 3) { l.Body = 100; } else { l.Body = 200; }", "[|l.Body|]")]
    public async Task PartOfAPage_Reported(string statements, string length) => await VerifyAsync(statements, length);

    [Theory]
    [InlineData("Layout l = default; l.Body = 100; l.Body = 65536;", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; l.Grow();", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; Change(ref l);", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; ChangePart(ref l.Body);", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; ref Layout r = ref l; r.Body = 65536;", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; ref nuint r = ref l.Body; r = 65536;", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; Layout* q = &l; q->Body = 65536;", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; nuint* q = &l.Body; *q = 65536;", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; Action grow = () => l.Body = 65536; grow();", "l.Body")]
    [InlineData("Layout l = default; l.Body = 100; Action grow = () => l.Grow(); grow();", "l.Body")]
    [InlineData("Layout l = default; l.Body = fd > 3 ? (nuint)100 : 65536; if (l.Body < 65536) { return; }", "l.Body")]
    [InlineData("Layout l = default; l.Body = length; if (l.Body % (nuint)Environment.SystemPageSize != 0) { return; }", "l.Body")]
    [InlineData("Union l = default; l.A = 100; l.B = 65536;", "l.A")]
    [InlineData("var l = (Body: (nuint)100, Kind: 1); l.Body = 65536;", "l.Item1")]
    [InlineData("var l = new Part(0, 100); l = l with { Length = 65536 };", "l.Length")]
    [InlineData("var l = new Part(0, 65536); var m = l with { Length = 100 }; l = l with { Offset = (int)m.Length };", "l.Length")]
    [InlineData("var l = new Named(\"body\", 100) { Length = 65536 };", "l.Length")]
    [InlineData("Layout l = default; l.Body = 100; for (int i = 0; i < 3; i++) { l.Body += 100; }", "l.Body")]
    public async Task WrittenElsewhere_IsSilent(string statements, string length) => await VerifyAsync(statements, length);

    private static async Task VerifyAsync(string statements, string length)
        => await RawSource.VerifyAsync<SegmentAnalyzer>(
            "VMS3002", $"{statements} _ = RawPipe.VmSplice(pipe, new IoVec(p, {length}), SpliceFlags.Gift);", Types);
}
