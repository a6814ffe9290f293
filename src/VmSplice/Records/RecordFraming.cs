using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// What a record writer sends around its records, and how far it got: the header once, a block's own header before its
/// records, the end, all in one message where that is short; and what a failure means in records.
/// </summary>
internal sealed class RecordFraming(Sender sender, ChunkSource chunks, RecordLayout layout, bool framed)
{
    private readonly long _startPosition = sender.Steps.Accepted;
    private long _sentBytes;
    private readonly int _headerLength = RecordStreamFormat.HeaderLengthOf(layout);
    private readonly bool _hasTails = layout.Fields.Any(field => field.Tail is not null);
    private bool _headerSent;
    private Invitation? _invitation;
    private long? _acceptedAtEnd;

    /// <summary>Gets the bytes before a block's records.</summary>
    internal int BlockHeaderLength => framed ? RecordStreamFormat.BlockHeaderLength : 0;

    /// <summary>Gets whether the stream has a header and an end.</summary>
    internal bool IsFramed => framed;

    /// <summary>Gets whether the header is still to be sent.</summary>
    internal bool NeedsHeader => framed && !_headerSent;

    /// <summary>Gets whether the header or an invitation is to be sent before the next block.</summary>
    internal bool NeedsPrelude => NeedsHeader || _invitation is not null;

    /// <summary>Gets the records of the blocks that were sent: the index of the next block's first.</summary>
    internal long RecordsSent { get; private set; }

    /// <summary>
    /// Gets the records that the pipe has accepted: also those of a block that stopped half-way, which its reader gets. It does not change any more once
    /// the writer is disposed.
    /// </summary>
    internal long RecordsAccepted => _acceptedAtEnd ?? RecordsSent + RecordsOfPartialBlock(sender.Steps.Accepted);

    /// <summary>Gets the failure after which nothing can follow.</summary>
    internal IOException? Failure { get; private set; }

    /// <summary>A block that is long enough is about to be sent: where its reader could read in place, it is invited to, once.</summary>
    internal void InviteOnce()
    {
        if (framed && chunks.TryOffer())
        {
            _invitation = chunks.InPlace!.Invitation;
        }
    }

    /// <summary>The bytes of what is to be sent, with everything around it: the header where that is still to be sent, a block, the end.</summary>
    internal long MessageLength(in ChunkBody body, bool withEnd)
        => (NeedsHeader ? _headerLength : 0)
            + (_invitation is null ? 0 : Invitation.Length)
            + (body.Records == 0 ? 0 : BlockHeaderLength + (long)body.Length)
            + (withEnd ? BlockHeaderLength : 0);

    /// <summary>Writes all of that into one piece.</summary>
    /// <param name="destination">Exactly <see cref="MessageLength"/>.</param>
    /// <param name="body">What the block has in it; nothing for no block.</param>
    /// <param name="bytes">Its records, and what lies behind them.</param>
    /// <param name="withEnd">Whether the end follows.</param>
    internal void WriteMessage(Span<byte> destination, in ChunkBody body, ReadOnlySpan<byte> bytes, bool withEnd)
    {
        if (NeedsHeader)
        {
            WriteHeader(destination[.._headerLength], isAll: withEnd);
            destination = destination[_headerLength..];
        }

        if (_invitation is { } invitation)
        {
            invitation.Write(destination);
            destination = destination[Invitation.Length..];
        }

        if (body.Records != 0)
        {
            WriteBlockHeader(destination[..BlockHeaderLength], body);
            bytes.CopyTo(destination[BlockHeaderLength..]);
            destination = destination[(BlockHeaderLength + bytes.Length)..];
        }

        if (withEnd)
        {
            RecordStreamFormat.WriteBlockHeader(destination, 0, RecordsSent + body.Records);
        }
    }

    internal void MessageIsSent(in ChunkBody body, bool withEnd)
    {
        long bytes = MessageLength(body, withEnd);
        _headerSent = true;
        _invitation = null;
        if (body.Records == 0)
        {
            _sentBytes += bytes;
        }
        else
        {
            BlockIsSent((nuint)bytes, body.Records);
        }
    }

