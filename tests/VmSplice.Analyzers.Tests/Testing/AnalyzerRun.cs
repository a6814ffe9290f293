using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>Runs analyzers over a compilation. An exception in an analyzer (AD0001) fails the test.</summary>
internal static class AnalyzerRun
{
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsOfAsync(
        Compilation compilation, AnalyzerTestOptions options, params DiagnosticAnalyzer[] analyzers)
    {
        var crashes = new ConcurrentBag<string>();
        var run = new CompilationWithAnalyzersOptions(
            EditorConfig.ToAnalyzerOptions(options),
            onAnalyzerException: (exception, analyzer, _) => crashes.Add($"{analyzer.GetType().Name}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        DiagnosticAnalyzer[] oracle = analyzers.Any(one => one is LifetimeAnalyzer) ? [new StraightUseOracle()] : [];
        ImmutableArray<Diagnostic> diagnostics =
            await compilation.WithAnalyzers([.. analyzers, .. oracle], run).GetAnalyzerDiagnosticsAsync();
        if (!crashes.IsEmpty)
        {
            Assert.Fail("AD0001: " + string.Join('\n', crashes));
        }

        FindingsLog.Add(compilation, analyzers, diagnostics);
        return [.. diagnostics
            .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan.Start)
            .ThenBy(d => d.Id, StringComparer.Ordinal)];
    }
}
