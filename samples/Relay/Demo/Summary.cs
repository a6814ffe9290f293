using System.Globalization;
using System.Runtime.CompilerServices;
using VmSplice;

namespace Relay.Demo;

/// <summary>What a receiver saw of the stream.</summary>
[Spliceable]
internal partial struct Summary
{
    public long Records;
    public long Duplicates;
    public ulong Checksum;

    /// <summary>From the making of the first record behind the <see cref="Source.WarmUp"/> to the arrival of the last.</summary>
    public TimeSpan Elapsed;

    /// <summary>From the making of a record to its arrival: half of the batches' last records took no longer.</summary>
    public TimeSpan MedianLatency;
    public TimeSpan HighLatency;

    /// <summary>The processor time of the receiving process.</summary>
    public TimeSpan Busy;

    public override readonly string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Records - Source.WarmUp} records of {Unsafe.SizeOf<Measurement>()} bytes in {Elapsed.TotalSeconds:F2} s: "
            + $"{(Records - Source.WarmUp) / Elapsed.TotalSeconds / 1e6:F2} million/s; "
            + $"on their way {MedianLatency.TotalMilliseconds:F1} ms (median), {HighLatency.TotalMilliseconds:F1} ms (99 %)");
}
