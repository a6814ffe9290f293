using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Raw;

/// <summary>The code on the pages of VMS3001 to VMS3007 and VMS4001 to VMS4007 is what the pages say: bad for that rule alone, or good for all.</summary>
public sealed partial class RulePagesTests
{
    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Page_BadCodeIsReportedAndGoodCodeIsNot(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Pages(), $"{id}.md"));
        Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
        var blocks = Block().Matches(page);
        Assert.Contains(blocks, block => block.Groups["bad"].Success);
        Assert.Contains(blocks, block => !block.Groups["bad"].Success);
        foreach (Match block in blocks)
        {
            Compilation compilation = TestCompilation.Create(block.Groups["code"].Value, RawSource.Options);
            TestCompilation.AssertNoErrors(compilation, $"The code on the page of {id}");
            var reported = await AnalyzerRun.DiagnosticsOfAsync(
                compilation, RawSource.Options,
                new SegmentAnalyzer(), new RawResultAnalyzer(), new UselessFlagAnalyzer(), new ErrorNumberAnalyzer(), new ForwardedStreamAnalyzer());
            string[] expected = block.Groups["bad"].Success ? [id] : [];
            Assert.Equal(expected, reported.Select(diagnostic => diagnostic.Id));
        }
    }

    public static TheoryData<string> Ids() =>
        [.. Enumerable.Range(3001, 7).Concat(Enumerable.Range(4001, 7)).Select(number => $"VMS{number}")];

    private static string Pages([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "rules");

    [GeneratedRegex(@"^```csharp(?<bad> bad VMS\d+)?\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
