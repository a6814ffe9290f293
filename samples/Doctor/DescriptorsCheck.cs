using System.Globalization;
using System.Text.RegularExpressions;

namespace Doctor;

/// <summary>How many descriptors this process may have; a pipe takes two.</summary>
internal static partial class DescriptorsCheck
{
    private const long Few = 256;

    public static Finding Run()
    {
        Match limit = OpenFiles().Match(SystemFile.Read("/proc/self/limits") ?? "");
        string soft = limit.Groups["soft"].Value;
        string hard = limit.Groups["hard"].Value;
        string found = limit.Success ? $"{soft} at most (hard limit {hard})" : "not told";
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long descriptors) && descriptors < Few
            ? new("descriptors", Verdict.Slower, found, $"ulimit -n {hard}")
            : new("descriptors", Verdict.Good, found);
    }

    [GeneratedRegex(@"^Max open files\s+(?<soft>\w+)\s+(?<hard>\w+)", RegexOptions.Multiline)]
    private static partial Regex OpenFiles();
}
