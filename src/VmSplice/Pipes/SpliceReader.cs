using System.Globalization;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice;

/// <summary>
/// The receiving end of a pipe. Receiving copies once, straight into the destination; there is no receive without a copy
/// in the kernel.
/// </summary>
public sealed partial class SpliceReader : IPipeEndOwner, IBlockUser
{
    private readonly PipeEnd _end;
    private readonly NonBlockingDescriptor _nonBlocking;
    private readonly DescriptorWatch _dataWatch;
    private readonly DisposalSignal _disposal = new();
    private volatile bool _disposed;

    private SpliceReader(PipeEnd end, SpliceReaderOptions options)
    {
        _end = end;
        _sender = options.Sender;
        Framed = options.Framed;
        _nonBlocking = new NonBlockingDescriptor(end.Handle, FileAccess.Read, end.IsPipe);
        _dataWatch = DescriptorWatch.ForData(end.Handle);
    }

    /// <summary>Gets the pipe's capacity in bytes, asked of the kernel each time; 0 where standard input is no pipe.</summary>
    public int Capacity => _end.Capacity;

    /// <summary>Gets the bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Gets the descriptor.</summary>
    public SafeHandle Handle => _end.Handle;

    /// <summary>Gets whether a header comes before each spliceable buffer.</summary>
    internal bool Framed { get; }

    /// <summary>Reads what is there, and waits where nothing is.</summary>
    /// <param name="destination">Where to; overwritten from the start.</param>
    /// <returns>The bytes read; 0 at the end of the stream, or for an empty destination.</returns>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public unsafe int Read(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (HasReadAhead)
        {
            return TakeReadAhead(destination);
        }

        while (!destination.IsEmpty)
        {
            // SAFETY: read(2) writes into the pinned destination during the call alone.
            fixed (byte* first = destination)
            {
                nint read = _nonBlocking.TryRead(first, (nuint)destination.Length, out int errno);
                if (read >= 0)
                {
                    BytesRead += read;
                    Instruments.CountTransfer("read", Instruments.Receive, (nuint)destination.Length, read);
                    return (int)read;
                }

                if (errno == Errno.EAGAIN)
                {
                    WaitForData();
                }
                else if (errno != Errno.EINTR)
                {
                    throw SystemCallException.Create("read", errno, DescriptorInfo.Describe(_end.Handle));
                }
            }
        }

        return 0;
    }

    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">A buffer that you own; overwritten from the start.</param>
    /// <returns>The whole elements read; fewer than the buffer's length at the end of the stream alone.</returns>
    /// <exception cref="EndOfStreamException">The stream ended inside of an element.</exception>
    /// <exception cref="InvalidOperationException">An asynchronous read was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over, or the reader is disposed; before or while the read waited.</exception>
    /// <exception cref="OverflowException">The buffer is 2 GiB long or longer. Read a part of its bytes at a time.</exception>
    public unsafe int Read<T>([Writes] PageBuffer<T> destination)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Operation.Run(GoalOf(destination));
    }

    /// <summary>Reads until the destination is full.</summary>
    /// <param name="destination">Where to.</param>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        int filled = ReadUntilFull(destination);
        if (filled < destination.Length)
        {
            throw TooShort(filled, destination.Length);
        }
    }

    /// <summary>
    /// Closes the read end, unless it was to be left open. A writer then gets EPIPE. A call that waits, in a thread or
    /// without one, ends with <see cref="ObjectDisposedException"/>: a read, a receive, or forwarding out of this pipe.
    /// </summary>
    public void Dispose()
    {
        EndCalls();
        _nonBlocking.Dispose();
        _end.Dispose();
    }

    internal DisposalSignal Disposal => _disposal;

    void IPipeEndOwner.EndCalls() => EndCalls();

    void IBlockUser.OnBlockLeft() => InterruptRead();

    /// <summary>
    /// Blocks the thread until there is data or the stream ends. May come back without: whoever calls looks whether what it
    /// wanted the data for is still there.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was meanwhile.</exception>
    internal void WaitForData()
    {
        ThrowIfDisposed();
        PipeWait.ForData(_end.Handle, _disposal);
        ThrowIfDisposed();
    }

    internal void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw WasDisposed();
        }
    }

    internal static ObjectDisposedException WasDisposed() => new(nameof(SpliceReader), "The reader was disposed while this read waited.");

    internal static EndOfStreamException TooShort(int filled, int wanted)
        => new(string.Create(CultureInfo.InvariantCulture, $"The stream ended after {filled} of {Counted.Bytes(wanted)}."));

    internal static EndOfStreamException CutElement(int filled, int elementSize)
        => new(string.Create(CultureInfo.InvariantCulture, $"The stream ended {Counted.Bytes(filled % elementSize)} into element {filled / elementSize} of {Counted.Bytes(elementSize)}."));

    private void EndCalls()
    {
        _disposed = true;
        _disposal.Set();
        _dataWatch.Dispose();
    }

    private int ReadUntilFull(Span<byte> destination)
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
}
