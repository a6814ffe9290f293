using System.Globalization;

namespace Doctor;

/// <summary>Files in which the kernel says what it does; any of them may be missing or forbidden.</summary>
internal static class SystemFile
{
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static long? ReadNumber(string path)
        => long.TryParse(Read(path), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Reads a line "<c>name: value</c>" of a file such as /proc/self/status.</summary>
    public static string? ReadField(string path, string name)
    {
        foreach (string line in (Read(path) ?? "").Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.AsSpan(name.Length).TrimStart() is [':', .. var value])
            {
                return value.Trim().ToString();
            }
        }

        return null;
    }

    /// <summary>The choice in a setting such as "always [madvise] never".</summary>
    public static string? ReadChoice(string path)
        => Read(path) is { } text && text.Split('[', ']') is [_, var choice, _] ? choice : null;
}
