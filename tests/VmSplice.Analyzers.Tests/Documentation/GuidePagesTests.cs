using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The code of the guides compiles as it stands, and breaks no rule.</summary>
public sealed class GuidePagesTests
{
    [Theory]
    [InlineData("forwarding.md", 4)]
    [InlineData("buffers.md", 3)]
    public async Task Code_CompilesAndBreaksNoRule(string page, int blocks)
    {
        MarkdownBlock[] code = [.. MarkdownBlocks.Of(Path.Combine(Repository.Root, "docs", page)).Where(block => block.Language == "csharp")];
        Assert.Equal(blocks, code.Length);
        foreach (MarkdownBlock block in code)
        {
            Compilation compilation = TestCompilation.Create(block.Code, AnalyzerTestOptions.Default);
            TestCompilation.AssertNoErrors(compilation, block.ToString());
            ImmutableArray<Diagnostic> reported = await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, PackageAnalyzers.All);
            Assert.True(reported.IsEmpty, $"{block} should break no rule, and gives:\n{string.Join('\n', reported)}");
        }
    }
}
