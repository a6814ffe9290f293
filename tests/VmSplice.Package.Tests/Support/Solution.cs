using System.Text.RegularExpressions;

namespace VmSplice.Package.Tests.Support;

/// <summary>Users' projects in one folder, restored and built in one go; some of them have to fail, so the exit code says nothing.</summary>
internal sealed class Solution
{
    private readonly string[] _messages;

    public Solution(string folder, string file)
    {
        Command.DotNet(folder, "restore", file).Succeeded();
        _messages = Command.DotNet(folder, "build", file, "--no-restore", "-clp:NoSummary").Output.Split('\n');
    }

    /// <summary>Errors and warnings of one project, in whatever language.</summary>
    public IReadOnlyList<string> MessagesOf(string project)
        => [.. _messages.Where(line => Regex.IsMatch(line, $@"\b(error|warning) .*/{Regex.Escape(project)}\.(cs|fs|vb)proj\b")).Select(line => line.Trim()).Distinct()];
}
