using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.Support;

/// <summary>
/// Other processes. All are started under one lock: while an end is inheritable for one child, another one that
/// is started by chance would get it too and keep the pipe open.
/// </summary>
internal static class Child
{
    /// <summary>Longer than any child of a test takes beside other work; whoever waits longer waits for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly Lock Gate = new();

    internal static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    internal static string HelperPath { get; } = Path.Combine(AppContext.BaseDirectory, "VmSplice.TestChild.dll");

    /// <summary>
    /// The same program published ahead of time, where somebody has done that (docs/testing.md): it starts in a tenth of the time, which counts where
    /// it is killed ten thousand times.
    /// </summary>
    internal static string? NativeHelper { get; } = Environment.GetEnvironmentVariable("VMSPLICE_TEST_CHILD") is { Length: > 0 } path ? path : null;

    internal static string KernelModePath { get; } = Path.Combine(AppContext.BaseDirectory, "kernel-mode.dll");

    /// <summary>A command of VmSplice.TestChild as text for a shell.</summary>
    internal static string HelperCommand(string arguments) => $"'{DotNet}' '{HelperPath}' {arguments}";

    internal static ProcessStartInfo Helper(params string[] arguments)
        => NativeHelper is { } native ? Command(native, arguments) : Command(DotNet, [HelperPath, .. arguments]);

    internal static ProcessStartInfo Shell(string script) => Command("/bin/sh", "-c", script);

    internal static ProcessStartInfo Command(string file, params string[] arguments)
        => new(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true };

    internal static Process Start(ProcessStartInfo info)
    {
        lock (Gate)
        {
            return Process.Start(info)!;
        }
    }

    internal static Process StartReader(SplicePipe pipe, ProcessStartInfo info)
    {
        lock (Gate)
        {
            return pipe.StartChildWithReader(info);
        }
    }

    internal static Process StartWriter(SplicePipe pipe, ProcessStartInfo info)
    {
        lock (Gate)
        {
            return pipe.StartChildWithWriter(info);
        }
    }

    /// <summary>Waits for the end of a child whose standard output is redirected, and returns that.</summary>
    internal static string Finish(Process child, int expectedExitCode = 0)
    {
        Task<string> reading = child.StandardOutput.ReadToEndAsync();
        if (!reading.Wait(Patience) || !child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            Assert.Fail(reading.IsCompleted ? "the child does not end" : "the child's output does not end");
        }

        string output = reading.Result;
        Assert.True(child.ExitCode == expectedExitCode, string.Create(CultureInfo.InvariantCulture, $"exit code {child.ExitCode}, output: {output}"));
        return output;
    }

    internal static string Run(ProcessStartInfo info, int expectedExitCode = 0)
    {
        using Process child = Start(info);
        return Finish(child, expectedExitCode);
    }
}
