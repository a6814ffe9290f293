using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The code on the rules' pages compiles and is what the pages say: bad for that rule alone, or good for all.</summary>
public sealed class RulePagesTests
{
    public static TheoryData<string> Ids
        => [.. Directory.EnumerateFiles(Repository.RulePages, "VMS*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task BadCode_IsReportedByThatRuleAlone(string id)
    {
        MarkdownBlock[] bad = [.. CodeOf(id).Where(block => block.BrokenRule is not null)];
        // VMS1010 takes a second generator, VMS1013 a layout file; what exceeds the bounds of VMS9999 is longer than a page.
        Assert.True(bad.Length > 0 || id is "VMS1010" or "VMS1013" or "VMS9999", $"{id}.md has no bad code.");
        foreach (MarkdownBlock block in bad)
        {
            Assert.Equal(id, block.BrokenRule);
            ImmutableArray<Diagnostic> reported = await CompiledBlock.ReportedAsync(block);
            Assert.True(
                reported.Length > 0 && reported.All(diagnostic => diagnostic.Id == id),
                $"{block} should break {id} alone, and gives:\n{string.Join('\n', reported)}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task GoodCode_IsNotReported(string id)
    {
        MarkdownBlock[] good = [.. CodeOf(id).Where(block => block.BrokenRule is null)];
        Assert.NotEmpty(good);
        foreach (MarkdownBlock block in good)
        {
            ImmutableArray<Diagnostic> reported = await CompiledBlock.ReportedAsync(block);
            Assert.True(reported.IsEmpty, $"{block} should break no rule, and gives:\n{string.Join('\n', reported)}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_BeginsWithWhatHappensAtRunTime(string id)
    {
        string[] lines = [.. File.ReadLines(Path.Combine(Repository.RulePages, $"{id}.md")).Where(line => line.Length > 0)];
        Assert.StartsWith("Category: ", lines[1], StringComparison.Ordinal);
        Assert.False(lines[2].StartsWith('#'), $"{id}.md does not say at its top what goes wrong.");
    }

    private static IEnumerable<MarkdownBlock> CodeOf(string id) => CompiledBlock.CSharpIn(Path.Combine(Repository.RulePages, $"{id}.md"));
}
