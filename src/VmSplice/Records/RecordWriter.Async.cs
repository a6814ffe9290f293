using System.Diagnostics;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Records;

namespace VmSplice;

/// <content>
/// Flushing without a thread that waits. While a flush is not awaited, every other member throws
/// <see cref="InvalidOperationException"/>.
/// </content>
public sealed partial class RecordWriter<T> : IAsyncDisposable, ISendOwner
{
    private int _flushedRecords;

    /// <summary>
    /// Gets how many records fit before one of the other members sends the chunk, and blocks while the pipe is full. At 0,
    /// asynchronous code awaits <see cref="FlushAsync"/> first.
    /// </summary>
    public unsafe int FreeSlots => _block is null
        ? (_chunkSize - _blockHeaderLength) / sizeof(T)
        : (int)((_limit - _next) / sizeof(T));

    /// <summary>Sends what was written, and waits without a thread while the pipe is full.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait. Before the pipe accepted any of it, the records stay and can be flushed again. After a part was
    /// accepted, the <see cref="OperationCanceledException"/> has a <see cref="TornSendException"/> inside, which every
    /// later call throws.
    /// </param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="TornSendException">An earlier flush was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">The flush before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed, before or while the flush waited.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable();
        return _framing.NeedsHeader ? FlushWithHeaderAsync(cancellationToken) : SendPendingAsync(cancellationToken);
    }

    /// <summary>
    /// Sends what was written and ends the stream, so that the reader knows that this is all; waits without a thread while
    /// the pipe is full. Once is enough; after a cancellation that left the pipe untouched it can be called again.
    /// </summary>
    /// <param name="cancellationToken">As of <see cref="FlushAsync"/>.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="TornSendException">An earlier flush was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">The flush before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while this waited.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_completed)
        {
            return;
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_framing.IsFramed)
        {
            byte[] end = new byte[RecordStreamFormat.BlockHeaderLength];
            _framing.WriteEnd(end);
            await WriteAsync(end, isHeader: false, cancellationToken).ConfigureAwait(false);
        }

        _completed = true;
        End();
    }

    /// <summary>As <see cref="Dispose"/>, which does not wait either: for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    void ISendOwner.OnSent(nuint bytes)
    {
        _framing.BlockIsSent(bytes, _flushedRecords);
        EndFlush();
    }

    unsafe void ISendOwner.OnUntouched(PageBlock block, nuint bytes)
    {
        _block = block;
        _ticket = block.HandOutAgain();
        _first = (byte*)block.Address + _blockHeaderLength;
        _limit = _first + ((block.Length - (nuint)_blockHeaderLength) / (nuint)sizeof(T) * (nuint)sizeof(T));
        _next = _cleared = _acquired = _first + ((nint)_flushedRecords * sizeof(T));
        EndFlush();
    }

    Exception ISendOwner.OnFailed(Exception error)
    {
        error = _framing.Note(error);
        EndFlush();
        return error;
    }

    private async Task SendMarkAsync(byte[] mark)
    {
        try
        {
            await _writer.WriteAsync(mark).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody is there to be told, or the end of the pipe tells it.
        }
    }

    private void EndFlush()
    {
        _flushedRecords = 0;
        Exit();
    }

    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed or abandoned.</exception>
    private void ThrowIfUnusable()
    {
        Enter();
        Exit();
    }

    // Once in a stream.
    private async ValueTask FlushWithHeaderAsync(CancellationToken cancellation)
    {
        byte[] header = new byte[RecordStreamFormat.HeaderLength];
        _framing.WriteHeader(header, _sharesChunks);
        unsafe
        {
            // The chunk stays here while the header waits, and slots that are cleared ahead are handed out without a question.
            _cleared = _next;
        }

        await WriteAsync(header, isHeader: true, cancellation).ConfigureAwait(false);
        await SendPendingAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(byte[] bytes, bool isHeader, CancellationToken cancellation)
    {
        Enter();
        try
        {
            await _writer.Sender.WriteAsync<byte>(bytes, _gate, cancellation).ConfigureAwait(false);
            if (isHeader)
            {
                _framing.HeaderIsSent();
            }
            else
            {
                _completed = true;
            }
        }
        catch (Exception e) when (_framing.Note(e) is var told && !ReferenceEquals(told, e))
        {
            throw told;
        }
        finally
        {
            Exit();
        }
    }

    private ValueTask SendPendingAsync(CancellationToken cancellation)
    {
        Enter();
        int pending = Pending;
        if (pending == 0)
        {
            Exit();
            return ValueTask.CompletedTask;
        }

        Debug.Assert(_block is not null, "records lie in a block");
        PageBlock block = _block;
        nuint bytes = _framing.Frame(block, pending);

        // Also where it is copied, unlike Flush: nobody may write into it while it waits.
        bool left = block.TryLeave(_ticket, PageBufferState.Sent);
        Debug.Assert(left, "nobody else has the ticket");
        ForgetBlock();
        _flushedRecords = pending;
        return _writer.Sender.SendBlockAsync(block, bytes, owner: this, _gate, cancellation);
    }
}
