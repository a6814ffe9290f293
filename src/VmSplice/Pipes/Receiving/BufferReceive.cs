using VmSplice.CompilerServices;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>
/// A receive of a spliceable buffer, part by part: whether one arrived. One for each receiver, reused once it was awaited, so
/// that waiting allocates nothing.
/// </summary>
internal sealed class BufferReceive(Receiver receiver, IncomingBuffers buffers) : IncomingOperation<bool>(receiver)
{
    private BufferPages? _pages;
    private Func<BufferPages, int, int>? _indexOfInvalid;
    private BufferPart _part;
    private long _filled;
    private bool _mustArrive;
    private bool _arrived;

    /// <summary>Receives a buffer, or finds that the stream has ended.</summary>
    /// <param name="pages">The buffer's memory, which its owner may dispose meanwhile.</param>
    /// <param name="indexOfInvalid">See <see cref="ISpliceableBuffer{TSelf}.IndexOfInvalidElement"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal ValueTask<bool> Start(BufferPages pages, Func<BufferPages, int, int> indexOfInvalid, CancellationToken cancellation)
    {
        Aim(pages, indexOfInvalid, mustArrive: false);
        return Start(cancellation);
    }

    /// <summary>The same where the stream must not have ended.</summary>
    internal ValueTask StartWithoutResult(BufferPages pages, Func<BufferPages, int, int> indexOfInvalid, CancellationToken cancellation)
    {
        Aim(pages, indexOfInvalid, mustArrive: true);
        return StartWithoutResult(cancellation);
    }

    /// <summary>Receives in this thread.</summary>
    internal bool Run(BufferPages pages, Func<BufferPages, int, int> indexOfInvalid)
    {
        Aim(pages, indexOfInvalid, mustArrive: false);
        return Run();
    }

    internal override bool IsEnded => _pages is { State: not PageBufferState.Owned };

    protected override ObjectDisposedException WasDisposed() => IsEnded ? ReadDestination.WasLeft() : base.WasDisposed();

    protected override bool TryAdvance()
    {
        BufferPages pages = _pages!;
        if (_part == BufferPart.HeaderStart)
        {
            if (!buffers.TryScatter(pages, _part, ref _filled))
            {
                return false;
            }

            if (!buffers.IsHeaderBegun(pages, _filled))
            {
                return true;
            }

            buffers.CheckHeader(pages);
            _part = BufferPart.HeaderRest;
        }

        if (_part == BufferPart.HeaderRest)
        {
            if (!buffers.TryScatter(pages, _part, ref _filled))
            {
                return false;
            }

            IncomingBuffers.TakeHeader(pages, _filled);
            _part = BufferPart.Segments;
            _filled = 0;
        }

        if (!buffers.TryScatter(pages, _part, ref _filled))
        {
            return false;
        }

        _arrived = buffers.IsReceived(pages, _filled, _indexOfInvalid!);
        return true;
    }

    protected override bool Finish(ref Exception? error)
    {
        bool arrived = _arrived;
        if (_mustArrive && !arrived)
        {
            error ??= BufferStreamErrors.Ended(_pages!.Layout);
        }

        _pages!.Release(Receiver);
        _pages = null;
        _indexOfInvalid = null;
        return arrived;
    }

    private void Aim(BufferPages pages, Func<BufferPages, int, int> indexOfInvalid, bool mustArrive)
    {
        Receiver.Reserve();
        try
        {
            pages.Use(Receiver);
        }
        catch
        {
            Receiver.EndReservation();
            throw;
        }

        _pages = pages;
        _indexOfInvalid = indexOfInvalid;
        _mustArrive = mustArrive;
        _part = buffers.Framed ? BufferPart.HeaderStart : BufferPart.Segments;
        _filled = 0;
        _arrived = false;
    }
}
