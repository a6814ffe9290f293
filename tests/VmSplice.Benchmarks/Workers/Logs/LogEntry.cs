using MemoryPack;

namespace VmSplice.Benchmarks.Workers.Logs;

/// <summary>A line of a log, parsed.</summary>
[Spliceable]
[MemoryPackable]
internal partial struct LogEntry
{
    /// <summary>Milliseconds since the day began.</summary>
    public long Time;

    /// <summary>A hash of the path that was asked for.</summary>
    public ulong Path;
    public int Service;
    public int Level;
    public int Status;
    public int Micros;
}
