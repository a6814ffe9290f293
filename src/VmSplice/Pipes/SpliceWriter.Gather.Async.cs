using VmSplice.Interop;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>Many segments in one piece, without a thread that waits.</content>
public sealed partial class SpliceWriter
{
    private GatheredSegments? _freeGathered;

    /// <summary>
    /// Moves a buffer into the pipe, all its segments gathered, and waits without a thread while the pipe is full. It is
    /// consumed by the call itself, before the first wait, also where the send fails or is cancelled.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <param name="header">Whether a header goes before it, as in <see cref="Send{TBuffer}(TBuffer, bool)"/>.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask SendAsync<TBuffer>([Consumes] TBuffer buffer, bool header = true, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => SendAsync(Gather(buffer, header, PageBufferState.Sent), cancellationToken);

    /// <summary>Gives a buffer's pages away as <see cref="Gift{TBuffer}(TBuffer, bool)"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It is consumed by the call itself, also where the gift fails or is cancelled.</param>
    /// <param name="header">Whether a header goes before it, as in <see cref="Send{TBuffer}(TBuffer, bool)"/>.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the gift waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask GiftAsync<TBuffer>([Consumes] TBuffer buffer, bool header = true, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        GatheredSegments gathered = Gather(buffer, header, PageBufferState.Gifted);
        gathered.CutAtWholePages((nuint)Environment.SystemPageSize);
        return Start(gathered, _policy.Shares, SpliceFlags.Gift, cancellationToken);
    }

    /// <summary>Moves buffers into the pipe as <see cref="SendAll{T}"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffers">Any number of buffers; consumed by the call itself, also where the send fails or one of them was not yours.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">A buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask SendAllAsync<T>([Consumes] ReadOnlySpan<PageBuffer<T>> buffers, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        SpliceGather gather = TakeSpareGather();
        try
        {
            gather.AddAll(buffers);
            return gather.SendAsync(cancellationToken);
        }
        finally
        {
            _spareGather = gather;
        }
    }

    /// <summary>Sends segments whose owners have left them. Consumed also where this fails.</summary>
    internal ValueTask SendAsync(GatheredSegments gathered, CancellationToken cancellation)
        => Start(gathered, SharesGathered(gathered.Rest), SpliceFlags.None, cancellation);

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

    private GatheredSegments Gather<TBuffer>(TBuffer buffer, bool header, PageBufferState state)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
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

    private ValueTask Start(GatheredSegments gathered, bool shares, SpliceFlags flags, CancellationToken cancellation)
    {
        nuint bytes = SegmentRun.BytesOf(gathered.Rest);

        // Empty segments at the front would be the whole of a call that the kernel answers with 0.
        gathered.Advance(0);
        return Start(new Transfer { Gathered = gathered, Remaining = bytes, Length = bytes, Shares = shares, Flags = flags }, cancellation);
    }

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
