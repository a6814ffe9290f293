using System.Runtime.CompilerServices;

namespace Quickstart;

/// <summary>One round in one way: what was sent, what arrived, how long it took until the child had consumed all of it.</summary>
internal readonly record struct Measurement(long RecordsSent, ulong ChecksumSent, long RecordsReceived, ulong ChecksumReceived, double Seconds)
{
    public bool IsVerified => RecordsSent == RecordsReceived && ChecksumSent == ChecksumReceived;

    public double GibibytesPerSecond => (double)RecordsSent * Unsafe.SizeOf<ProcessSample>() / (1L << 30) / Seconds;
}