    /// <summary>Puts the header before a block's records.</summary>
    /// <returns>The bytes of both.</returns>
    internal unsafe nuint Frame(nint chunk, in ChunkBody body)
    {
        if (framed)
        {
            // SAFETY: the chunk starts with room for its header, and is the record writer's.
            WriteBlockHeader(new Span<byte>((void*)chunk, BlockHeaderLength), body);
        }

        return (nuint)(BlockHeaderLength + body.Length);
    }

    /// <summary>Puts a reference in the place of a block's header: that is sent, and the block stays where it is.</summary>
    /// <returns>The bytes to send.</returns>
    internal unsafe nuint Refer(PageBlock block, nuint bytes, in ChunkBody body)
    {
        BlockReference reference = chunks.InPlace!.Announce(block, BlockHeaderLength, bytes, body.Records, RecordsSent)
            with { TailLength = TailLengthOf(body), Tag = body.Tag };

        // SAFETY: as in Frame.
        reference.Write(new Span<byte>((void*)block.Address, BlockReference.Length));
        return BlockReference.Length;
    }

    internal void BlockIsSent(nuint bytes, int records)
    {
        _sentBytes += (long)bytes;
        RecordsSent += records;
        Instruments.CountRecords(Instruments.Transmit, records);
    }

    /// <summary>No block is sent any more. What follows in the pipe is no part of one.</summary>
    internal void End() => _acceptedAtEnd = RecordsAccepted;

    /// <summary>What says that no more comes and that this was not all, behind the header where that was not sent.</summary>
    internal byte[] AbandonedMark()
    {
        int headerLength = NeedsHeader ? _headerLength : 0;
        byte[] mark = new byte[headerLength + RecordStreamFormat.BlockHeaderLength];
        if (headerLength != 0)
        {
            WriteHeader(mark.AsSpan(0, headerLength), isAll: true);
        }

        RecordStreamFormat.WriteBlockHeader(mark.AsSpan(headerLength), RecordStreamFormat.Abandoned, RecordsSent);
        return mark;
    }

    /// <summary>Remembers a failure after which nothing can follow.</summary>
    /// <returns>What to tell the caller.</returns>
    internal Exception Note(Exception error)
    {
        if (error is IOException failure)
        {
            return Fail(failure);
        }

        if (error.InnerException is IncompleteSendException incomplete)
        {
            Failure = incomplete;
        }

        return error;
    }

    /// <summary>The same for a failure that is one for certain.</summary>
    internal IOException Fail(IOException cause)
    {
        if (cause is BrokenPipeException broken)
        {
            long accepted = RecordsSent + RecordsOfPartialBlock(broken.BytesAccepted);
            long unread = Math.Min(accepted, ((broken.BytesUnread + layout.Size - 1) / layout.Size) + (chunks.InPlace?.RecordsNotReturned ?? 0));
            cause = BrokenPipeException.ForRecords(broken, accepted, unread, layout.Name);
        }

        Failure = cause;
        return cause;
    }

    /// <summary>Writes the header. Where the stream goes on, what is to be said of its pages must be known now.</summary>
    private void WriteHeader(Span<byte> destination, bool isAll)
    {
        bool recycles = isAll ? sender.RecyclesSoFar : sender.Recycles;
        bool shares = !isAll && chunks.IsShared;
        RecordStreamFormat.WriteHeader(
            destination,
            layout,
            (recycles ? RecordStreamFlags.Recycles : RecordStreamFlags.None) | (shares ? RecordStreamFlags.SharesPages : RecordStreamFlags.None));
    }

    private void WriteBlockHeader(Span<byte> destination, in ChunkBody body)
        => RecordStreamFormat.WriteBlockHeader(destination, body.Records, RecordsSent, TailLengthOf(body), body.Tag);

    private uint TailLengthOf(in ChunkBody body) => (uint)(body.Length - (body.Records * layout.Size));

    // What the pipe took of the block that failed: everything accepted since, less the headers. Without its texts, a record is none.
    private long RecordsOfPartialBlock(long bytesAccepted)
    {
        if (_hasTails)
        {
            return 0;
        }

        long ofBlock = bytesAccepted - _startPosition - _sentBytes - BlockHeaderLength;
        return Math.Max(0, ofBlock / layout.Size);
    }
}
