using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>What the documentation points to is there: pages, their sections, pictures, files of the source.</summary>
public sealed partial class LinkTests
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    public static TheoryData<string> Files => [.. Repository.MarkdownFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_LeadToFilesAndSectionsThatAreThere(string file)
    {
        string path = Path.Combine(Repository.Root, file);
        foreach (LinkInline link in Parse(path).Descendants<LinkInline>())
        {
            if (link.Url is not { Length: > 0 } url || url.Contains("://", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = url.Split('#', 2);
            string target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
            Assert.True(Path.Exists(target), $"{file}:{link.Line + 1} links to {url}, which is not there.");
            Assert.True(parts.Length == 1 || SectionsOf(target).Contains(parts[1]), $"{file}:{link.Line + 1} links to {url}; there is no such section.");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void PathsInText_AreThere(string file)
    {
        foreach (CodeInline code in Parse(Path.Combine(Repository.Root, file)).Descendants<CodeInline>())
        {
            if (OwnPath().IsMatch(code.Content))
            {
                Assert.True(Path.Exists(Path.Combine(Repository.Root, code.Content)), $"{file}:{code.Line + 1} names {code.Content}, which is not there.");
            }
        }
    }

    private static MarkdownDocument Parse(string path) => Markdown.Parse(File.ReadAllText(path), s_pipeline);

    private static IEnumerable<string?> SectionsOf(string path) => Parse(path).Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id);

    // What a build makes is not there before it, and a package has folders of its own.
    [GeneratedRegex(@"^(src|generator|analyzers|tests|samples|docs)/(?!dotnet/|.*\b(bin|obj)\b)[\w./-]+$")]
    private static partial Regex OwnPath();
}
