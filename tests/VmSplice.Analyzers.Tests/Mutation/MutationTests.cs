using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Analyzers.Tests.Documentation;
using VmSplice.Analyzers.Tests.Lifetime;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VmSplice.Analyzers.Tests.Mutation;

/// <summary>
/// Puts mistakes into correct code, our samples and the corpora of correct usages, and counts those that any analyzer
/// reports. The survivors are listed, with the reason, in docs/mutation.md.
/// </summary>
public sealed partial class MutationTests(ITestOutputHelper output)
{
    /// <summary>The share that is really reached, with room for one new example that nobody expected. The target is 0.95.</summary>
    private const double Reached = 0.98;

    [Fact]
    public async Task SeededMistakes_AreCaught()
    {
        var results = new ConcurrentBag<(string Corpus, Seed Seed, string? Caught)>();
        await Parallel.ForEachAsync(Corpora(), async (one, _) =>
        {
            foreach ((Seed seed, string? caught) in await RunAsync(one.Source, one.Others))
            {
                results.Add((one.Name, seed, caught));
            }
        });

        string[] survivors =
            [.. results.Where(one => one.Caught is null).Select(one => $"{one.Corpus}: {one.Seed.Mistake}: {one.Seed.Place}").Order(StringComparer.Ordinal)];
        double share = 1 - ((double)survivors.Length / results.Count);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count} mistakes, {results.Count - survivors.Length} caught: {share:P1}"));
        foreach (IGrouping<string, (string Corpus, Seed Seed, string? Caught)> group in results.GroupBy(one => one.Seed.Mistake)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string ids = string.Join(' ', group.Select(one => one.Caught).OfType<string>().Distinct().Order(StringComparer.Ordinal));
            output.WriteLine($"  {group.Key}: {group.Count(one => one.Caught is not null)} of {group.Count()} ({ids})");
        }

        output.WriteLine("survivors:\n  " + string.Join("\n  ", survivors));
        Assert.True(results.Count > 200, $"Only {results.Count} mistakes were seeded.");
        Assert.True(share >= Reached, $"{share:P1} caught; survivors:\n" + string.Join('\n', survivors));

        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "mutation.md"));
        string[] listed = [.. ListedSurvivor().Matches(page.ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.Equal(survivors.Distinct(), listed);
    }

    private static IEnumerable<(string Name, string Source, ImmutableArray<string> Others)> Corpora()
    {
        foreach ((string name, string source) in CorrectUsages.All)
        {
            yield return (name, source, []);
        }

        // Memory that was received into is the caller's to write.
        foreach ((string name, string source) in Raw.CorrectUsageTests.Sources.Where(one => !one.Key.Contains("receive", StringComparison.Ordinal)))
        {
            yield return (name, RawSource.Method("", source), []);
        }

        string[] samples = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        foreach (IGrouping<string?, string> project in samples.GroupBy(Path.GetDirectoryName))
        {
            foreach (string file in project)
            {
                yield return (Path.GetFileName(file), File.ReadAllText(file), [.. project.Where(other => other != file).Select(File.ReadAllText)]);
            }
        }
    }

    private static async Task<List<(Seed Seed, string? Caught)>> RunAsync(string source, ImmutableArray<string> others)
    {
        AnalyzerTestOptions options = AnalyzerTestOptions.Default with { OtherSources = others,
            RunGenerator = source.Contains("Spliceable", StringComparison.Ordinal) || !others.IsEmpty };
        List<(Seed, string?)> results = [];
        SyntaxNode root = await CSharpSyntaxTree.ParseText(source).GetRootAsync();
        if (!RawSeeds.MayHold(root))
        {
            return results;
        }

        Compilation correct = TestCompilation.Create(source, options);
        SyntaxTree tree = correct.SyntaxTrees.Single(one => one.FilePath == TestCompilation.MainFile);
        root = await tree.GetRootAsync();
        SemanticModel model = correct.GetSemanticModel(tree);
        int errors = Errors(correct);
        List<string> before = await FindingsAsync(correct, options);
        foreach (Seed seed in BufferSeeds.Of(root, model).Concat(RawSeeds.Of(root, model)))
        {
            SyntaxTree changed = tree.WithRootAndOptions(seed.Root, tree.Options);
            Compilation wrong = correct.RemoveAllSyntaxTrees().AddSyntaxTrees(correct.SyntaxTrees.Select(one => one == tree ? changed : one));
            // What does not compile is caught by the compiler, and is no test of ours.
            if (Errors(wrong) == errors)
            {
                List<string> found = await FindingsAsync(wrong, options);
                foreach (string known in before)
                {
                    found.Remove(known);
                }

                results.Add((seed, found.FirstOrDefault()));
            }
        }

        return results;
    }

    /// <summary>The errors, warnings and suggestions; what is hidden is seen by nobody.</summary>
    private static async Task<List<string>> FindingsAsync(Compilation compilation, AnalyzerTestOptions options)
        => [.. (await AnalyzerRun.DiagnosticsOfAsync(compilation, options, PackageAnalyzers.All)).Where(one => one.Severity != DiagnosticSeverity.Hidden)
            .Select(one => one.Id)];

    private static int Errors(Compilation compilation) => compilation.GetDiagnostics().Count(one => one.Severity == DiagnosticSeverity.Error);

    [GeneratedRegex(@"(?m)^- `(.+)`\n")]
    private static partial Regex ListedSurvivor();
}
