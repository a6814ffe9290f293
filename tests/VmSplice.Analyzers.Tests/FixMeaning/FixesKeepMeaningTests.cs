using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using VmSplice.Analyzers.Tests.Documentation;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.FixMeaning;

/// <summary>
/// Every fix of the package, on every sample of its rules: the pages' bad code and harder programs. What is applied unattended must leave
/// a program that means the same; what may change it is for the user to choose, one place at a time, by a title that says what changes.
/// </summary>
public sealed class FixesKeepMeaningTests
{
    private const int Enough = 2;

    private static readonly FixSample[] s_samples =
    [
        .. ContractSamples.All, .. LifetimeSamples.All, .. RawSamples.All,
        .. PackageAnalyzers.Fixes.SelectMany(fix => fix.FixableDiagnosticIds).Distinct().SelectMany(PageSamples),
    ];

    public static TheoryData<string, string> FixesAndRules
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (CodeFixProvider fix in PackageAnalyzers.Fixes)
            {
                foreach (string rule in fix.FixableDiagnosticIds)
                {
                    pairs.Add(fix.GetType().Name, rule);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(FixesAndRules))]
    public async Task Fix_KeepsTheMeaningOfEverySample(string name, string rule)
    {
        int offered = 0;
        foreach (FixSample sample in s_samples.Where(sample => sample.Rule == rule))
        {
            offered += await ApplyAsync(Named(name), sample) ? 1 : 0;
        }

        Assert.True(offered >= Enough, $"{name} is offered for {offered} samples of {rule}: add programs that it has to fix.");
    }

    [Fact]
    public void FixWithoutFixAll_SaysInItsTitleWhatChanges()
        => Assert.Equal(
            ["AnyPatternByHandFix", "AwaitSendFix", "ChangeRecordedLayoutFix", "KeepCopyFix", "ReferToRecordFix", "RenumberOffsetsFix", "SegmentByHandFix",
                "UnionFix"],
            PackageAnalyzers.Fixes.Where(fix => fix.GetFixAllProvider() is null).Select(fix => fix.GetType().Name).Order(StringComparer.Ordinal));

    private static CodeFixProvider Named(string name) => PackageAnalyzers.Fixes.Single(fix => fix.GetType().Name == name);

    /// <returns>Whether the fix was offered.</returns>
    private static async Task<bool> ApplyAsync(CodeFixProvider fix, FixSample sample)
    {
        var options = new CodeFixTestOptions
        {
            Analyzer = AnalyzerTestOptions.Default with
            {
                OtherSources = [.. sample.OtherSources],
                AdditionalFiles = sample.Layouts is { } layouts ? [("/test/VmSplice.Layouts.txt", layouts)] : [],
            },
        };
        using var fixture = new CodeFixFixture(PackageAnalyzers.All, fix, options, sample.Source);
        Diagnostic[] diagnostics = [.. (await fixture.FixableAsync(fixture.Start)).Where(diagnostic => diagnostic.Id == sample.Rule)];
        Assert.True(diagnostics.Length > 0, $"{sample} does not break the rule.");

        FixedSample before = await FixedSample.OfAsync(fixture, sample);
        bool isByHand = fix.GetFixAllProvider() is null;
        var keys = new HashSet<string?>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            foreach (CodeAction action in await fixture.ActionsForAsync(fixture.Start, diagnostic))
            {
                // What changes is said behind a colon.
                Assert.True(!isByHand || action.Title.Contains(": ", StringComparison.Ordinal), action.Title);
                keys.Add(action.EquivalenceKey);
                await before.AssertKeepsMeaningAsync(await CodeFixFixture.ApplyAsync(action), action.Title, isByHand);
            }
        }

        if (!isByHand && keys.Count > 0)
        {
            // Without a key, as where a tool does not choose.
            foreach (string? key in keys.Append(null))
            {
                await before.AssertKeepsMeaningAsync(await fixture.FixAllAsync(FixAllScope.Project, key), $"{key ?? "any"} for all", isByHand: false);
            }
        }

        return keys.Count > 0;
    }

    private static IEnumerable<FixSample> PageSamples(string rule)
        => CompiledBlock.CSharpIn(Path.Combine(Repository.RulePages, $"{rule}.md"))
            .Where(block => block.BrokenRule == rule)
            .Select(block => new FixSample(rule, block.ToString(), block.Code));
}
