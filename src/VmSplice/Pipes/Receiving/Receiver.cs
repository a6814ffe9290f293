using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// Receives from one pipe: who may read, waiting, and the end of it. <see cref="ReceiveSteps"/> moves the bytes; a thread drives them
/// with <see cref="WaitForData"/>, an <see cref="IncomingOperation{TResult}"/> without one.
/// </summary>
internal sealed class Receiver : IBlockUser
{
    /// <summary>What exceptions call this: users know it by its facade.</summary>
    internal const string ObjectName = "SpliceReader";

    private readonly PipeEnd _end;
    private BriefSpin _spin = new(microseconds: 32, mostBytes: Limits.PIPE_BUF, mostSkipped: 64);

    // A reference is short, and what it stands for is not: a sleep and a wake-up are little beside the time that a block takes.
    private BriefSpin _spinInPlace = new(microseconds: 8, mostBytes: Limits.PIPE_BUF, mostSkipped: 64);
    private MemoryRead? _memoryRead;
    private bool _isReading;
    private volatile bool _disposed;

    internal Receiver(PipeEnd end, PipeSenderKind sender)
    {
        _end = end;
        Steps = new ReceiveSteps(end);
        SenderPages = new SenderPages(end, sender);
        DataWatch = DescriptorWatch.ForData(end.Handle);
    }

    internal ReceiveSteps Steps { get; }

    internal SenderPages SenderPages { get; }

    internal DescriptorWatch DataWatch { get; }

    internal DisposalSignal Disposal { get; } = new();

    internal PipeEnd End => _end;

    /// <summary>
    /// Gets or sets whether what waits in the pipe refers to memory of the sender, which a record reader of this end has joined. It is of no use to
    /// anybody else.
    /// </summary>
    internal bool IsReadInPlace { get; set; }

    /// <summary>Gets the read into memory. One for each receiver, used again once it was awaited.</summary>
    internal MemoryRead MemoryRead => _memoryRead ??= new MemoryRead(this);

    internal static ObjectDisposedException WasDisposed() => new(ObjectName, "The reader is disposed, or was while this read waited.");

    /// <summary>Reads what is there, and waits in this thread where nothing is.</summary>
    /// <returns>The bytes read; 0 at the end of the stream, or for an empty destination.</returns>
    internal int Read(Span<byte> destination)
    {
        ThrowIfDisposed();
        int read;
        while (!Steps.TryRead(destination, out read))
        {
            WaitForData();
        }

        return read;
    }

    /// <summary>The same until the destination is full or the stream ends.</summary>
    internal int ReadUntilFull(Span<byte> destination)
    {
        int filled = 0;
        while (filled < destination.Length)
        {
            int read = Read(destination[filled..]);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    /// <summary>
    /// Blocks the thread until there is data or the stream ends. May come back without, also at once: whoever calls looks whether what it
    /// wanted the data for is still there, and tries again.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was meanwhile.</exception>
    internal void WaitForData()
    {
        ThrowIfDisposed();
        if (!(IsReadInPlace ? ref _spinInPlace : ref _spin).ShouldTryAgain(Steps.BytesRead))
        {
            PipeWait.ForData(_end.Handle, Disposal);
        }

        ThrowIfDisposed();
    }

    /// <summary>Reserves the receiver for one operation.</summary>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    internal void Reserve()
    {
        if (Interlocked.Exchange(ref _isReading, true))
        {
            throw new InvalidOperationException("A read of this reader runs already, or its result was never awaited. Await it before the next one.");
        }
    }

    /// <summary>Ends the reservation.</summary>
    internal void EndReservation() => Volatile.Write(ref _isReading, false);

    /// <summary>
    /// Ends a read that waits, with <see cref="ObjectDisposedException"/>: whoever asked for it is disposed, or what it reads
    /// into is. This receiver is not.
    /// </summary>
    internal void Interrupt()
    {
        DataWatch.Interrupt();
        Disposal.Wake();
    }

    void IBlockUser.OnBlockLeft() => Interrupt();

    internal void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw WasDisposed();
        }
    }

    /// <exception cref="InvalidOperationException">What waits in the pipe are references.</exception>
    internal void ThrowIfReadInPlace()
    {
        if (IsReadInPlace)
        {
            throw new InvalidOperationException("The records of this pipe are read in place: the pipe carries only where they lie, in memory that its record "
                + "reader has joined and nobody else. Copy them: RecordReader.CopyTo(a RecordWriter of the target). Or set RecordReaderOptions.InPlace to "
                + "false, so that all comes through the pipe.");
        }
    }

    /// <summary>Ends the calls that wait, and lets no further one begin.</summary>
    internal void EndCalls()
    {
        _disposed = true;
        Disposal.Set();
        DataWatch.Dispose();
    }

    /// <summary>The same, and closes the end.</summary>
    internal void Close()
    {
        EndCalls();
        Steps.Dispose();
        _end.Dispose();
    }
}
