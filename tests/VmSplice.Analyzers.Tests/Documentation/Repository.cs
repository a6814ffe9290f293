using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The repository that this test was compiled in.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    public static string RulePages { get; } = Path.Combine(Root, "docs", "rules");

    /// <summary>Gets every Markdown file that is the repository's own, as paths from its root.</summary>
    public static string[] MarkdownFiles { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "samples"), "README.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file))
            .Order(StringComparer.Ordinal),
    ];

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
