using System.Text.RegularExpressions;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>Lines that a person reads without scrolling. Snapshots and what a generator writes are nobody's to wrap.</summary>
public sealed partial class LineLengthTests
{
    private const int Limit = 160;

    public static TheoryData<string> Folders => ["analyzers", "generator", "src", "samples", "tests"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void EverySource_StaysWithinTheLimit(string folder)
        => Assert.Empty(
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Repository.Root, file)
            where !NotWritten().IsMatch(path)
            from line in File.ReadLines(file).Index()
            where line.Item.Length > Limit
            select $"{path}:{line.Index + 1}: {line.Item.Length} columns; break it at a natural place, and make a raw string of a test program");

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]|\.(verified|received)\.cs$")]
    private static partial Regex NotWritten();
}
