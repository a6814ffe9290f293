using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Lifetime;

namespace VmSplice.AnalyzerCost;

/// <summary>Compiles a project, up to its diagnostics, with some analyzers or none.</summary>
internal sealed class Measured(IReadOnlyList<string> files)
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(SpliceWriter).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path))];

    public static ImmutableArray<DiagnosticAnalyzer> None { get; } = [];

    public static ImmutableArray<DiagnosticAnalyzer> Idle { get; } = [new IdleAnalyzer()];

    /// <summary>All of the package, beside the idle one.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Ours { get; } =
        [.. Idle, .. typeof(LifetimeAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!)];

    public int Lines { get; } = files.Sum(file => file.Count(c => c == '\n'));

    /// <summary>
    /// Milliseconds of processor time, which others on the machine disturb little, from the text to all diagnostics: a
    /// compilation without its output.
    /// </summary>
    public double Compile(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generated",
            files.AsParallel().AsOrdered().Select((text, i) => CSharpSyntaxTree.ParseText(text, s_parse, $"File{i}.cs")),
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        ImmutableArray<Diagnostic> diagnostics = analyzers.IsEmpty
            ? compilation.GetDiagnostics()
            : compilation.WithAnalyzers(analyzers, new AnalyzerOptions([])).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        double elapsed = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        Diagnostic? wrong = diagnostics.FirstOrDefault(one => one.Severity >= DiagnosticSeverity.Warning);
        return wrong is null ? elapsed : throw new InvalidOperationException($"The generated project should be right: {wrong}");
    }
}
