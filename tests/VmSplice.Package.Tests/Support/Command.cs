using System.Collections;
using System.Diagnostics;

namespace VmSplice.Package.Tests.Support;

/// <summary>Runs programs the way a user does: not as a part of the build that runs these tests.</summary>
internal static class Command
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(9);

    /// <summary>The command line of .NET. No process of it stays behind.</summary>
    public static CommandResult DotNet(string folder, params string[] arguments)
        => Run(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet", arguments);

    public static CommandResult Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (IsOfThisBuild((string)variable.Key))
            {
                start.Environment.Remove((string)variable.Key);
            }
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        string line = string.Join(' ', [program, .. arguments]);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{line}' did not start.");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        return new CommandResult(line, process.ExitCode, output.Result + errors.Result);
    }

    private static bool IsOfThisBuild(string variable)
        => variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
            || variable is "CI" or "GIT_DIR" or "GIT_WORK_TREE" or "VMSPLICE_GUARD" or "VMSPLICE_SHARING" or "VMSPLICE_IN_PLACE_AFTER";
}
