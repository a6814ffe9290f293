using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.FixMeaning;

/// <summary>A sample as it was, to be compared with what a fix makes of it.</summary>
internal sealed class FixedSample
{
    /// <summary>Mistakes that the compiler or the run time refuses too: only the fixed program gives something.</summary>
    private static readonly string[] s_refused = ["VMS1012", "VMS3001", "VMS3002"];

    private readonly CodeFixFixture _fixture;
    private readonly FixSample _sample;
    private readonly ImmutableArray<Diagnostic> _reported;
    private readonly string? _output;

    private FixedSample(CodeFixFixture fixture, FixSample sample, ImmutableArray<Diagnostic> reported, string? output)
        => (_fixture, _sample, _reported, _output) = (fixture, sample, reported, output);

    public static async Task<FixedSample> OfAsync(CodeFixFixture fixture, FixSample sample)
    {
        Compilation compilation = await fixture.CompilationAsync(fixture.Start);
        string? output = s_refused.Contains(sample.Rule) ? null : await SampleRun.OutputOfAsync(compilation, sample.ToString());
        return new FixedSample(fixture, sample, await fixture.ReportedAsync(fixture.Start), output);
    }

    /// <summary>
    /// It compiles; there are fewer findings of the rule and no more of any other; its comments and <c>#if</c>s are there; it prints the same.
    /// </summary>
    /// <param name="solution">The fixed sample.</param>
    /// <param name="how">Which fix, and how it was applied.</param>
    /// <param name="isByHand">The user was told by the title that something changes: the output may be another.</param>
    public async Task AssertKeepsMeaningAsync(Solution solution, string how, bool isByHand)
    {
        Compilation compilation = await _fixture.CompilationAsync(solution);
        string text = string.Join("\n\n",
            compilation.SyntaxTrees.Where(tree => !tree.FilePath.Contains("/obj/", StringComparison.Ordinal)).Select(tree => tree.ToString()));
        string what = $"{_sample}: {how}";
        string? output = await SampleRun.OutputOfAsync(compilation, what);
        ImmutableArray<Diagnostic> reported = await _fixture.ReportedAsync(solution);

        foreach (IGrouping<string, Diagnostic> rule in reported.GroupBy(diagnostic => diagnostic.Id))
        {
            int before = _reported.Count(diagnostic => diagnostic.Id == rule.Key);
            bool isFine = rule.Key == _sample.Rule ? rule.Count() < before : rule.Count() <= before;
            Assert.True(isFine, $"{what} leaves {rule.Key} {rule.Count()} times, before {before}:\n{string.Join('\n', rule)}\n{text}");
        }

        List<string> left = [.. TriviaOf(compilation)];
        foreach (string trivia in TriviaOf(await _fixture.CompilationAsync(_fixture.Start)))
        {
            Assert.True(left.Remove(trivia), $"{what} loses '{trivia}':\n{text}");
        }

        Assert.True(isByHand || s_refused.Contains(_sample.Rule) || output == _output, $"{what}: the program gave\n{_output}\nand now gives\n{output}\n{text}");
    }

    /// <summary>Comments, and lines such as <c>#if</c>.</summary>
    private static IEnumerable<string> TriviaOf(Compilation compilation)
        => compilation.SyntaxTrees.Where(tree => tree.FilePath.StartsWith("/test/Test", StringComparison.Ordinal))
            .SelectMany(tree => tree.GetRoot().DescendantTrivia())
            .Where(trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia)
                || trivia.Kind().ToString().EndsWith("CommentTrivia", StringComparison.Ordinal))
            .Select(trivia => trivia.ToString().Trim());
}
