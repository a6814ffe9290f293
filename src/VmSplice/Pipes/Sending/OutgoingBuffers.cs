using VmSplice.Buffers;
using VmSplice.CompilerServices;

namespace VmSplice.Pipes;

/// <summary>Takes buffers over from their owners, to be sent in one piece, and ends a stream of spliceable ones.</summary>
internal sealed class OutgoingBuffers(Sender sender, bool framed)
{
    private Gathering? _spare;
    private bool _completed;

    /// <summary>Gets whether a header goes before each spliceable buffer, and an end mark behind the last.</summary>
    internal bool Framed => framed;

    /// <summary>A spliceable buffer, all its segments.</summary>
    /// <param name="pages">Its memory. It is consumed.</param>
    /// <param name="isGift">Whether its pages are given away.</param>
    internal PendingSend SendOf(BufferPages pages, bool isGift = false)
    {
        Gathering gathering = TakeSpare();
        try
        {
            gathering.Add(pages, isGift ? PageBufferState.Gifted : PageBufferState.Sent);
            return isGift ? gathering.TakeGift() : gathering.TakeSend();
        }
        finally
        {
            _spare = gathering;
        }
    }

    /// <summary>Buffers of one type, in order. All are consumed, also where one of them is not the caller's any more.</summary>
    internal PendingSend SendOfAll<T>(ReadOnlySpan<PageBuffer<T>> buffers)
        where T : unmanaged
    {
        Gathering gathering = TakeSpare();
        try
        {
            gathering.AddAll(buffers);
            return gathering.TakeSend();
        }
        finally
        {
            _spare = gathering;
        }
    }

    /// <summary>A buffer is about to follow: what was completed before it is another stream.</summary>
    internal void Begin() => _completed = false;

    /// <summary>Ends the stream of buffers. Once is enough; without framing there is no mark to send.</summary>
    internal void Complete()
    {
        sender.ThrowIfDisposed();
        if (framed && !_completed)
        {
            Span<byte> end = stackalloc byte[BufferHeader.Least];
            BufferHeader.WriteEnd(end);
            sender.Write(end, caller: null);
            _completed = true;
        }
    }

    /// <summary>The same without a thread that waits.</summary>
    internal async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        sender.ThrowIfDisposed();
        if (framed && !_completed)
        {
            byte[] end = new byte[BufferHeader.Least];
            BufferHeader.WriteEnd(end);
            await sender.WriteAsync<byte>(end, caller: null, cancellation).ConfigureAwait(false);
            _completed = true;
        }
    }

    // Several threads may send: whoever finds none makes one.
    private Gathering TakeSpare() => Interlocked.Exchange(ref _spare, null) ?? new Gathering(sender, this);
}
