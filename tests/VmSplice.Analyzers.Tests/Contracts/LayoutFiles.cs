using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>Layout files for tests: as the fix would write them, and what the rule says of a source beside one.</summary>
internal static class LayoutFiles
{
    public const string At = "/test/VmSplice.Layouts.txt";

    public static AnalyzerTestOptions With(string layouts) => new() { AdditionalFiles = [(At, layouts)] };

    /// <summary>The file in which everything of a source is recorded.</summary>
    public static async Task<string> OfAsync(string source)
    {
        var text = SourceText.From("");
        foreach (Diagnostic diagnostic in await ReportedAsync(source, ""))
        {
            text = LayoutFileEdit.Replace(
                text, diagnostic.Properties[FindingProperties.RecordedType]!, diagnostic.Properties[FindingProperties.Layouts]!);
        }

        return text.ToString();
    }

    public static Task<ImmutableArray<Diagnostic>> ReportedAsync(string source, string layouts)
    {
        AnalyzerTestOptions options = With(layouts);
        Compilation compilation = TestCompilation.Create(source, options);
        TestCompilation.AssertNoErrors(compilation, "The test source");
        return AnalyzerRun.DiagnosticsOfAsync(compilation, options, new RecordedLayoutAnalyzer());
    }
}
