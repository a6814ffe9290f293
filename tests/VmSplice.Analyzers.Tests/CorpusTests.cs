using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Tests.Documentation;
using VmSplice.Analyzers.Tests.Lifetime;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests;

/// <summary>No rule of any family says a word, error or warning, about correct programs.</summary>
public sealed class CorpusTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "VmSplice.Analyzers.Tests", "Corpus");

    public static TheoryData<string> Programs
        => [.. Directory.EnumerateFiles(s_folder, "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> BufferUsages => [.. CorrectUsages.All.Select(one => one.Name)];

    public static TheoryData<string> RawUsages => [.. Raw.CorrectUsageTests.Sources.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task CorrectProgram_IsSilent(string file)
        => await AssertSilentAsync(await File.ReadAllTextAsync(Path.Combine(s_folder, file)), AnalyzerTestOptions.Default);

    /// <summary>What one family's tests hold for correct, the other families must not report either.</summary>
    [Theory]
    [MemberData(nameof(BufferUsages))]
    public Task CorrectUseOfBuffers_IsSilentInEveryFamily(string name)
        => AssertSilentAsync(CorrectUsages.All.Single(one => one.Name == name).Source, AnalyzerTestOptions.Default);

    /// <summary>What one family's tests hold for correct, the other families must not report either.</summary>
    [Theory]
    [MemberData(nameof(RawUsages))]
    public Task CorrectUseOfTheRawCall_IsSilentInEveryFamily(string name)
        => AssertSilentAsync(RawSource.Method("", Raw.CorrectUsageTests.Sources[name]), RawSource.Options);

    [Fact]
    public void Corpus_HasAtLeast150Usages()
        => Assert.InRange(Directory.EnumerateFiles(s_folder, "*.cs").Sum(file => UsagesIn(File.ReadAllText(file))), 150, int.MaxValue);

    /// <summary>Methods, constructors and accessors that call the package, or a <c>vmsplice</c> of their own.</summary>
    private static int UsagesIn(string source)
    {
        Compilation compilation = TestCompilation.Create(source, AnalyzerTestOptions.Default);
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == TestCompilation.MainFile);
        SemanticModel model = compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => model.GetSymbolInfo(call).Symbol is { } called
                && (called.ContainingAssembly?.Name == "VmSplice" || called.Name is "vmsplice" or "SpliceSegments"
                    || called is IMethodSymbol { MethodKind: MethodKind.FunctionPointerSignature }))
            .Select(call => call.FirstAncestorOrSelf<SyntaxNode>(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                or PropertyDeclarationSyntax or FieldDeclarationSyntax))
            .Distinct()
            .Count();
    }

    private static async Task AssertSilentAsync(string source, AnalyzerTestOptions options)
    {
        Compilation compilation = TestCompilation.Create(source, options);
        TestCompilation.AssertNoErrors(compilation, "The program");
        ImmutableArray<Diagnostic> reported = await AnalyzerRun.DiagnosticsOfAsync(compilation, options, PackageAnalyzers.All);
        Diagnostic[] wrong = [.. reported.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Select(diagnostic => diagnostic.ToString())));
    }
}
