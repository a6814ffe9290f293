using System.Diagnostics;

namespace VmSplice.Samples.Tests.Support;

/// <summary>A sample's program, run as its README says, and what it printed.</summary>
internal sealed record SampleRun(int ExitCode, string Output)
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The name of its executable.</param>
    /// <param name="within">After which time it is killed, with all that it started, and the test fails.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<SampleRun> OfAsync(string program, TimeSpan within, params string[] arguments)
    {
        using Process process = Process.Start(Command(program, arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource late = new(within);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {within}:\n{await output}\n{await errors}");
        }

        return new SampleRun(process.ExitCode, await output + await errors);
    }

    /// <summary>The command, with its output and errors redirected.</summary>
    public static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { } dotnet)
        {
            start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(dotnet);
        }

        return start;
    }
}
