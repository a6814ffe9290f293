using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Contracts;

/// <summary>Changes what a layout file says of one type, and leaves all other lines as they are.</summary>
internal static class LayoutFileEdit
{
    /// <summary>The file with these layouts of a type in the place of all that it says of that type; new ones by the names of types.</summary>
    /// <param name="text">The file.</param>
    /// <param name="type">The full name of the type.</param>
    /// <param name="layouts">The new lines, with a blank one between versions; empty to remove the type.</param>
    public static SourceText Replace(SourceText text, string type, string layouts)
    {
        string content = text.ToString();
        string end = content.Contains("\r\n") ? "\r\n" : "\n";
        List<string> lines = [.. content.Replace("\r\n", "\n").Split('\n')];
        LayoutFile file = LayoutFile.Parse(text);
        int? removed = Remove(lines, file.Places.Where(place => place.Layout.Type == type));
        int at = removed ?? PlaceOf(lines, file, type);
        if (layouts.Length > 0)
        {
            string[] added = layouts.Replace("\r\n", "\n").Split('\n');
            bool isSetApart = at == 0 || lines[at - 1].Length == 0 || (removed is not null && IsComment(lines[at - 1]));
            lines.InsertRange(at, isSetApart ? [.. added, ""] : ["", .. added, ""]);
        }

        while (lines.Count > 0 && lines[lines.Count - 1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return SourceText.From(string.Concat(lines.Select(line => line + end)), text.Encoding, text.ChecksumAlgorithm);
    }

    /// <returns>Where the first of them stood.</returns>
    private static int? Remove(List<string> lines, IEnumerable<LayoutFile.Place> places)
    {
        int? at = null;
        foreach (LayoutFile.Place place in places.Reverse())
        {
            at = place.Start;
            lines.RemoveRange(place.Start, place.End - place.Start);
            bool isBlankBefore = place.Start == 0 || lines[place.Start - 1].Length == 0 || IsComment(lines[place.Start - 1]);
            if (isBlankBefore && place.Start < lines.Count && lines[place.Start].Length == 0)
            {
                lines.RemoveAt(place.Start);
            }
        }

        return at;
    }

    private static int PlaceOf(List<string> lines, LayoutFile file, string type)
    {
        LayoutFile.Place? next = file.Places.FirstOrDefault(place => string.CompareOrdinal(place.Layout.Type, type) > 0);
        int at = next?.Start ?? lines.Count;
        while (at > 0 && (next is null ? lines[at - 1].Length == 0 : IsComment(lines[at - 1])))
        {
            at--;
        }

        // A comment that begins the file is about all of it.
        return at == 0 && next is not null ? next.Start : at;
    }

    private static bool IsComment(string line) => line.TrimStart().StartsWith("#", StringComparison.Ordinal);
}
