using System.Runtime.CompilerServices;

namespace VmSplice.Package.Tests.Support;

/// <summary>The repository that these tests are part of.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    public static string Tests { get; } = Path.Combine(Root, "tests", "VmSplice.Package.Tests");

    public static string Workers { get; } = Path.Combine(Root, "docs", "workers.md");

    public static string Readme { get; } = Path.Combine(Root, "README.md");

    /// <summary>Copies what the package is made of, without what was built from it.</summary>
    public static void CopySourcesTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(Root).Where(file => Path.GetFileName(file) != ".git"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (string part in (string[])["src", "generator", "analyzers"])
        {
            CopyFolder(Path.Combine(Root, part), Path.Combine(folder, part));
        }
    }

    /// <summary>Copies a folder without <c>bin</c> and <c>obj</c>.</summary>
    public static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
