using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Raw;

/// <summary>Correct, realistic use of the raw call: no rule of this family has anything to say.</summary>
public sealed partial class CorrectUsageTests
{
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task CorrectUse_IsSilent(string name)
        => await AnalyzerTest.VerifyAsync(
            RawSource.Method("", Sources[name]), RawSource.Options,
            new SegmentAnalyzer(), new RawResultAnalyzer(), new UselessFlagAnalyzer(), new ErrorNumberAnalyzer(), new ForwardedStreamAnalyzer());

    public static TheoryData<string> Cases() => [.. Sources.Keys];

    internal static Dictionary<string, string> Sources { get; } = new([.. Transfers, .. Segments, .. Pipes]);
}
