using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>No text of the product says "1 bytes": a number before a plural is a constant, or goes through a helper that counts.</summary>
public sealed partial class CountedNounsTests
{
    /// <summary>What is never one.</summary>
    private static readonly string[] s_always =
    [
        "CallLimits.IovMaxText",
        "Environment.SystemPageSize",
        "PageSize",
        "MaxPipeCapacity",
        "RecordStreamFormat.HeaderLength",
        "pages.HeaderLength",
        "Most",
        "Many",
        "PagesOf(buffer, 4)",
        "segments.Length",
    ];

    public static TheoryData<string> Projects => ["src", "generator", "analyzers/VmSplice.Analyzers", "analyzers/VmSplice.CodeFixes", "samples/Doctor"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void NumberBeforeAPlural_IsCounted(string project)
    {
        string[] files =
            [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
                .Where(file => !BuildOutput().IsMatch(file))];
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(Uncounted));
    }

    [Fact]
    public void Plural_IsFound()
    {
        Assert.Single(Uncounted("f", """_ = $"cut {filled} bytes into";"""));
        Assert.Single(Uncounted("f", """_ = $"{a.Count - 1} more fields";"""));
        Assert.Empty(Uncounted("f", """_ = $"{name} is {Counted.Bytes(filled)} long and {name} has {text}";"""));
    }

    private static IEnumerable<string> Uncounted(string file) => Uncounted(Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file));

    private static IEnumerable<string> Uncounted(string file, string source)
        => from text in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<InterpolatedStringExpressionSyntax>()
           from pair in text.Contents.Zip(text.Contents.Skip(1))
           where pair.First is InterpolationSyntax hole && !s_always.Contains(hole.Expression.ToString())
           where pair.Second is InterpolatedStringTextSyntax behind && Plural().IsMatch(behind.ToString())
           select $"{file}:{pair.First.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {pair.First}{pair.Second}";

    [GeneratedRegex(
        @"^ (more |new |of its )?(?!(is|was|has|does|this|its|takes|needs|gives|lies|starts|ends|goes|comes|holds|says|makes|uses|runs|always|"
            + @"ms|us|ns|sockets?)\b)[a-z]+s\b")]
    private static partial Regex Plural();

    [GeneratedRegex(@"/(bin|obj)/")]
    private static partial Regex BuildOutput();
}
