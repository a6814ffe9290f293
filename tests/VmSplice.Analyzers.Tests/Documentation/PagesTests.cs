using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The code in README and in the pages of docs compiles, and no rule has anything against it.</summary>
public sealed class PagesTests
{
    public static TheoryData<string> Pages
        => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Where(page => CodeOf(page).Any())
            .Select(page => Path.GetRelativePath(Repository.Root, page))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Code_CompilesAndIsNotReported(string page)
    {
        foreach (MarkdownBlock block in CodeOf(Path.Combine(Repository.Root, page)))
        {
            Compilation compilation = TestCompilation.Create(block.Code, AnalyzerTestOptions.Default);
            TestCompilation.AssertNoErrors(compilation, block.ToString());
            ImmutableArray<Diagnostic> reported = await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, PackageAnalyzers.All);
            Assert.True(reported.IsEmpty, $"{block} should break no rule, and gives:\n{string.Join('\n', reported)}");
        }
    }

    private static IEnumerable<MarkdownBlock> CodeOf(string page)
        => MarkdownBlocks.Of(page).Where(block => block.Language == "csharp");
}
