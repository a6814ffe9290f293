using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.RuleContract;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>What generator, rules and fixes agree on is written in VmSplice.RuleContract, and nowhere else.</summary>
public sealed partial class WrittenOnceTests
{
    private static readonly string[] s_projects = ["generator", "analyzers"];

    /// <summary>Where 1,024 is another number than <c>IOV_MAX</c>, and which one.</summary>
    private static readonly Dictionary<string, string> s_otherNumbers = new()
    {
        ["generator/VmSplice.Generators/Emit/SegmentTable.cs"] = "a kibibyte",
        ["analyzers/VmSplice.Analyzers/Segments/Values/Number.cs"] = "a step of widening",
        ["analyzers/VmSplice.Analyzers/Text/TextSearch.cs"] = "a kibibyte",
        ["analyzers/VmSplice.CodeFixes/Contracts/SegmentByHandFix.cs"] = "the bound of a segment's elements that a fix proposes",
    };

    private static readonly (string File, SyntaxToken Token)[] s_literals =
        [.. from project in s_projects
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Repository.Root, file)
            where !BuildOutput().IsMatch(path)
            from token in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantTokens()
            where token.Parent is LiteralExpressionSyntax || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            select (path, token)];

    private static string[] Keys { get; } = [.. typeof(FindingProperties).GetFields().Select(field => field.Name)];

    public static TheoryData<string> PropertyKeys => [.. Keys];

    [Fact]
    public void Id_IsWrittenInRuleIds() => Assert.Equal(["generator/VmSplice.RuleContract/RuleIds.cs"], FilesWith(text => Id().IsMatch(text)));

    [Fact]
    public void EveryId_IsARuleAndTheReverse()
        => Assert.Equal(
            Testing.PackageAnalyzers.All.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct().Order(StringComparer.Ordinal),
            typeof(RuleIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal));

    [Fact]
    public void HelpLink_IsWrittenInRuleHelp()
        => Assert.Equal(["generator/VmSplice.RuleContract/RuleHelp.cs"], FilesWith(text => text.Contains("docs/rules", StringComparison.Ordinal)));

    [Fact]
    public void IovMax_IsWrittenInCallLimits()
        => Assert.Equivalent(s_otherNumbers.Keys.Append("generator/VmSplice.RuleContract/CallLimits.cs"), FilesWith(text => OneThousand().IsMatch(text)),
            strict: true);

    [Fact]
    public void IovMax_IsThatOfTheRuntimeAndOfMessages()
    {
        Assert.Equal(RawPipe.IovMax, CallLimits.IovMax);
        Assert.Equal(CallLimits.IovMaxText, CallLimits.IovMax.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A key that nobody reads, or that nobody writes, tells a fix nothing.</summary>
    [Theory]
    [MemberData(nameof(PropertyKeys))]
    public void PropertyKey_IsWrittenByARuleAndReadByAFix(string key)
    {
        Assert.Contains(SourcesOf("generator", "analyzers/VmSplice.Analyzers"), text => text.Contains($"FindingProperties.{key}", StringComparison.Ordinal));
        Assert.Contains(SourcesOf("analyzers/VmSplice.CodeFixes"), text => text.Contains($"FindingProperties.{key}", StringComparison.Ordinal));
    }

    [Fact]
    public void PropertyKey_IsNoLiteral()
        => Assert.Empty(s_literals.Where(one => IsPropertyKey(one.Token)).Select(one => $"{one.File}: {one.Token}"));

    /// <summary>Each assembly opens up for the one beside it and for its tests: nobody looks through two walls.</summary>
    [Theory]
    [InlineData("generator/VmSplice.RuleContract")]
    [InlineData("generator/VmSplice.Generators", "VmSplice.Analyzers", "VmSplice.Generators.Tests")]
    [InlineData("analyzers/VmSplice.Analyzers", "VmSplice.Analyzers.Tests", "VmSplice.CodeFixes")]
    [InlineData("analyzers/VmSplice.CodeFixes", "VmSplice.Analyzers.Tests")]
    public void Internals_AreVisibleToTheNeighbourOnly(string project, params string[] friends)
    {
        string text = File.ReadAllText(Directory.GetFiles(Path.Combine(Repository.Root, project), "*.csproj").Single());
        Assert.Equal(friends, Friend().Matches(text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    /// <summary>The first argument of <c>site.Property(…)</c>, and of what is called on the properties of a diagnostic.</summary>
    private static bool IsPropertyKey(SyntaxToken literal)
        => literal.Parent is { Parent: ArgumentSyntax { Parent: ArgumentListSyntax list } argument }
            && list.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called }
            && list.Arguments.IndexOf(argument) == 0
            && (called.Name.Identifier.Text == "Property" || Properties().IsMatch(called.Expression.ToString()));

    private static IEnumerable<string> FilesWith(Func<string, bool> holds)
        => s_literals.Where(one => holds(one.Token.ValueText)).Select(one => one.File).Distinct();

    private static IEnumerable<string> SourcesOf(params string[] projects)
        => from project in projects
           from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
           where !BuildOutput().IsMatch(file) && !file.Contains("RuleContract", StringComparison.Ordinal)
           select File.ReadAllText(file);

    [GeneratedRegex("^VMS[0-9]{4}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"(Properties$|ImmutableDictionary<string, string\?>)")]
    private static partial Regex Properties();

    [GeneratedRegex(@"\b1[,_]?024\b")]
    private static partial Regex OneThousand();

    [GeneratedRegex("InternalsVisibleTo Include=\"([^\"]+)\"")]
    private static partial Regex Friend();

    [GeneratedRegex(@"(^|/)(bin|obj)/")]
    private static partial Regex BuildOutput();
}
