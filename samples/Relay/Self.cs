using System.Diagnostics;

namespace Relay;

/// <summary>This program, to be started once more.</summary>
internal static class Self
{
    public static ProcessStartInfo Command(params string[] arguments)
    {
        string process = Environment.ProcessPath!;
        return Path.GetFileName(process) == "dotnet"
            ? new ProcessStartInfo(process, [Environment.GetCommandLineArgs()[0], .. arguments])
            : new ProcessStartInfo(process, arguments);
    }
}
