using System.Runtime.InteropServices;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// The receiving end of a pipe. Receiving copies once, straight into the destination; there is no receive without a copy
/// in the kernel.
/// </summary>
public sealed partial class SpliceReader : IPipeEndOwner
{
    private SpliceReader(PipeEnd end, SpliceReaderOptions options)
    {
        Receiver = new Receiver(end, options.Sender);
        Buffers = new IncomingBuffers(Receiver, options.Framed);
    }

    /// <summary>Gets the pipe's capacity in bytes, asked of the kernel each time; 0 where standard input is no pipe.</summary>
    public int Capacity => Receiver.End.Capacity;

    /// <summary>Gets the bytes read so far.</summary>
    public long BytesRead => Receiver.Steps.BytesRead;

    /// <summary>Gets the descriptor.</summary>
    public SafeHandle Handle => Receiver.End.Handle;

    /// <summary>Reads what is there, and waits where nothing is.</summary>
    /// <param name="destination">Where to; overwritten from the start.</param>
    /// <returns>The bytes read; 0 at the end of the stream, or for an empty destination.</returns>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public int Read(Span<byte> destination) => Receiver.Read(destination);

    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">A buffer that you own; overwritten from the start.</param>
    /// <returns>The whole elements read; fewer than the buffer's length at the end of the stream alone.</returns>
    /// <exception cref="EndOfStreamException">The stream ended inside of an element.</exception>
    /// <exception cref="InvalidOperationException">An asynchronous read was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over, or the reader is disposed; before or while the read waited.</exception>
    /// <exception cref="OverflowException">The buffer is 2 GiB long or longer. Read a part of its bytes at a time.</exception>
    public int Read<T>([Writes] PageBuffer<T> destination)
        where T : unmanaged
    {
        Receiver.ThrowIfDisposed();
        return Receiver.MemoryRead.Run(ReadGoal.Of(destination));
    }

    /// <summary>Reads until the destination is full.</summary>
    /// <param name="destination">Where to.</param>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        int filled = Receiver.ReadUntilFull(destination);
        if (filled < destination.Length)
        {
            throw ReadGoal.TooShort(filled, destination.Length);
        }
    }

    /// <summary>
    /// Closes the read end, unless it was to be left open. A writer then gets EPIPE. A call that waits, in a thread or
    /// without one, ends with <see cref="ObjectDisposedException"/>: a read, a receive, or forwarding out of this pipe.
    /// </summary>
    public void Dispose() => Receiver.Close();

    /// <summary>Gets what receives: for record readers and streams.</summary>
    internal Receiver Receiver { get; }

    /// <summary>Gets what receives buffers of segments.</summary>
    internal IncomingBuffers Buffers { get; }

    void IPipeEndOwner.EndCalls() => Receiver.EndCalls();
}
