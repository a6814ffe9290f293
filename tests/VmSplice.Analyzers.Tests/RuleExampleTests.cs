using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VmSplice.Analyzers.Tests;

/// <summary>
/// Counts the examples of each rule in the sources of these tests: at least six that it reports and six that it does not.
/// An example is a row of a theory, or a fact; its rule is named in the row, or else in the test; a mark makes it a wrong one.
/// </summary>
public sealed partial class RuleExampleTests(ITestOutputHelper output)
{
    private const int Enough = 6;

    private static readonly string s_tests = Path.GetDirectoryName(ThisFile())!;

    [Fact]
    public void EachRule_HasSixWrongAndSixRightExamples()
    {
        var counts = new Dictionary<string, (int Wrong, int Right)>(StringComparer.Ordinal);
        foreach (DiagnosticDescriptor rule in PackageAnalyzers.All.SelectMany(analyzer => analyzer.SupportedDiagnostics))
        {
            counts[rule.Id] = (0, 0);
        }

        foreach ((string id, bool isWrong) in Directory.EnumerateFiles(s_tests, "*Tests.cs", SearchOption.AllDirectories).SelectMany(Examples))
        {
            if (counts.TryGetValue(id, out (int Wrong, int Right) known))
            {
                counts[id] = isWrong ? (known.Wrong + 1, known.Right) : (known.Wrong, known.Right + 1);
            }
        }

        // The rule that says that the analysis gave up takes thousands of lines; CostTests has them.
        counts.Remove("VMS9999");
        foreach ((string id, (int wrong, int right)) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{id}: {wrong} wrong, {right} right");
        }

        Assert.Empty(counts.Where(pair => pair.Value.Wrong < Enough || pair.Value.Right < Enough).Select(pair => $"{pair.Key}: {pair.Value}"));
    }

    private static IEnumerable<(string Id, bool IsWrong)> Examples(string file)
    {
        foreach (MethodDeclarationSyntax test in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes()
            .OfType<MethodDeclarationSyntax>())
        {
            AttributeSyntax[] attributes = [.. test.AttributeLists.SelectMany(list => list.Attributes)];
            string body = string.Join('\n', Strings(test.Body ?? (SyntaxNode?)test.ExpressionBody ?? test));
            string? named = RuleId().Match(body) is { Success: true } inBody ? inBody.Value : ConstantId(test);
            bool reports = test.Identifier.ValueText.EndsWith("Reported", StringComparison.Ordinal)
                && !test.Identifier.ValueText.EndsWith("NotReported", StringComparison.Ordinal);
            if (attributes.Any(one => one.Name.ToString() == "Fact") && named is not null)
            {
                yield return (named, reports || HasMark(body));
            }

            foreach (AttributeSyntax row in attributes.Where(one => one.Name.ToString() == "InlineData"))
            {
                string[] arguments = [.. Strings(row)];
                if ((arguments.FirstOrDefault(one => RuleId().IsMatch(one)) ?? named) is { } id)
                {
                    yield return (id, reports || arguments.Any(HasMark));
                }
            }
        }
    }

    private static IEnumerable<string> Strings(SyntaxNode node)
        => node.DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken)
            .Select(token => token.ValueText);

    private static string? ConstantId(MethodDeclarationSyntax test) => test.FirstAncestorOrSelf<ClassDeclarationSyntax>()?.Members
        .OfType<FieldDeclarationSyntax>()
        .SelectMany(field => field.Declaration.Variables)
        .Where(variable => variable.Identifier.ValueText == "Id")
        .Select(variable => (variable.Initializer?.Value as LiteralExpressionSyntax)?.Token.ValueText)
        .FirstOrDefault();

    private static bool HasMark(string text) => text.Contains("[|", StringComparison.Ordinal) || text.Contains("{|VMS", StringComparison.Ordinal);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("(?m)^VMS[0-9]{4}$")]
    private static partial Regex RuleId();
}
