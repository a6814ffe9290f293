using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.InPlace;

/// <summary>
/// Kills a child at a random moment: half of them some time after the stream is in place, the others at any time from its start on, so that what comes
/// before and while it joins is hit too.
/// </summary>
internal sealed class Killing
{
    /// <summary>How often a test does so: VMSPLICE_KILLS, or six times (docs/testing.md).</summary>
    internal static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("VMSPLICE_KILLS") ?? "6", CultureInfo.InvariantCulture);

    private const double MostMilliseconds = 10;

    // How long a child takes until it reads or sends in place, about.
    private static double s_usualStart = 100;

    private readonly Thread _thread;
    private long _killed;

    /// <summary>Begins to wait for that moment.</summary>
    internal Killing(Process child, Func<bool> isInPlace)
    {
        Stopwatch life = Stopwatch.StartNew();
        bool waits = Random.Shared.Next(2) == 0;
        double wanted = Random.Shared.NextDouble() * (waits ? MostMilliseconds : 1.5 * s_usualStart);
        _thread = new Thread(() =>
        {
            if (waits && SpinWait.SpinUntil(isInPlace, TimeSpan.FromSeconds(30)))
            {
                s_usualStart += (life.Elapsed.TotalMilliseconds - s_usualStart) / 8;
                life.Restart();
            }

            SpinWait.SpinUntil(() => life.Elapsed.TotalMilliseconds >= wanted);
            child.Kill();
            child.WaitForExit();
            Volatile.Write(ref _killed, Stopwatch.GetTimestamp());
        });
        _thread.Start();
    }

    /// <summary>How long after the kill this is called; zero where it was noticed before.</summary>
    internal TimeSpan Delay()
    {
        long now = Stopwatch.GetTimestamp();
        _thread.Join();
        return now < _killed ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_killed, now);
    }
}
