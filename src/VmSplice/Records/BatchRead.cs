using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Reads one batch after another for a record reader, or the header of its stream: in a thread, or without one that waits. One for each
/// reader, used again once the batch before was awaited, so that waiting allocates nothing.
/// </summary>
/// <param name="steps">What takes batches. It is given up by the call beside which the reader is disposed.</param>
/// <param name="gate">Lets one call at a time in.</param>
/// <param name="receiver">Where to read.</param>
internal sealed class BatchRead<T>(BatchSteps<T> steps, CallGate gate, Receiver receiver) : IncomingOperation<ReadOnlyMemory<T>>(receiver)
    where T : unmanaged, ISpliceable<T>
{
    private BatchMemory<T>? _batch;
    private Wanted _wanted;

    private enum Wanted
    {
        Header,
        Batch,
        Bytes,
    }

    internal override bool IsEnded => gate.IsEnded;

    /// <summary>Hands out what is buffered, or starts to read. The reader's memory stays until this has ended.</summary>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    internal new ValueTask<ReadOnlyMemory<T>> Start(CancellationToken cancellation)
    {
        gate.ThrowIfEnded();
        EndBatch(MovedOn);
        Enter(Wanted.Batch);
        return base.Start(cancellation);
    }

    /// <summary>Takes the header of the stream out of what is buffered, or starts to read it.</summary>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    internal ValueTask StartHeader(CancellationToken cancellation)
    {
        gate.ThrowIfEnded();
        Enter(Wanted.Header);
        return StartWithoutResult(cancellation);
    }

    /// <summary>Takes a batch, and waits for it in this thread.</summary>
    internal new ReadOnlySpan<T> Run()
    {
        gate.Enter();
        ReadOnlySpan<T> batch;
        try
        {
            EndBatch(MovedOn);
            while (!steps.TryTakeBatch(out batch))
            {
                ReadMore();
            }
        }
        finally
        {
            Exit();
        }

        // What was read lies in memory that is unmapped by now.
        gate.ThrowIfEnded();
        return batch;
    }

    /// <summary>Takes the header, and waits for it in this thread.</summary>
    internal void RunHeader()
    {
        gate.Enter();
        try
        {
            while (!steps.TryTakeHeader())
            {
                ReadMore(headerAlone: true);
            }
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Begins a call of several steps: the batches between are its own, and stay until <see cref="ExitCopy"/>.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    internal void EnterCopy()
    {
        gate.Enter();
        EndBatch(MovedOn);
    }

    /// <summary>Ends it. Where the reader was disposed meanwhile, its memory is given up.</summary>
    internal void ExitCopy() => Exit();

    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    internal void ThrowIfEnded() => gate.ThrowIfEnded();

    /// <summary>Reads more as a step of such a call, and waits for it without a thread.</summary>
    internal ValueTask StartReadMore(CancellationToken cancellation)
    {
        Receiver.Reserve();
        _wanted = Wanted.Bytes;
        return StartWithoutResult(cancellation);
    }

    /// <summary>Reads more, and waits for it in this thread. A step of a call.</summary>
    internal void ReadMore(bool headerAlone = false)
    {
        Receiver.ThrowIfDisposed();
        while (!steps.TryReadMore(headerAlone))
        {
            Receiver.WaitForData();
            gate.ThrowIfEnded();
        }
    }

    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    /// <exception cref="InvalidOperationException">A batch is being read, and the memory of the last one with it.</exception>
    internal void ThrowIfBusy()
    {
        gate.ThrowIfEnded();
        gate.ThrowIfBusy();
    }

    /// <summary>The reader is disposed. <see langword="false"/> where it was before.</summary>
    internal bool TryEnd()
    {
        if (!gate.TryEnd(out bool isUnused))
        {
            return false;
        }

        EndBatch("The reader was disposed, and its memory with it. Copy what you want to keep.");
        if (isUnused)
        {
            steps.Dispose();
        }

        return true;
    }

    protected override ObjectDisposedException WasDisposed() => IsEnded ? gate.WasDisposed() : base.WasDisposed();

    protected override bool TryAdvance()
    {
        while (!TryTake())
        {
            Receiver.ThrowIfDisposed();
            if (!steps.TryReadMore(headerAlone: _wanted == Wanted.Header))
            {
                return false;
            }

            if (_wanted == Wanted.Bytes)
            {
                break;
            }
        }

        return true;
    }

    protected override ReadOnlyMemory<T> Finish(ref Exception? error)
    {
        ReadOnlyMemory<T> batch = error is null && _wanted == Wanted.Batch && _batch is not null ? _batch.Memory : default;
        if (_wanted == Wanted.Bytes || !Exit())
        {
            return batch;
        }

        error = gate.WasDisposed();
        return default;
    }

    private static string MovedOn => "The reader has moved on to another batch, and reuses this one's memory. Copy what you want to keep.";

    private bool TryTake()
    {
        gate.ThrowIfEnded();
        if (_wanted != Wanted.Batch)
        {
            return _wanted == Wanted.Header && steps.TryTakeHeader();
        }

        if (!steps.TryTakeBatch(out ReadOnlySpan<T> batch))
        {
            return false;
        }

        _batch = batch.IsEmpty ? null : new BatchMemory<T>(batch, steps.Array);
        return true;
    }

    private void EndBatch(string why)
    {
        _batch?.End(why);
        _batch = null;
    }

    private void Enter(Wanted wanted)
    {
        Receiver.Reserve();
        try
        {
            gate.Enter();
        }
        catch
        {
            Receiver.EndReservation();
            throw;
        }

        _wanted = wanted;
    }

    /// <summary>Ends a call. <see langword="true"/> where the reader was disposed meanwhile: then its memory is given up here.</summary>
    private bool Exit()
    {
        bool isLast = gate.Exit();
        if (isLast)
        {
            steps.Dispose();
        }

        return isLast;
    }
}
