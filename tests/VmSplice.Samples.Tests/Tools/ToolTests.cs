using System.Diagnostics;
using System.Runtime.CompilerServices;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Tools;

/// <summary>vmdoctor and vmcat are packed as tools of .NET, installed from the package, and run.</summary>
public sealed class ToolTests
{
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(2);

    private static readonly string s_root = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", ".."));

    [Theory]
    [InlineData("Doctor", "vmdoctor", "--help", "--json")]
    [InlineData("Cat", "vmcat", "--help", "--generate")]
    public void Tool_IsInstalledFromItsPackage_AndRuns(string sample, string command, string argument, string expected)
    {
        using var folder = new TemporaryFolder();
        Run("dotnet", "pack", Path.Combine(s_root, "samples", sample), "-c", Configuration, "--no-build", "-o", folder.Path);
        string tools = folder.File("tools");
        Run("dotnet", "tool", "install", $"VmSplice.{sample}", "--prerelease", "--tool-path", tools, "--source", folder.Path);

        Assert.Contains(expected, Run(Path.Combine(tools, command), argument), StringComparison.Ordinal);
    }

    // Release in bin/Release/net10.0.
    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Not as a part of the build that runs this test; and a node of MSBuild that stayed for the next one would keep the output open.
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_late))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{output.Result}\n{errors.Result}");
        return output.Result;
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
