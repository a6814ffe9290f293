using System.Text.RegularExpressions;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>
/// The order of the run time's folders, as the architecture page writes it: <c>`Interop` ← `Kernel` ← `Memory`, `Readiness`</c>. A folder
/// refers to itself and to those left of it. Those between two arrows do not refer to each other.
/// </summary>
internal sealed partial class FolderOrder
{
    private readonly Dictionary<string, int> _levels;

    private FolderOrder(Dictionary<string, int> levels) => _levels = levels;

    /// <summary>Reads the first line of the page that has such an order.</summary>
    internal static FolderOrder Parse(string page)
    {
        Match line = OrderLine().Match(page);
        string[] levels = line.Value.Split('←');
        return new FolderOrder(
            levels.SelectMany((level, index) => Folder().Matches(level).Select(folder => (folder.Groups["folder"].Value, index))).ToDictionary());
    }

    /// <summary>The place of a file's folder; none where it has no place. A folder without a place of its own has that of the one around it.</summary>
    internal int? LevelOf(string file) => NameOf(file) is { } folder ? _levels[folder] : null;

    internal bool Allows(string file, string other)
        => NameOf(file) == NameOf(other) || (LevelOf(file) is { } from && LevelOf(other) is { } to && to < from);

    /// <summary>The folder's name in the order, for messages.</summary>
    internal string Describe(string file) => NameOf(file) ?? Path.GetDirectoryName(file) ?? file;

    private string? NameOf(string file)
    {
        for (string? folder = Path.GetDirectoryName(file); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (_levels.ContainsKey(folder))
            {
                return folder;
            }
        }

        return null;
    }

    [GeneratedRegex("^.*`Interop` ←.*$", RegexOptions.Multiline)]
    private static partial Regex OrderLine();

    [GeneratedRegex("`(?<folder>[A-Za-z/]+)`")]
    private static partial Regex Folder();
}
