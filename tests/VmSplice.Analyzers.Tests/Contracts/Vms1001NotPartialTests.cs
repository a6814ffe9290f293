using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1001NotPartialTests
{
    private const string Id = "VMS1001";

    [Theory]
    [InlineData("[Spliceable] public struct [|Record|] { public int Id; }")]
    [InlineData("[Spliceable] public record struct [|Record|](int Id);")]
    [InlineData("[Spliceable] public readonly struct [|Record|] { public readonly int Id; }")]
    [InlineData("public class [|Outer|] { [Spliceable] public partial struct Record { public int Id; } }")]
    [InlineData("public partial class Outermost { public record [|Outer|] { [Spliceable] private partial struct Record { public int Id; } } }")]
    [InlineData("public struct [|Outer|] { [Spliceable] internal struct [|Record|] { public int Id; } }")]
    [InlineData("public interface [|IOuter|] { [Spliceable] partial struct Record { public int Id; } }")]
    [InlineData("namespace N { static class [|A|] { static class [|B|] { [Spliceable] public struct [|Record|] { public int Id; } } } }")]
    public Task TypeOrContainerNotPartial_Reported(string source) => ContractTest.VerifyAsync(Id, source);

    [Theory]
    [InlineData("[Spliceable] public partial struct Record { public int Id; }")]
    [InlineData("[Spliceable] internal partial record struct Record(int Id);")]
    [InlineData("public struct Record { public int Id; }")]
    [InlineData("public partial class Outer { [Spliceable] public partial struct Record { public int Id; } }")]
    [InlineData("public partial interface IOuter { [Spliceable] private protected partial struct Record { public int Id; } }")]
    [InlineData("[Spliceable] public partial struct Record { public int Id; } public partial struct Record { public readonly int Twice => 2 * Id; }")]
    [InlineData("public class Other { public struct Record { public int Id; } }")]
    public Task AllPartial_NotReported(string source) => ContractTest.VerifyAsync(Id, source);

    [Fact]
    public async Task TypeNotPartial_MessageNamesType()
    {
        AnalyzerResult result = await ContractTest.VerifyAsync(Id, "[Spliceable] public struct [|Tick|] { public int Id; }");
        Assert.Equal("'Tick' must be partial: the generator adds to it", result.Message);
    }

    [Fact]
    public async Task ContainerNotPartial_MessageNamesBoth()
    {
        AnalyzerResult result = await ContractTest.VerifyAsync(Id, "class [|Feed|] { [Spliceable] public partial struct Tick { public int Id; } }");
        Assert.Equal("'Feed' must be partial: the generator adds to 'Tick' inside it", result.Message);
    }

    [Fact]
    public Task OnePartOfTwoNotPartial_ReportedThere()
        => ContractTest.VerifyErrorsAllowedAsync(Id, "[Spliceable] partial struct Record { public int Id; } struct [|Record|] { }");
}
