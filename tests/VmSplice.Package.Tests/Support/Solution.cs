using System.Text.RegularExpressions;

namespace VmSplice.Package.Tests.Support;

/// <summary>Users' projects in one folder, restored and built in one go. Some of them have to fail, so an exit code of 1 says nothing.</summary>
internal sealed class Solution
{
    private readonly string[] _messages;

    public Solution(string folder, string file)
    {
        Command.DotNet(folder, "restore", file).Succeeded();
        CommandResult build = Command.DotNet(folder, "build", file, "--no-restore", "-clp:NoSummary");
        Assert.True(build.ExitCode is 0 or 1, $"The build of {file} was cut off:\n{build.Output}");
        _messages = build.Output.Split('\n');
    }

    /// <summary>Errors and warnings of one project, in whatever language.</summary>
    public IReadOnlyList<string> MessagesOf(string project)
        => [.. _messages.Where(line => Regex.IsMatch(line, $@"\b(error|warning) .*/{Regex.Escape(project)}\.(cs|fs|vb)proj\b")).Select(line => line.Trim())
            .Distinct()];
}
