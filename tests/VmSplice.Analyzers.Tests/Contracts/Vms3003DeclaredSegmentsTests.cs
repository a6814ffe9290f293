using System.Globalization;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>VMS3003 at a declaration: more segments than one call takes.</summary>
public sealed class Vms3003DeclaredSegmentsTests
{
    private const string Id = "VMS3003";

    [Fact]
    public async Task MoreThanIovMax_ReportedWithTheirNumber()
        => Assert.Equal(
            "'Frame' declares 1,025 segments; the kernel takes at most 1,024 (IOV_MAX) in one call and fails with EINVAL beyond: join segments of one type, "
                + "or split the buffer",
            (await ContractTest.VerifyErrorsAllowedAsync(Id, Buffer("[|Frame|]", 1_025))).Message);

    [Fact]
    public Task IovMax_NotReported() => ContractTest.VerifyAsync(Id, Buffer("Frame", 1_024));

    private static string Buffer(string name, int segments)
    {
        IEnumerable<string> members = from i in Enumerable.Range(0, segments)
                                      select string.Create(CultureInfo.InvariantCulture, $"[Segment] public partial ref int S{i} {{ get; }}");
        return $"[Spliceable] public sealed partial class {name} {{ {string.Join(' ', members)} }}";
    }
}
