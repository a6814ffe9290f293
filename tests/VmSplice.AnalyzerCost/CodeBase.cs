using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Generators;

namespace VmSplice.AnalyzerCost;

/// <summary>
/// Runs the generator and all analyzers over a folder of sources that somebody else wrote. Its packages are missing, so much
/// of it does not bind: as good as code that is being typed.
/// </summary>
internal sealed class CodeBase(string folder)
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14,
        preprocessorSymbols: ["NET", "NET8_0_OR_GREATER", "NET10_0", "NET10_0_OR_GREATER", "NETCOREAPP", "HAVE_ASYNC", "HAVE_LINQ"]);

    // Names the surface, so that the analyzers look at the rest.
    private const string Awake = "namespace AwakeForMeasuring { internal sealed class Holder { public VmSplice.PageBuffer<int>? Pages; } }";

    private readonly ImmutableArray<SyntaxTree> _trees =
        [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).AsParallel().AsOrdered()
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), s_parse, file))];

    /// <summary>What somebody reads: each finding with its line.</summary>
    public bool CheckForFalseAlarms()
    {
        Console.WriteLine($"{_trees.Length:N0} files, {_trees.Sum(tree => tree.GetText().Lines.Count):N0} lines, {Bodies(_trees):N0} bodies");
        return Check("as it is", _trees, lists: true) & CheckPooledArrays();
    }

    public bool Check()
        => CheckForFalseAlarms() & Check("with pages followed through every method", [.. _trees.AsParallel().AsOrdered().Select(SeededPages.In)], lists: false);

    private bool CheckPooledArrays()
    {
        var rewriter = new PooledArrays();
        ImmutableArray<SyntaxTree> trees = [.. _trees.Select(rewriter.In)];
        SyntaxTree standIns = CSharpSyntaxTree.ParseText(PooledArrays.StandIns, s_parse, "Pool.cs");
        return Check($"with {rewriter.Changed:N0} arrays of a pool as buffers that are sent", trees.Add(standIns), lists: true);
    }

    private static bool Check(string what, ImmutableArray<SyntaxTree> sources, bool lists)
    {
        Compilation compilation = CSharpCompilation.Create(
            "CodeBase", sources.Add(CSharpSyntaxTree.ParseText(Awake, s_parse, "Awake.cs")), Measured.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        CSharpGeneratorDriver.Create([new SpliceableGenerator().AsSourceGenerator()], parseOptions: s_parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        int errors = compilation.GetDiagnostics().Count(one => one.Severity == DiagnosticSeverity.Error);
        TimeSpan bound = Environment.CpuUsage.TotalTime;
        ImmutableArray<Diagnostic> found = compilation
            .WithAnalyzers(Measured.Ours, new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        TimeSpan analysed = Environment.CpuUsage.TotalTime;

        int crashes = found.Count(one => one.Id == "AD0001");
        int gaveUp = found.Count(one => one.Id == "VMS9999");
        Console.WriteLine($"{what}: {errors:N0} errors of the compiler; "
            + $"{(bound - start).TotalSeconds:F1} s to bind, {(analysed - bound).TotalSeconds:F1} s to bind and analyse (processor time)");
        Console.WriteLine($"  AD0001 (a crash): {crashes}; VMS9999 (gave up): {gaveUp}, {(double)gaveUp / Bodies(sources) * 100:F3} % of the bodies");
        foreach (IGrouping<string, Diagnostic> rule in found.Where(one => one.Id != "AD0001").GroupBy(one => one.Id)
            .OrderBy(rule => rule.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {rule.Key}: {rule.Count():N0}");
        }

        foreach (Diagnostic one in found.Where(one => one.Id is "AD0001" or "VMS9999").Take(10).Concat(lists ? found.Where(IsReported) : []))
        {
            int line = one.Location.GetLineSpan().StartLinePosition.Line;
            Console.WriteLine($"    {one}\n      {one.Location.SourceTree?.GetText().Lines[line].ToString().Trim()}");
        }

        return crashes == 0;
    }

    private static bool IsReported(Diagnostic one) => one.Id.StartsWith("VMS", StringComparison.Ordinal) && one.Severity >= DiagnosticSeverity.Warning;

    private static int Bodies(ImmutableArray<SyntaxTree> sources) => sources.AsParallel().Sum(tree
        => tree.GetRoot().DescendantNodes()
            .Count(node => node is BaseMethodDeclarationSyntax { Body: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null }
            or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null }));
}
