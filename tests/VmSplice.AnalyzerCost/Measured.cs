using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using VmSplice.Analyzers.Lifetime;

namespace VmSplice.AnalyzerCost;

/// <summary>Builds a project in this process, or analyses it with some analyzers, and says how much time that took.</summary>
/// <remarks>
/// Processor time of the whole process, all threads: analysis runs concurrently, as in the compiler, and whatever else the
/// machine does disturbs it little. Garbage of the step before is collected before the clock starts.
/// </remarks>
internal sealed class Measured(IReadOnlyList<string> files)
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    /// <summary>The framework that runs this, and the runtime of the package.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(SpliceWriter).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];

    /// <summary>All analyzers of the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Ours { get; } =
        [.. typeof(LifetimeAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!)];

    public int Lines { get; } = files.Sum(file => file.Count(c => c == '\n'));

    /// <summary>Milliseconds from the text to the assembly: parse, bind, emit. No analyzer.</summary>
    public double Build() => Clocked(() =>
    {
        EmitResult result = Parse().Emit(Stream.Null);
        Check(result.Diagnostics);
    });

    /// <summary>What the compiler's own telemetry says of these analyzers: what each registered, and the time in it.</summary>
    public IReadOnlyDictionary<DiagnosticAnalyzer, AnalyzerTelemetry> Telemetry(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        AnalysisResult result = With(analyzers, measures: true).GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        Check(result.GetAllDiagnostics());
        return result.AnalyzerTelemetryInfo.ToDictionary(pair => pair.Key, pair => new AnalyzerTelemetry(pair.Value));
    }

    /// <summary>Why an analysis gave up (VMS9999); null where none did.</summary>
    public string? GaveUp(ImmutableArray<DiagnosticAnalyzer> analyzers) => With(analyzers, measures: false)
        .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
        .FirstOrDefault(one => one.Id == "VMS9999")?.GetMessage(CultureInfo.InvariantCulture);

    private CompilationWithAnalyzers With(ImmutableArray<DiagnosticAnalyzer> analyzers, bool measures) => Parse().WithAnalyzers(
        analyzers,
        new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: measures));

    private CSharpCompilation Parse() => CSharpCompilation.Create(
        "Generated",
        files.AsParallel().AsOrdered().Select((text, i) => CSharpSyntaxTree.ParseText(text, s_parse, $"File{i}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

    private static double Clocked(Action step)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        step();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }

    private static void Check(ImmutableArray<Diagnostic> diagnostics)
    {
        if (diagnostics.FirstOrDefault(one => one.Severity >= DiagnosticSeverity.Warning) is { } wrong)
        {
            throw new InvalidOperationException($"The generated project should be right: {wrong}");
        }
    }
}
