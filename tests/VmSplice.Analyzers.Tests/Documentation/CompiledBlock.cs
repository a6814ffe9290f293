using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>What generator, compiler and rules say of code in a Markdown file.</summary>
internal static class CompiledBlock
{
    /// <summary>A new project: whoever copies a block gets the SDK's usings, and no more.</summary>
    private static readonly AnalyzerTestOptions s_newProject = new() { ImplicitRuntime = false };

    /// <summary>Rules that say better what the compiler says too.</summary>
    private static readonly string?[] s_brokenForTheCompiler = ["VMS1012"];

    public static IEnumerable<MarkdownBlock> CSharpIn(string path) => MarkdownBlocks.Of(path).Where(block => block.Language == "csharp");

    /// <summary>The diagnostics of all rules; fails where the code does not even compile.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportedAsync(MarkdownBlock block)
    {
        Compilation compilation = TestCompilation.Create(block.Code, s_newProject);
        if (!s_brokenForTheCompiler.Contains(block.BrokenRule))
        {
            TestCompilation.AssertNoErrors(compilation, block.ToString());
        }

        return await AnalyzerRun.DiagnosticsOfAsync(compilation, s_newProject, PackageAnalyzers.All);
    }
}
