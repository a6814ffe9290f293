using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// The receiving end of a pipe. Receiving copies once, straight into the destination; there is no receive without a copy
/// in the kernel.
/// </summary>
public sealed class SpliceReader : IDisposable
{
    private readonly PipeEnd _end;
    private bool _disposed;

    private SpliceReader(PipeEnd end) => _end = end;

    /// <summary>Gets the pipe's capacity in bytes, as it was got.</summary>
    public int Capacity => _end.Capacity;

    /// <summary>Gets the bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Gets the descriptor.</summary>
    public SafeHandle Handle => _end.Handle;

    /// <summary>Opens the read end of a pipe.</summary>
    /// <param name="handle">The read end: a <see cref="SafePipeHandle"/> or <see cref="SafeFileHandle"/>. Closed with the reader unless <see cref="SpliceReaderOptions.LeaveOpen"/>.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">Not a pipe, or its write end.</exception>
    public static SpliceReader Open(SafeHandle handle, SpliceReaderOptions? options = null)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.Take(handle, options.LeaveOpen ? null : handle, FileAccess.Read, options.PipeCapacity, nameof(handle)));
    }

    /// <summary>Opens an anonymous pipe's stream. Do not use the stream while the reader is open.</summary>
    /// <param name="stream">An <see cref="AnonymousPipeServerStream"/> or <see cref="AnonymousPipeClientStream"/> that reads.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">The stream writes, or is a named pipe (a socket on Linux).</exception>
    public static SpliceReader Open(PipeStream stream, SpliceReaderOptions? options = null)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.Take(stream, FileAccess.Read, options.PipeCapacity, options.LeaveOpen, nameof(stream)));
    }

    /// <summary>Opens standard input, which must be a pipe.</summary>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">Standard input is a file or a terminal.</exception>
    public static SpliceReader OpenStandardInput(SpliceReaderOptions? options = null)
        => Open(new SafePipeHandle(0, ownsHandle: false), options);

    /// <summary>Opens a child's redirected standard output.</summary>
    /// <param name="child">A process started with <see cref="ProcessStartInfo.RedirectStandardOutput"/>.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="InvalidOperationException">The child's standard output is not redirected.</exception>
    public static SpliceReader OpenStandardOutput(Process child, SpliceReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.TakeRedirected(child.StandardOutput.BaseStream, FileAccess.Read, options.PipeCapacity, options.LeaveOpen, nameof(child)));
    }

    /// <summary>Opens a FIFO (mkfifo(1)) and waits until a writer has it open.</summary>
    /// <param name="path">The FIFO's path.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="FileNotFoundException">No such FIFO.</exception>
    /// <exception cref="ArgumentException">The path is not a FIFO.</exception>
    public static SpliceReader OpenFifo(string path, SpliceReaderOptions? options = null)
        => new(PipeEnd.OpenFifo(path, FileAccess.Read, (options ?? SpliceReaderOptions.Default).PipeCapacity));

    /// <summary>Opens the read end that a parent handed over with <see cref="SplicePipe.StartChildWithReader"/>.</summary>
    /// <param name="options">How to read.</param>
    /// <exception cref="InvalidOperationException">This process inherited none.</exception>
    public static SpliceReader OpenInherited(SpliceReaderOptions? options = null)
        => new(PipeEnd.TakeInherited(SplicePipe.ReaderVariable, FileAccess.Read, (options ?? SpliceReaderOptions.Default).PipeCapacity));

    /// <summary>Reads what is there, and waits where nothing is.</summary>
    /// <param name="destination">Where to; overwritten from the start.</param>
    /// <returns>The bytes read; 0 at the end of the stream, or for an empty destination.</returns>
    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    public unsafe int Read(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (!destination.IsEmpty)
        {
            // SAFETY: read(2) writes into the pinned destination during the call alone.
            fixed (byte* first = destination)
            {
                nint read = Unistd.read(_end.Handle, first, (nuint)destination.Length);
                if (read >= 0)
                {
                    BytesRead += read;
                    return (int)read;
                }
            }

            int errno = Marshal.GetLastPInvokeError();
            switch (errno)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    PipeWait.ForData(_end.Handle);
                    continue;
                default:
                    throw SystemCallException.Create("read", errno, DescriptorInfo.Describe(_end.Handle));
            }
        }

        return 0;
    }

    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">A buffer that you own; overwritten from the start.</param>
    /// <returns>The whole elements read; fewer than the buffer's length at the end of the stream alone.</returns>
    /// <exception cref="EndOfStreamException">The stream ended inside of an element.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the reader is disposed.</exception>
    public unsafe int Read<T>([Writes] PageBuffer<T> destination)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(destination.Span);
        int filled = ReadUntilFull(bytes);
        int whole = filled / sizeof(T);
        return filled == whole * sizeof(T)
            ? whole
            : throw new EndOfStreamException(string.Create(CultureInfo.InvariantCulture, $"The stream ended {filled - (whole * sizeof(T))} bytes into element {whole} of {sizeof(T)} bytes."));
    }

    /// <summary>Reads until the destination is full.</summary>
    /// <param name="destination">Where to.</param>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        int filled = ReadUntilFull(destination);
        if (filled < destination.Length)
        {
            throw new EndOfStreamException(string.Create(CultureInfo.InvariantCulture, $"The stream ended after {filled} of {destination.Length} bytes."));
        }
    }

    /// <summary>Closes the read end, unless it was to be left open. A writer then gets EPIPE.</summary>
    public void Dispose()
    {
        _disposed = true;
        _end.Dispose();
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
