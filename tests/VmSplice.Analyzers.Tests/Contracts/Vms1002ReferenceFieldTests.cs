using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1002ReferenceFieldTests
{
    private const string Id = "VMS1002";

    [Theory]
    [InlineData("public string [|Name|];")]
    [InlineData("public int[] [|Values|];")]
    [InlineData("public object [|Any|];")]
    [InlineData("public int Id; public List<int> [|Values|] { get; set; }")]
    [InlineData("public int* [|Next|];")]
    [InlineData("public void* [|Data|];")]
    [InlineData("public delegate*<int, int> [|Function|];")]
    [InlineData("public Action [|Callback|];")]
    [InlineData("public int Id; public event Action [|Changed|];")]
    [InlineData("public Microsoft.Win32.SafeHandles.SafeFileHandle [|File|];")]
    [InlineData("public GCHandle [|Pinned|];")]
    [InlineData("public RuntimeTypeHandle [|Type|];")]
    [InlineData("public Memory<byte> [|Bytes|];")]
    [InlineData("public CancellationToken [|Token|];")]
    [InlineData("public Names [|Names|];", "[InlineArray(2)] public struct Names { private string _first; }")]
    [InlineData("public string [|First|], [|Last|];")]
    [InlineData("private readonly IDisposable [|_owner|];")]
    public Task ReferencePointerOrHandle_Reported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Fact]
    public Task PositionalReference_ReportedAtParameter()
        => ContractTest.VerifyAsync(Id, "[Spliceable] public partial record struct Record(int Id, string [|Name|]);");

    [Fact]
    public Task Span_ReportedBesideCompiler()
        => ContractTest.VerifyErrorsAllowedAsync(Id, "[Spliceable] public partial struct Record { public Span<byte> [|Bytes|]; }");

    [Theory]
    [InlineData("public int Id; public static string Name = \"\";")]
    [InlineData("public int Id; public const string Name = \"\";")]
    [InlineData("public int Id; public readonly string Name => Id.ToString();")]
    [InlineData("public int Id; public static event Action Changed { add { } remove { } }")]
    [InlineData("public fixed byte Name[16];")]
    [InlineData("public Name Name;", "[InlineArray(16)] public struct Name { private char _first; }")]
    [InlineData("public int Id; public event Action Changed { add { } remove { } }")]
    [InlineData("public int Id; public readonly string Text(object any, int* pointer) => \"\";")]
    public Task NoSuchInstanceField_NotReported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Fact]
    public Task NotMarked_NotReported() => ContractTest.VerifyAsync(Id, "public struct Other { public string Name; }");

    [Theory]
    [InlineData("public string [|Name|];",
        "'Name' is a reference ('string'), which means nothing in another process; "
            + "use a 'SpliceText' in a record, or in a buffer '[Segment(MaxLength = …)] public partial TextSegment Name { get; }'")]
    [InlineData("public int[] [|Values|];",
        "'Values' is a reference to an array ('int[]'), which means nothing in another process; "
            + "use a 'SpliceList<int>' or an inline array in a record, or in a buffer '[Segment(MaxLength = …)] public partial Span<int> Values { get; }'")]
    [InlineData("public List<double> [|Prices|];",
        "'Prices' is a reference ('List<double>'), which means nothing in another process; "
            + "use a 'SpliceList<double>' or an inline array in a record, "
            + "or in a buffer '[Segment(MaxLength = …)] public partial ListSegment<double> Prices { get; }'")]
    [InlineData("public string[] [|Names|];",
        "'Names' is a reference to an array ('string[]'), which means nothing in another process; use an inline array or a fixed-size buffer")]
    [InlineData("public int* [|Next|];", "'Next' is the pointer 'int*', which means nothing in another process; store an offset or an index")]
    [InlineData("public Action [|Do|];", "'Do' is the delegate 'Action', which means nothing in another process; store an enum that says what to do")]
    [InlineData("public int Id; public event Action [|Changed|];",
        "'Changed' is an event (a delegate in a hidden field), which means nothing in another process; remove it, or make it static")]
    [InlineData("public GCHandle [|Pinned|];",
        "'Pinned' is a handle ('GCHandle'), which means nothing in another process; store an identifier that both processes know")]
    public async Task Reference_MessageNamesFieldTypeAndWayOut(string members, string message)
    {
        AnalyzerResult result = await ContractTest.VerifyFieldsAsync(Id, members);
        Assert.Equal(message, result.Message);
    }
}
