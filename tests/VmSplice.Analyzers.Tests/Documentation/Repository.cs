using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The repository that this test was compiled in.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    public static string RulePages { get; } = Path.Combine(Root, "docs", "rules");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
