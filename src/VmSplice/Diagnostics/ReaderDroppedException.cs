using System.Globalization;
using VmSplice.Diagnostics;

namespace VmSplice;

/// <summary>A reader of a broadcast was too slow, and the others went on without it (<see cref="SlowReader.Drop"/>).</summary>
public sealed class ReaderDroppedException : IOException
{
    internal ReaderDroppedException(int readerIndex, long recordIndex, long recordsBehind, TimeSpan waited)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Reader {readerIndex} of the broadcast was dropped: it took nothing for {waited.TotalMilliseconds} ms. Records that it had taken: "
                + $"{recordIndex}; it was {Counted.Of(recordsBehind, "record")} behind. A longer Backlog or DropAfter gives it more time."))
    {
        ReaderIndex = readerIndex;
        RecordIndex = recordIndex;
        RecordsBehind = recordsBehind;
    }

    /// <summary>Gets which reader it was.</summary>
    public int ReaderIndex { get; }

    /// <summary>
    /// Gets the first record of the oldest chunk that it had not taken: its pipe had not accepted all of it, or, in place, it had not returned it.
    /// </summary>
    public long RecordIndex { get; }

    /// <summary>Gets how many records behind that it was.</summary>
    public long RecordsBehind { get; }
}
