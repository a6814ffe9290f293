using System.Globalization;
using System.Text.RegularExpressions;

namespace Doctor;

/// <summary>How many descriptors this process may have; a pipe takes two. .NET raises its soft limit to the hard one as it starts.</summary>
internal static partial class DescriptorsCheck
{
    private const long Few = 1024;

    public static Finding Run()
    {
        string limit = OpenFiles().Match(SystemFile.Read("/proc/self/limits") ?? "").Groups["hard"].Value;
        string found = limit.Length == 0 ? "not told" : $"{limit} at most";
        return long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out long descriptors) && descriptors < Few
            ? new("descriptors", Verdict.Slower, found, "a higher hard limit: limits.conf(5), LimitNOFILE of the service, docker run --ulimit nofile")
            : new("descriptors", Verdict.Good, found);
    }

    [GeneratedRegex(@"^Max open files\s+\w+\s+(?<hard>\w+)", RegexOptions.Multiline)]
    private static partial Regex OpenFiles();
}
