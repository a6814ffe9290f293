using VmSplice.Records;

namespace VmSplice;

/// <content>Batches without a thread that waits for them.</content>
public sealed partial class RecordReader<T> : IAsyncEnumerable<ReadOnlyMemory<T>>
{
    private BatchOperation<T>? _batches;
    private BatchMemory<T>? _batch;
    private bool _sourceEnded;

    /// <summary>Reads the next records of one block as <see cref="ReadBatch"/> does, and waits without a thread where none is.</summary>
    /// <param name="cancellationToken">Ends the wait. Nothing is lost: the next call goes on where this one stopped.</param>
    /// <returns>
    /// The records; empty at the end of the stream. They are valid until the next call of any member that reads, or
    /// <see cref="Dispose"/>: the memory is the reader's own. An access afterwards throws <see cref="ObjectDisposedException"/>. Copy
    /// what you want to keep.
    /// </returns>
    /// <exception cref="RecordStreamException">As of <see cref="ReadBatch"/>.</exception>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the batch was waited for.</exception>
    public ValueTask<ReadOnlyMemory<T>> ReadBatchAsync(CancellationToken cancellationToken = default)
    {
        _gate.ThrowIfEnded();
        EndBatch("The reader has moved on to another batch, and reuses this one's memory. Copy what you want to keep.");
        _batches ??= new BatchOperation<T>(this, _reader);
        return _batches.Start(cancellationToken);
    }

    /// <summary>Reads the stream's header as <see cref="ReadHeader"/> does, and waits for it without a thread.</summary>
    /// <param name="cancellationToken">Ends the wait. Nothing is lost.</param>
    /// <inheritdoc cref="ReadHeader"/>
    public async ValueTask<RecordStreamHeader> ReadHeaderAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfUnframed();
        _gate.ThrowIfEnded();
        _batches ??= new BatchOperation<T>(this, _reader);
        await _batches.StartHeader(cancellationToken).ConfigureAwait(false);
        return new RecordStreamHeader(_sender);
    }

    /// <summary>
    /// Walks through all batches that are left: <c>await foreach (ReadOnlyMemory&lt;Tick&gt; batch in reader)</c>. A batch
    /// is valid until the loop asks for the next one.
    /// </summary>
    /// <param name="cancellationToken">Ends the loop. Nothing is lost.</param>
    public async IAsyncEnumerator<ReadOnlyMemory<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ReadOnlyMemory<T> batch = await ReadBatchAsync(cancellationToken).ConfigureAwait(false);
            if (batch.IsEmpty)
            {
                yield break;
            }

            yield return batch;
        }
    }

    /// <summary>Takes a batch out of what is buffered, or notices the end. <see langword="false"/> where more must be read first.</summary>
    internal unsafe bool TryTakeBuffered(out ReadOnlyMemory<T> batch)
    {
        _gate.ThrowIfEnded();
        batch = default;
        while (!_ended)
        {
            int whole = (int)Math.Min(_remaining, (_end - _start) / sizeof(T));
            if (whole > 0)
            {
                _batch = new BatchMemory<T>(Take(whole));
                batch = _batch.Memory;
                return true;
            }

            if (!TryTakeHeader() || !IsBuffered(_remaining > 0 ? sizeof(T) : RecordStreamFormat.BlockHeaderLength))
            {
                return false;
            }

            // Neither reads: what they need is buffered, or will never come, which they say in their words.
            if (_remaining > 0)
            {
                FillRecord();
            }
            else
            {
                ReadBlockHeader();
            }
        }

        return true;
    }

    /// <summary>Takes the header, where there is one to take. <see langword="false"/> where more must be read first.</summary>
    internal bool TryTakeHeader()
    {
        _gate.ThrowIfEnded();
        if (!_framed || _headerRead)
        {
            return true;
        }

        if (!IsBuffered(RecordStreamFormat.HeaderLength))
        {
            return false;
        }

        TakeHeader();
        return true;
    }

    /// <summary>Whether this much is buffered or will never come. Else there is room for it now.</summary>
    private bool IsBuffered(int needed)
    {
        if (_end - _start >= needed || _sourceEnded)
        {
            return true;
        }

        MakeRoom(needed);
        return false;
    }

    /// <summary>Reads into the room behind what is buffered, or notices the end. <see langword="false"/> where the pipe is empty.</summary>
    internal bool TryReadMore()
    {
        int filled = 0;
        if (!_reader.TryRead(Room(), ref filled))
        {
            return false;
        }

        _end += filled;
        _sourceEnded = filled == 0;
        return true;
    }

    private void EndBatch(string why)
    {
        _batch?.End(why);
        _batch = null;
    }
}
