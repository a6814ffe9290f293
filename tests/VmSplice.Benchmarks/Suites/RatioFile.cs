using System.Runtime.CompilerServices;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>The lines of the last run of each suite, in one file beside the page; <c>check</c> reads it.</summary>
internal static class RatioFile
{
    /// <summary>Gets the folder for all that nobody asked to have elsewhere; git ignores it.</summary>
    public static string DefaultFolder { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "artifacts", "benchmarks"));

    public static string In(string folder) => Path.Combine(folder, "ratios.txt");

    /// <summary>Puts the lines of a suite in the place of its last ones.</summary>
    /// <param name="folder">The folder of the page.</param>
    /// <param name="report">The suite.</param>
    /// <param name="isPart">Whether only some of its cases ran; then the others stay.</param>
    public static void Write(string folder, Report report, bool isPart)
    {
        Directory.CreateDirectory(folder);
        string file = In(folder);
        HashSet<string> measured = [.. report.Lines.Select(NameOf)];
        string[] others = File.Exists(file)
            ? [.. File.ReadLines(file).Where(line => isPart ? !measured.Contains(NameOf(line)) : !line.Contains($" {report.Suite}/", StringComparison.Ordinal))]
            : [];
        File.WriteAllLines(file, [.. others, .. report.Lines]);
    }

    private static string NameOf(string line) => line[..line.LastIndexOf(' ')];

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
