using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>
/// Compiles a marked source, runs analyzers and compares what they report with the marks, by ID and span.
/// </summary>
internal static class AnalyzerTest
{
    /// <summary>Compares every diagnostic of one analyzer with the marks in the source.</summary>
    public static Task<AnalyzerResult> VerifyAsync<TAnalyzer>(string source, AnalyzerTestOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => VerifyAsync(source, options, new TAnalyzer());

    /// <summary>The same with the ID that <c>[|…|]</c> stands for.</summary>
    public static Task<AnalyzerResult> VerifyRuleAsync<TAnalyzer>(string id, string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => VerifyAsync(source, new AnalyzerTestOptions { Id = id }, new TAnalyzer());

    /// <summary>The same with several analyzers at once.</summary>
    public static async Task<AnalyzerResult> VerifyAsync(
        string source, AnalyzerTestOptions? options, params DiagnosticAnalyzer[] analyzers)
    {
        options ??= AnalyzerTestOptions.Default;
        Markup markup = Markup.Parse(source, options.Id ?? SingleId(analyzers));
        Compilation compilation = TestCompilation.Create(markup.Text, options);
        if (!options.AllowCompilerErrors)
        {
            TestCompilation.AssertNoErrors(compilation, "The test source");
        }

        ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.DiagnosticsOfAsync(compilation, options, analyzers);
        Compare(markup, diagnostics);
        return new AnalyzerResult(markup, diagnostics);
    }

    private static void Compare(Markup markup, ImmutableArray<Diagnostic> diagnostics)
    {
        List<string> expected = [.. markup.Expected.Select(mark => Show(markup.Text, mark.Id, mark.Span, null)).Order(StringComparer.Ordinal)];
        List<string> actual =
            [.. diagnostics.Select(d => Show(d.Location.SourceTree?.ToString() ?? markup.Text, d.Id, d.Location.SourceSpan, null))
                .Order(StringComparer.Ordinal)];
        if (!expected.SequenceEqual(actual))
        {
            IEnumerable<string> messages =
                diagnostics.Select(d => Show(d.Location.SourceTree?.ToString() ?? markup.Text, d.Id, d.Location.SourceSpan, d.GetMessage(null)));
            Assert.Fail($"expected:\n  {string.Join("\n  ", expected)}\nreported:\n  {string.Join("\n  ", messages)}\nin:\n{markup.Text}");
        }
    }

    private static string Show(string text, string id, TextSpan span, string? message)
    {
        SourceText source = SourceText.From(text);
        LinePosition start = source.Lines.GetLinePosition(span.Start);
        string shown = $"{id} ({start.Line + 1},{start.Character + 1}) «{source.ToString(span)}»";
        return message is null ? shown : $"{shown} {message}";
    }

    private static string? SingleId(DiagnosticAnalyzer[] analyzers)
    {
        string[] ids = [.. analyzers.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).Distinct()];
        return ids.Length == 1 ? ids[0] : null;
    }
}
