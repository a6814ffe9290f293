using System.Diagnostics;

namespace VmSplice.Benchmarks.Tests;

/// <summary>The benchmarks as a user starts them.</summary>
/// <param name="ExitCode">How they ended.</param>
/// <param name="Output">All that they said.</param>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    public static ProgramRun Of(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "VmSplice.Benchmarks"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramRun(process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
