using System.Globalization;

namespace VmSplice.Package.Tests.Support;

/// <summary>What a program printed, on both streams, and how it ended.</summary>
internal sealed record CommandResult(string Line, int ExitCode, string Output)
{
    /// <summary>The same, or the whole output as a failure where the program did not succeed.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"'{Line}' ended with {ExitCode}:\n{Output}"));
        return this;
    }
}
