using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>What generator, compiler and rules say of code in a Markdown file.</summary>
internal static class CompiledBlock
{
    public static IEnumerable<MarkdownBlock> CSharpIn(string path) => MarkdownBlocks.Of(path).Where(block => block.Language == "csharp");

    /// <summary>The diagnostics of all rules; fails where the code does not even compile.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportedAsync(MarkdownBlock block)
    {
        Compilation compilation = TestCompilation.Create(block.Code, AnalyzerTestOptions.Default);
        TestCompilation.AssertNoErrors(compilation, block.ToString());
        return await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, PackageAnalyzers.All);
    }
}
