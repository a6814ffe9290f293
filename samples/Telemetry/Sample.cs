using VmSplice;

namespace Telemetry;

/// <summary>The counters of this machine at one moment, as the kernel counts them: since it started.</summary>
[Spliceable]
internal partial struct Sample
{
    /// <summary>Counts every sample that the agent took, also those that nobody was there for.</summary>
    public long Sequence;

    /// <summary>How many samples this agent took in vain so far: no collector was there.</summary>
    public long Missed;

    /// <summary>When the agent started (UTC, <see cref="DateTime.Ticks"/>): another number is another agent.</summary>
    public long Agent;

    /// <summary>When the sample was taken (UTC, <see cref="DateTime.Ticks"/>).</summary>
    public long Time;

    // Of all processors together, /proc/stat.
    public TimeSpan User;
    public TimeSpan System;
    public TimeSpan Waiting;
    public TimeSpan Idle;

    // In bytes, /proc/meminfo.
    public long MemoryTotal;
    public long MemoryAvailable;

    // In bytes, of all interfaces but the loopback, /proc/net/dev.
    public long Received;
    public long Sent;

    // In bytes, of the loopback interface.
    public long Loopback;

    /// <summary>Processes and threads that run or could, over the last minute, /proc/loadavg.</summary>
    public double Load;
}
