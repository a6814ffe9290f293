using System.Globalization;

namespace VmSplice.Tests.Support;

/// <summary>A process that sleeps longer than any test, somewhere below a child: found by its number of seconds, which no other has.</summary>
internal sealed class LongSleep : IDisposable
{
    private static int _last;

    /// <summary>Gets what to give to sleep(1).</summary>
    internal string Seconds { get; } =
        string.Create(CultureInfo.InvariantCulture, $"100000.{Environment.ProcessId}{Environment.TickCount64}{Interlocked.Increment(ref _last)}");

    internal bool IsRunning => Processes().Any();

    /// <summary>Waits for its start, where another process starts it.</summary>
    internal void UntilItRuns() => Assert.True(SpinWait.SpinUntil(() => IsRunning, TimeSpan.FromSeconds(60)), "nobody sleeps");

    internal void UntilItHasEnded() => Assert.True(SpinWait.SpinUntil(() => !IsRunning, TimeSpan.FromSeconds(60)), "the process sleeps still");

    /// <summary>Ends it where the test left it on purpose.</summary>
    public void Dispose()
    {
        foreach (int process in Processes())
        {
            _ = Libc.kill(process, Libc.SIGKILL);
        }
    }

    private IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _) && IsThis(process))
        .Select(process => int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture));

    // A shell has the number among its arguments too: only what is called sleep counts.
    private bool IsThis(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline").Split('\0') is [var command, var seconds, ..] && Path.GetFileName(command) == "sleep"
                && seconds == Seconds;
        }
        catch (IOException)
        {
            // It has ended.
            return false;
        }
    }
}
