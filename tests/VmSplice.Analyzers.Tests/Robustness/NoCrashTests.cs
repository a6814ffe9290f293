using System.Diagnostics;
using CsCheck;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Robustness;

/// <summary>
/// Whatever the code: no analyzer and no generator throws, and each ends in time. CsCheck names the seed of a program that
/// fails; <c>GeneratedProgram.Of(seed)</c> and <c>MutatedSyntax.Of(source, seed)</c> make it again.
/// </summary>
public sealed class NoCrashTests
{
    /// <summary>Far beyond what any of these needs; a loop without end is what it is for.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    private static readonly AnalyzerTestOptions s_options = new() { AllowCompilerErrors = true, RunGenerator = true };

    private static readonly string[] s_sources =
    [
        .. CorrectUsages.All.Select(usage => usage.Source),
        .. Raw.CorrectUsageTests.Sources.Values.Select(statements => Raw.RawSource.Method("", statements)),
        GeneratedProgram.Of(7),
    ];

    [Fact]
    public void GeneratedPrograms_NothingThrows() => Gen.Int[0, int.MaxValue].Sample(seed => Analyze(GeneratedProgram.Of(seed)), iter: 150, threads: 2);

    [Fact]
    public void MutatedPrograms_NothingThrows()
        => Gen.Select(Gen.Int[0, s_sources.Length - 1], Gen.Int[0, int.MaxValue]).Sample(
            (source, seed) => Analyze(MutatedSyntax.Of(s_sources[source], seed)), iter: 300, threads: 2);

    /// <summary>The tables of the analysis are keyed by objects, whose order differs from run to run; what is reported must not.</summary>
    [Fact]
    public void GeneratedPrograms_SameReportsEachTime() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            string source = GeneratedProgram.Of(seed);
            Assert.Equal(Reports(source), Reports(source));
        },
        iter: 150,
        threads: 2);

    private static string[] Reports(string source)
        => [.. AnalyzerRun.DiagnosticsOfAsync(TestCompilation.Create(source, s_options), s_options, PackageAnalyzers.All).GetAwaiter().GetResult()
            .Select(one => one.ToString())];

    private static void Analyze(string source)
    {
        var clock = Stopwatch.StartNew();
        Compilation compilation = TestCompilation.Create(source, s_options);
        AnalyzerRun.DiagnosticsOfAsync(compilation, s_options, PackageAnalyzers.All).GetAwaiter().GetResult();
        Assert.True(clock.Elapsed < s_bound, $"{clock.Elapsed} for\n{source}");
    }
}
