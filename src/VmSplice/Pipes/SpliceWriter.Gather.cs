using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>Many segments in one piece: gathered calls, continued from the right byte.</content>
public sealed partial class SpliceWriter
{
    private SpliceGather? _spareGather;
    private GatheredSegments? _freeGathered;

    /// <summary>
    /// Moves buffers into the pipe, in order and in one piece, with as few calls as the kernel lets. All are consumed,
    /// also where the send fails or one of them was not yours; then nothing is sent.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffers">Any number of buffers.</param>
    /// <exception cref="ObjectDisposedException">A buffer was handed over before, or the writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void SendAll<T>([Consumes] params ReadOnlySpan<PageBuffer<T>> buffers)
        where T : unmanaged
    {
        SpliceGather gather = TakeSpareGather();
        try
        {
            gather.AddAll(buffers);
            gather.Send();
        }
        finally
        {
            gather.Dispose();
            _spareGather = gather;
        }
    }

    /// <summary>Collects buffers of different types, to be sent in one piece.</summary>
    public SpliceGather CreateGather() => new(this);

    /// <summary>Sends segments whose owners have left them. Consumed also where this fails.</summary>
    internal void Send(GatheredSegments gathered) => Run(TransferOf(gathered, SharesGathered(gathered.Rest), SpliceFlags.None));

    internal GatheredSegments RentGathered()
    {
        lock (_operationsGate)
        {
            if (_freeGathered is not { } gathered)
            {
                return new GatheredSegments();
            }

            _freeGathered = gathered.NextFree;
            gathered.NextFree = null;
            return gathered;
        }
    }

    private void ReturnGathered(GatheredSegments gathered)
    {
        lock (_operationsGate)
        {
            gathered.NextFree = _freeGathered;
            _freeGathered = gathered;
        }
    }

    private SpliceGather TakeSpareGather() => Interlocked.Exchange(ref _spareGather, null) ?? new SpliceGather(this);

    /// <summary>Takes a buffer over from the caller: its block, and what is to be sent of it.</summary>
    private GatheredSegments Gather<TBuffer>(TBuffer buffer, bool header, PageBufferState state)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ArgumentNullException.ThrowIfNull(buffer);
        SpliceGather gather = TakeSpareGather();
        try
        {
            gather.Add(buffer.Pages, header, state);
            return gather.TakeAll();
        }
        finally
        {
            _spareGather = gather;
        }
    }

    /// <summary>The same for a gift: whole pages by themselves, and what a segment has beyond them.</summary>
    private Transfer GiftOf<TBuffer>(TBuffer buffer, bool header)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        GatheredSegments gathered = Gather(buffer, header, PageBufferState.Gifted);
        gathered.CutAtWholePages((nuint)Environment.SystemPageSize);
        return TransferOf(gathered, _policy.Shares, SpliceFlags.Gift);
    }

    private static Transfer TransferOf(GatheredSegments gathered, bool shares, SpliceFlags flags)
    {
        nuint bytes = SegmentRun.BytesOf(gathered.Rest);

        // Empty segments at the front would be the whole of a call that the kernel answers with 0.
        gathered.Advance(0);
        return new Transfer { Gathered = gathered, Remaining = bytes, Length = bytes, Shares = shares, Flags = flags };
    }

    /// <summary>
    /// Whether to share the pages of all these segments. A page takes a slot of the pipe however little of it is sent, so
    /// pages that are less than half full are cheaper to copy.
    /// </summary>
    private bool SharesGathered(ReadOnlySpan<IoVec> segments)
    {
        nuint bytes = SegmentRun.BytesOf(segments);
        nuint pageSize = (nuint)Environment.SystemPageSize;
        return !_sender.IsRefused && _policy.SharesOwnPages(bytes) && bytes >= SegmentRun.SlotsOf(segments, (int)pageSize) * pageSize / 2;
    }

    // More segments than the pipe has slots are never accepted at once.
    private int MostSegments(bool shares)
        => shares ? Math.Clamp(_end.KnownCapacity / Environment.SystemPageSize, 1, RawPipe.IovMax) : RawPipe.IovMax;

    /// <summary>The segments of one call: no more than the kernel takes, and of a gift either whole pages or what lies behind some.</summary>
    private ReadOnlySpan<IoVec> NextCall(ReadOnlySpan<IoVec> rest, bool shares, ref SpliceFlags flags)
    {
        rest = rest[..Math.Min(rest.Length, MostSegments(shares))];
        if (!shares || flags != SpliceFlags.Gift)
        {
            return rest;
        }

        bool whole = IsWholePages(rest[0]);
        int count = 1;
        while (count < rest.Length && IsWholePages(rest[count]) == whole)
        {
            count++;
        }

        flags = whole ? SpliceFlags.Gift : SpliceFlags.None;
        return rest[..count];
    }

    private static bool IsWholePages(IoVec segment) => segment.Length % (nuint)Environment.SystemPageSize == 0;
}
