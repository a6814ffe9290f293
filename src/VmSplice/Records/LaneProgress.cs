using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;

namespace VmSplice.Records;

/// <summary>How far one reader of a broadcast is: what it was sent, and what of that it has taken. Guarded by the stream's lock.</summary>
/// <param name="layout">Of the records.</param>
internal sealed class LaneProgress(RecordLayout layout)
{
    private long _recordsSent;
    private long _recordsTaken;

    /// <summary>Gets the records that its pipe accepted, or a reference to them. Without the lock too.</summary>
    internal long RecordsSent => Volatile.Read(ref _recordsSent);

    /// <summary>Gets when it took a block last (<see cref="Environment.TickCount64"/>).</summary>
    internal long LastTaken { get; private set; }

    /// <summary>Records were sent.</summary>
    internal void NoteSent(int records)
    {
        Volatile.Write(ref _recordsSent, _recordsSent + records);
        Instruments.CountRecords(Instruments.Transmit, records);
    }

    /// <summary>The reader has a block: its pipe accepted all of it, or, in place, it was returned.</summary>
    internal void NoteTaken(BroadcastBlock block)
    {
        LastTaken = Environment.TickCount64;
        _recordsTaken = block.FirstRecord + block.Records;
    }

    /// <summary>What the reader left behind, in records.</summary>
    internal BrokenPipeException InRecords(BrokenPipeException broken)
    {
        long behind = _recordsSent - Math.Min(_recordsSent, _recordsTaken);
        long unread = Math.Min(_recordsSent, behind + ((broken.BytesUnread + layout.Size - 1) / layout.Size));
        return BrokenPipeException.ForRecords(broken, _recordsSent, unread, layout.Name);
    }
}
