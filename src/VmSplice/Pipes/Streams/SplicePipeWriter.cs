using System.Globalization;
using System.IO.Pipelines;
using VmSplice.Diagnostics;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>
/// A <see cref="PipeWriter"/> whose memory is rented from a writer: what is filled in place is moved into the pipe when it
/// is flushed. Chunks that are full wait for the flush, as the contract has it.
/// </summary>
internal sealed class SplicePipeWriter(SpliceWriter writer, bool leaveOpen) : PipeWriter, ISendOwner
{
    private const int ChunkSize = 256 * 1024;

    private readonly Queue<(PageBuffer<byte> Buffer, int Length)> _full = [];
    private (PageBuffer<byte> Buffer, int Length) _cancelled;
    private PageBuffer<byte> _current;
    private int _filled;
    private long _unflushed;
    private CancellationTokenSource? _pendingFlush;
    private bool _cancelNext;
    private bool _completed;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _unflushed;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _current.Memory[_filled..];
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _current.Span[_filled..];
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _current.Length - _filled);
        _filled += bytes;
        _unflushed += bytes;
    }

    /// <summary>Sends what was written.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait with <see cref="OperationCanceledException"/>, as <see cref="CancelPendingFlush"/> does with a result.
    /// </param>
    /// <returns>Whether it was cancelled; and, where there was nothing to send, whether the reader has left.</returns>
    /// <exception cref="BrokenPipeException">The reader left before it had all. A result that says so could be overlooked, and the bytes with it.</exception>
    /// <exception cref="IncompleteSendException">An earlier flush was cancelled or failed when a part of a chunk was in the pipe.</exception>
    /// <exception cref="InvalidOperationException">The writer was completed.</exception>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfCompleted();
        cancellationToken.ThrowIfCancellationRequested();
        writer.Sender.ThrowIfIncomplete();
        if (Interlocked.Exchange(ref _cancelNext, false))
        {
            return new FlushResult(isCanceled: true, isCompleted: false);
        }

        using var pending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Volatile.Write(ref _pendingFlush, pending);
        try
        {
            SetAside();
            bool isNothing = true;
            while (TryTakeNext(out PageBuffer<byte> buffer, out int length))
            {
                isNothing = false;
                PageBlock block = buffer.Leave(PageBufferState.Sent);
                await writer.Sender.SendBlockAsync(block, (nuint)length, owner: this, caller: null, pending.Token).ConfigureAwait(false);
            }

            return new FlushResult(
                isCanceled: pending.IsCancellationRequested && !cancellationToken.IsCancellationRequested,
                isCompleted: isNothing && writer.Sender.HasNoReader);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // CancelPendingFlush. Where a chunk got through in part, the next flush says so.
            return new FlushResult(isCanceled: true, isCompleted: false);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, e.InnerException, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _pendingFlush, null);
        }
    }

    /// <summary>
    /// Ends a flush that waits: its result says that it was cancelled. What it had not sent stays for the next one; where a chunk was
    /// in the pipe in part, every later flush throws <see cref="IncompleteSendException"/>. Where no flush waits, the next one is cancelled.
    /// </summary>
    public override void CancelPendingFlush()
    {
        try
        {
            if (Volatile.Read(ref _pendingFlush) is { } pending)
            {
                pending.Cancel();
                return;
            }
        }
        catch (ObjectDisposedException)
        {
            // That flush has just ended.
        }

        Volatile.Write(ref _cancelNext, true);
    }

    public override void Complete(Exception? exception = null)
    {
        if (_completed)
        {
            return;
        }

        _completed = true;
        try
        {
            SetAside();
            if (exception is null)
            {
                writer.Sender.ThrowIfIncomplete();
            }

            while (exception is null && TryTakeNext(out PageBuffer<byte> buffer, out int length))
            {
                writer.Send(buffer, length);
            }
        }
        finally
        {
            _cancelled.Buffer.Dispose();
            foreach ((PageBuffer<byte> buffer, _) in _full)
            {
                buffer.Dispose();
            }

            _full.Clear();
            if (!leaveOpen)
            {
                writer.Dispose();
            }
        }
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        try
        {
            if (exception is null && !_completed)
            {
                await FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Complete(e);
            throw;
        }

        Complete(exception);
    }

    void ISendOwner.OnSent(nuint bytes) => _unflushed -= (long)bytes;

    void ISendOwner.OnUntouched(PageBlock? block, nuint bytes)
        => _cancelled = (new PageBuffer<byte>(block!, block!.HandOutAgain(), (int)bytes), (int)bytes);

    // A chunk that failed is gone, and nothing can follow it.
    Exception ISendOwner.OnFailed(Exception error) => error;

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        ThrowIfCompleted();
        int wanted = Math.Max(sizeHint, 1);
        if (_current.Length - _filled >= wanted)
        {
            return;
        }

        SetAside();
        _current = writer.Rent<byte>(Math.Max(wanted, ChunkSize));
    }

    /// <summary>Takes the chunk that is to be sent next: the one that was cancelled, or the one that is full for longest.</summary>
    private bool TryTakeNext(out PageBuffer<byte> buffer, out int length)
    {
        if (_cancelled.Length == 0)
        {
            bool found = _full.TryDequeue(out (PageBuffer<byte> Buffer, int Length) chunk);
            (buffer, length) = chunk;
            return found;
        }

        (buffer, length) = _cancelled;
        _cancelled = default;
        return true;
    }

    private void SetAside()
    {
        if (_filled != 0)
        {
            _full.Enqueue((_current, _filled));
        }
        else
        {
            _current.Dispose();
        }

        _current = default;
        _filled = 0;
    }

    private void ThrowIfCompleted()
    {
        if (_completed)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"This writer was completed after {Counted.Bytes(writer.BytesAccepted)}. Take another with AsPipeWriter."));
        }
    }
}
