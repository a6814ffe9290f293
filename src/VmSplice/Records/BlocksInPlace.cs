using System.Globalization;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Kernel;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// The blocks of a stream that lie in the sender's memory: joins it where it is offered, finds one block after another there, and returns
/// each when its records were used.
/// </summary>
/// <param name="end">Where the stream is read from.</param>
/// <param name="recordSize">Bytes of a record, until the header says otherwise.</param>
/// <param name="mayJoin">Whether to take an invitation up.</param>
internal sealed class BlocksInPlace(PipeEnd end, int recordSize, bool mayJoin) : IDisposable
{
    private readonly bool _mayJoin = mayJoin && !RuntimeSwitches.InPlaceIsOff;
    private InPlaceReader? _memory;
    private bool _hasBlock;

    /// <summary>Gets whether the sender's memory was joined.</summary>
    internal bool IsJoined => Volatile.Read(ref _memory) is not null;

    /// <summary>Gets where the next record of the block lies.</summary>
    internal nint Next { get; private set; }

    /// <summary>Gets or sets the bytes of a record as it was sent.</summary>
    internal int RecordSize { get; set; } = recordSize;

    /// <summary>Gets where its texts and lists lie.</summary>
    internal BatchTail Tail { get; private set; }

    /// <summary>Gets the records of the block that were not handed out.</summary>
    internal long Remaining { get; private set; }

    /// <summary>Gets whether a block is here of which all was handed out: it is returned before anything else.</summary>
    internal bool HasUsedBlock => _hasBlock && Remaining == 0;

    /// <summary>Takes an invitation up, or passes it over.</summary>
    internal void Join(in Invitation invitation)
    {
        if (_mayJoin && _memory is null)
        {
            Volatile.Write(ref _memory, InPlaceReader.TryJoin(invitation, end));
        }
    }

    /// <summary>Finds the block that a reference stands for.</summary>
    /// <param name="reference">What the stream says.</param>
    /// <param name="record">The record that must come next.</param>
    /// <param name="position">Where in the stream the reference stands.</param>
    /// <exception cref="RecordStreamException">It is not the next block, lies nowhere, or in memory that is not joined.</exception>
    internal void Find(in BlockReference reference, long record, long position)
    {
        if (reference.FirstRecord != record)
        {
            throw RecordStreamFormat.OutOfOrder(reference.FirstRecord, record, position);
        }

        if (_memory is null)
        {
            throw NotJoined(record, position);
        }

        ThrowIfDropped(record, position);

        // Of the alignment that records need in any block: that of a block's header.
        Next = _memory.Find(reference, RecordSize, RecordStreamFormat.BlockHeaderLength);
        if (Next == 0)
        {
            throw NotThere(reference, record, position);
        }

        Remaining = reference.Records;
        Tail = new BatchTail(Next + ((nint)reference.Records * RecordSize) + (nint)reference.TailLength, reference.TailLength, reference.Tag);
        _hasBlock = true;
    }

    /// <exception cref="RecordStreamException">The sender has dropped this reader: it goes on without it, and uses the memory.</exception>
    internal void ThrowIfDropped(long record, long position)
    {
        if (_memory is { IsDropped: true })
        {
            throw new RecordStreamException(
                StreamFault.Cut,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The sender dropped this reader before record {record}, at byte {position}: it was too far behind the other readers of the broadcast "
                        + $"({nameof(RecordBroadcasterOptions)}.{nameof(RecordBroadcasterOptions.DropAfter)}). Records that arrived: {record}."),
                record,
                position);
        }
    }

    /// <summary>Records were handed out.</summary>
    internal void Advance(int records)
    {
        Remaining -= records;
        Next += (nint)records * RecordSize;
    }

    /// <summary>Returns the block, where there is one. Its last records were handed out before, and the caller is done with them.</summary>
    internal void ReturnBlock()
    {
        if (_hasBlock)
        {
            _hasBlock = false;
            _memory!.Return();
        }
    }

    /// <summary>Unmaps the memory.</summary>
    public void Dispose() => _memory?.Dispose();

    private static RecordStreamException NotJoined(long record, long position) => new(
        StreamFault.Foreign,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The block at byte {position}, with record {record}, lies in the sender's memory, which this reader has not joined: the stream was passed on to "
                + $"it by tee(2) or the like. Switch {nameof(RecordWriterOptions)}.{nameof(RecordWriterOptions.InPlace)} off at the sender, or "
                + $"{nameof(RecordReaderOptions)}.{nameof(RecordReaderOptions.InPlace)} at the reader of its pipe."),
        record,
        position);

    private static RecordStreamException NotThere(in BlockReference reference, long record, long position) => new(
        StreamFault.Damaged,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The stream is damaged: the block at byte {position} is said to lie at byte {reference.Offset} of the sender's memory, with "
                + $"{Counted.Of(reference.Records, "record")}, as number {reference.Sequence}, and does not. Does somebody else write to this pipe?"),
        record,
        position);
}
