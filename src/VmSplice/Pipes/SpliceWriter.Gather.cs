using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>Many segments in one piece: gathered calls, continued from the right byte.</content>
public sealed partial class SpliceWriter
{
    private SpliceGather? _spareGather;

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

    /// <summary>
    /// Sends segments that lie in blocks which their owner has left, in one piece, and returns each block to its pool with
    /// the right fate.
    /// </summary>
    internal void SendBlocks(ReadOnlySpan<PageBlock> blocks, Span<IoVec> segments)
    {
        bool shares = SharesGathered(segments);
        bool arrived = false;
        long until = 0;
        try
        {
            using (EnterSend(SegmentRun.BytesOf(segments)))
            {
                TransferAll(segments, shares, SpliceFlags.None);
                arrived = true;
                until = _accepted;
            }
        }
        finally
        {
            foreach (PageBlock block in blocks)
            {
                // A transfer that failed half-way may have left some of the pages in flight, for how long nobody knows.
                block.Pool.Return(block, Transfer.FateOf(block, shares, arrived && _recycles ? _pool : null), until);
            }
        }
    }

    /// <summary>Gives the pages of a block away. The last page of a segment may hold less than a page; nothing else lies in it.</summary>
    internal void GiftBlock(PageBlock block, Span<IoVec> segments)
    {
        try
        {
            using (EnterSend(SegmentRun.BytesOf(segments)))
            {
                if (_policy.Shares)
                {
                    GiftAll(segments);
                }
                else
                {
                    TransferAll(segments, shares: false, SpliceFlags.None);
                }
            }
        }
        finally
        {
            block.Pool.Return(block, BlockFate.Discarded);
        }
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

    private void TransferAll(Span<IoVec> segments, bool shares, SpliceFlags flags)
    {
        Span<IoVec> rest = SegmentRun.Skip(segments, 0);
        while (!rest.IsEmpty)
        {
            shares = shares && !_sender.MustWrite(flags);
            ReadOnlySpan<IoVec> next = rest[..Math.Min(rest.Length, MostSegments(shares))];
            nint accepted = shares
                ? _sender.TryShare(next, flags, out int errno)
                : SysUio.TryWriteV(_end.Handle, next, out errno);
            if (accepted < 0 && shares && _sender.MustWrite(flags))
            {
                continue;
            }

            rest = SegmentRun.Skip(rest, (nuint)Accept(accepted, SegmentRun.BytesOf(next), errno, shares ? "vmsplice" : "writev"));
        }
    }

    // More segments than the pipe has slots are never accepted at once.
    private int MostSegments(bool shares)
        => shares ? Math.Clamp(_end.KnownCapacity / Environment.SystemPageSize, 1, RawPipe.IovMax) : RawPipe.IovMax;

    /// <summary>
    /// Shares whole pages as a gift and what is left of a segment behind them without the flag, in as few calls as the
    /// order allows: a call has one set of flags, and a gift is whole pages.
    /// </summary>
    private void GiftAll(Span<IoVec> segments)
    {
        nuint mask = (nuint)Environment.SystemPageSize - 1;
        SpliceFlags flags = SpliceFlags.None;

        // A run takes at most one place for each segment it has come past, so it fits where those lay.
        int run = 0;
        for (int i = 0; i < segments.Length; i++)
        {
            IoVec segment = segments[i];
            nuint whole = segment.Length & ~mask;
            Append(segments, new IoVec(segment.Address, whole), SpliceFlags.Gift);
            Append(segments, new IoVec(segment.Address + (nint)whole, segment.Length - whole), SpliceFlags.None);
        }

        TransferAll(segments[..run], shares: true, flags);

        void Append(Span<IoVec> pieces, IoVec piece, SpliceFlags pieceFlags)
        {
            if (piece.Length == 0)
            {
                return;
            }

            if (pieceFlags != flags)
            {
                TransferAll(pieces[..run], shares: true, flags);
                flags = pieceFlags;
                run = 0;
            }

            pieces[run++] = piece;
        }
    }
}
