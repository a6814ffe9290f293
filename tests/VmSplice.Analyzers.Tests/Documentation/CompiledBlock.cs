using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>What generator, compiler and rules say of code in a Markdown file.</summary>
internal static class CompiledBlock
{
    /// <summary>A new project: whoever copies a block gets the SDK's usings, and no more.</summary>
    private static readonly AnalyzerTestOptions s_newProject = new() { ImplicitRuntime = false };

    /// <summary>Packages that a block may use beside ours: whoever copies it adds them too. They lie beside this test.</summary>
    private static readonly string[] s_otherPackages = ["Microsoft.Extensions.", "OpenTelemetry."];

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_otherReferences = new(() =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => s_otherPackages.Any(package => Path.GetFileName(file).StartsWith(package, StringComparison.Ordinal)))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ]);

    /// <summary>Rules that say better what the compiler says too.</summary>
    private static readonly string?[] s_brokenForTheCompiler = ["VMS1012"];

    /// <summary>The blocks of C#, and the files of C# that a block of shell writes.</summary>
    public static IEnumerable<MarkdownBlock> CSharpIn(string path)
        => MarkdownBlocks.Of(path).SelectMany(block => block.Language switch
        {
            "csharp" => [block],
            "sh" => MarkdownBlocks.FilesWrittenBy(block, ".cs").Select(file => file with { Words = ["csharp"] }),
            _ => Enumerable.Empty<MarkdownBlock>(),
        });

    /// <summary>The diagnostics of all rules; fails where the code does not even compile.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportedAsync(MarkdownBlock block)
    {
        AnalyzerTestOptions project = s_otherPackages.Any(package => block.Code.Contains($"using {package}", StringComparison.Ordinal))
            ? s_newProject with { OtherReferences = s_otherReferences.Value }
            : s_newProject;
        Compilation compilation = TestCompilation.Create(block.Code, project);
        if (!s_brokenForTheCompiler.Contains(block.BrokenRule))
        {
            TestCompilation.AssertNoErrors(compilation, block.ToString());
        }

        return await AnalyzerRun.DiagnosticsOfAsync(compilation, project, PackageAnalyzers.All);
    }
}
