using System.Globalization;
using System.IO.Pipelines;

namespace VmSplice.Bridges;

/// <summary>
/// A <see cref="PipeWriter"/> whose memory is rented from a writer: what is filled in place is moved into the pipe when it
/// is flushed. Chunks that are full wait for the flush, as the contract has it.
/// </summary>
internal sealed class SplicePipeWriter(SpliceWriter writer, bool leaveOpen) : PipeWriter
{
    private const int ChunkSize = 256 * 1024;

    private readonly Queue<(PageBuffer<byte> Buffer, int Length)> _full = [];
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

    /// <inheritdoc/>
    /// <exception cref="BrokenPipeException">The reader is gone. A result that says so could be overlooked, and the bytes with it.</exception>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfCompleted();
        if (Interlocked.Exchange(ref _cancelNext, false))
        {
            return new FlushResult(isCanceled: true, isCompleted: false);
        }

        using var pending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Volatile.Write(ref _pendingFlush, pending);
        try
        {
            SetAside();
            while (_full.TryDequeue(out (PageBuffer<byte> Buffer, int Length) chunk))
            {
                // Consumed whatever happens: a send that is cancelled half-way poisons the pipe, and says so.
                _unflushed -= chunk.Length;
                await writer.SendAsync(chunk.Buffer, chunk.Length, pending.Token).ConfigureAwait(false);
            }

            return default;
        }
        finally
        {
            Volatile.Write(ref _pendingFlush, null);
        }
    }

    /// <summary>Ends a flush that waits, with <see cref="OperationCanceledException"/>: what it had not sent is gone.</summary>
    public override void CancelPendingFlush()
    {
        if (Volatile.Read(ref _pendingFlush) is { } pending)
        {
            pending.Cancel();
        }
        else
        {
            Volatile.Write(ref _cancelNext, true);
        }
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
            while (exception is null && _full.TryDequeue(out (PageBuffer<byte> Buffer, int Length) chunk))
            {
                writer.Send(chunk.Buffer, chunk.Length);
            }
        }
        finally
        {
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
        if (exception is null && !_completed)
        {
            await FlushAsync().ConfigureAwait(false);
        }

        Complete(exception);
    }

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
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"This writer was completed after {writer.BytesAccepted} bytes. Take another with AsPipeWriter."));
        }
    }
}
