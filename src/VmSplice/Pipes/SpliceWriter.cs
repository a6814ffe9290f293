using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// The sending end of a pipe. Moves page buffers into it without a copy where that is right and faster, and writes them
/// otherwise; the reader gets the same bytes either way.
/// </summary>
/// <remarks>
/// Sending is a move: the buffer is gone afterwards, whatever happened. A send is whole: a short transfer is continued,
/// an interrupted one repeated (EINTR), a full pipe waited for. Several threads may send; each send stays in one piece.
/// </remarks>
public sealed class SpliceWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PipeEnd _end;
    private readonly SharingPolicy _policy;
    private readonly PagePool _pool;
    private long _accepted;
    private bool _disposed;

    private SpliceWriter(PipeEnd end, SpliceWriterOptions options)
        : this(end, options, new SharingPolicy(KernelSupport.Current, options.Reader, end.IsPipe))
    {
    }

    private SpliceWriter(PipeEnd end, SpliceWriterOptions options, SharingPolicy policy)
    {
        _end = end;
        Reader = options.Reader;
        _policy = policy;

        // Without sharing nothing is ever in flight, and the small circle is the better one for the cache.
        _pool = options.Reader == PipeReaderKind.Copying || !_policy.SharesLargeSends
            ? new PagePool(PagePool.RecycledRegionLength, CountConsumed)
            : new PagePool(PagePool.FreshRegionLength, CountConsumed);
    }

    /// <summary>Gets what was declared of the reader.</summary>
    public PipeReaderKind Reader { get; }

    /// <summary>Gets the pipe's capacity in bytes, as it was got; 0 where standard output is not a pipe.</summary>
    public int Capacity => _end.Capacity;

    /// <summary>Gets whether pages are shared with the reader for sends that are large enough.</summary>
    public bool SharesPages => _policy.SharesLargeSends;

    /// <summary>Gets the bytes that the pipe accepted from this writer.</summary>
    public long BytesAccepted => Interlocked.Read(ref _accepted);

    /// <summary>Gets the bytes that wait in the pipe for its reader (FIONREAD), whoever wrote them.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public unsafe int UnreadBytes
    {
        get
        {
            int unread;

            // SAFETY: the kernel fills one int.
            return SysIoctl.ioctl(_end.Handle, SysIoctl.FIONREAD, &unread) == 0
                ? unread
                : throw SystemCallException.Create("ioctl", Marshal.GetLastPInvokeError(), DescriptorInfo.Describe(_end.Handle));
        }
    }

    /// <summary>Gets the descriptor.</summary>
    public SafeHandle Handle => _end.Handle;

    /// <summary>Opens the write end of a pipe.</summary>
    /// <param name="handle">The write end: a <see cref="SafePipeHandle"/> or <see cref="SafeFileHandle"/>. Closed with the writer unless <see cref="SpliceWriterOptions.LeaveOpen"/>.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">Not a pipe, or its read end.</exception>
    public static SpliceWriter Open(SafeHandle handle, SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.Take(handle, options.LeaveOpen ? null : handle, FileAccess.Write, options.PipeCapacity, nameof(handle)), options);
    }

    /// <summary>Opens an anonymous pipe's stream. Do not use the stream while the writer is open.</summary>
    /// <param name="stream">An <see cref="AnonymousPipeServerStream"/> or <see cref="AnonymousPipeClientStream"/> that writes.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">The stream reads, or is a named pipe (a socket on Linux).</exception>
    public static SpliceWriter Open(PipeStream stream, SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.Take(stream, FileAccess.Write, options.PipeCapacity, options.LeaveOpen, nameof(stream)), options);
    }

    /// <summary>
    /// Opens standard output. Where it is a file or a terminal, everything is written with write(2): a program works the
    /// same whatever its output is redirected to. Write nothing with <see cref="Console"/> while the writer is open.
    /// </summary>
    /// <param name="options">How to send.</param>
    public static SpliceWriter OpenStandardOutput(SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        var handle = new SafePipeHandle(1, ownsHandle: false);
        return new SpliceWriter(PipeEnd.TakeAny(handle, options.LeaveOpen ? null : handle, options.PipeCapacity, nameof(options)), options);
    }

    /// <summary>Opens a child's redirected standard input.</summary>
    /// <param name="child">A process started with <see cref="ProcessStartInfo.RedirectStandardInput"/>.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="InvalidOperationException">The child's standard input is not redirected.</exception>
    public static SpliceWriter OpenStandardInput(Process child, SpliceWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.TakeRedirected(child.StandardInput.BaseStream, FileAccess.Write, options.PipeCapacity, options.LeaveOpen, nameof(child)), options);
    }

    /// <summary>Opens a FIFO (mkfifo(1)) and waits until a reader has it open.</summary>
    /// <param name="path">The FIFO's path.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="FileNotFoundException">No such FIFO.</exception>
    /// <exception cref="ArgumentException">The path is not a FIFO.</exception>
    public static SpliceWriter OpenFifo(string path, SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.OpenFifo(path, FileAccess.Write, options.PipeCapacity), options);
    }

    /// <summary>Opens the write end that a parent handed over with <see cref="SplicePipe.StartChildWithWriter"/>.</summary>
    /// <param name="options">How to send.</param>
    /// <exception cref="InvalidOperationException">This process inherited none.</exception>
    public static SpliceWriter OpenInherited(SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.TakeInherited(SplicePipe.WriterVariable, FileAccess.Write, options.PipeCapacity), options);
    }

    /// <summary>Rents page-aligned memory to be filled and sent here. Allocates nothing in steady state.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">Elements. For <see cref="Gift{T}"/> they must fill whole pages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public PageBuffer<T> Rent<T>(int length)
        where T : unmanaged
        => PageBuffer<T>.Rent(_pool, length);

    /// <summary>Moves a buffer into the pipe. It is consumed, also where the send fails.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    public void Send<T>([Consumes] PageBuffer<T> buffer)
        where T : unmanaged
        => Send(buffer, buffer.Length);

    /// <summary>Moves a buffer into the pipe, but only its first elements are sent.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. All of it is consumed.</param>
    /// <param name="length">How many elements to send.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    public unsafe void Send<T>([Consumes] PageBuffer<T> buffer, int length)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        SendBlock(buffer.Leave(PageBufferState.Sent), (nuint)length * (nuint)sizeof(T));
    }

    /// <summary>
    /// Gives a buffer's pages away (SPLICE_F_GIFT): this process never writes to nor reuses them, so the reader may keep
    /// them, and the kernel may move them into a file without a copy.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. It is consumed, also where the gift fails half-way.</param>
    /// <exception cref="ArgumentException">The elements do not fill whole pages; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    public unsafe void Gift<T>([Consumes] PageBuffer<T> buffer)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        nuint bytes = (nuint)buffer.Length * (nuint)sizeof(T);
        nuint beyond = bytes & (nuint)(Environment.SystemPageSize - 1);
        if (beyond != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{buffer.Length} elements of {sizeof(T)} bytes are {bytes} bytes, {beyond} beyond whole pages ({Environment.SystemPageSize} bytes); gifts must be whole pages. Rent a length that fills them, or use Send."),
                nameof(buffer));
        }

        PageBlock block = buffer.Leave(PageBufferState.Gifted);
        try
        {
            lock (_gate)
            {
                if (_policy.Shares)
                {
                    ShareAll(block.Address, bytes, SpliceFlags.Gift);
                }
                else
                {
                    WriteAll(block.Address, bytes);
                }
            }
        }
        finally
        {
            block.Pool.Return(block, BlockFate.Discarded);
        }
    }

    /// <summary>Sends frozen pages. They stay valid and can be sent again.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages.</param>
    /// <exception cref="ObjectDisposedException">The pages or the writer are disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    public unsafe void Send<T>(FrozenPages<T> pages)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        ObjectDisposedException.ThrowIf(_disposed, this);
        nuint bytes = (nuint)pages.Length * (nuint)sizeof(T);
        lock (_gate)
        {
            if (_policy.SharesFrozenPages(bytes))
            {
                ShareAll(pages.Address, bytes, SpliceFlags.None);
            }
            else
            {
                WriteAll(pages.Address, bytes);
            }
        }

        GC.KeepAlive(pages);
    }

    /// <summary>Copies bytes into the pipe with write(2). The memory stays the caller's.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);

        // SAFETY: write(2) copies before it returns; the memory is pinned until then.
        fixed (byte* first = bytes)
        {
            lock (_gate)
            {
                WriteAll((nint)first, (nuint)bytes.Length);
            }
        }
    }

    /// <summary>Copies values into the pipe as they lie in memory, with write(2). The memory stays the caller's.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="values">The values.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    public unsafe void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);

        // SAFETY: as above. Not MemoryMarshal.AsBytes: its length would overflow beyond 2 GiB.
        fixed (T* first = values)
        {
            lock (_gate)
            {
                WriteAll((nint)first, (nuint)values.Length * (nuint)sizeof(T));
            }
        }
    }

    /// <summary>Closes the write end, unless it was to be left open. What is in flight still arrives.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _end.Dispose();
        }

        _pool.Dispose();
    }

    /// <summary>Opens with another policy than the machine's, for benchmarks.</summary>
    internal static SpliceWriter Open(SafeHandle handle, SpliceWriterOptions options, SharingPolicy policy)
        => new(PipeEnd.Take(handle, handle, FileAccess.Write, options.PipeCapacity, nameof(handle)), options, policy);

    internal PageBlock RentBlock(nuint bytes, out long ticket) => _pool.Rent(bytes, out ticket);

    /// <summary>Whether a send of this length would share pages, so that the memory is not free when it returns.</summary>
    internal bool WouldShare(nuint bytes) => _policy.SharesOwnPages(bytes);

    /// <summary>Writes out of memory that the caller keeps and may reuse at once.</summary>
    internal void WriteBlock(nint address, nuint bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (_gate)
        {
            WriteAll(address, bytes);
        }
    }

    /// <summary>Sends the first bytes of a block that its owner has left, and returns it to its pool with the right fate.</summary>
    internal void SendBlock(PageBlock block, nuint bytes)
    {
        // Until the transfer went through, the worst is assumed: some of the pages are in flight and stay there.
        BlockFate fate = BlockFate.Discarded;
        long until = 0;
        try
        {
            lock (_gate)
            {
                if (_policy.SharesOwnPages(bytes))
                {
                    ShareAll(block.Address, bytes, SpliceFlags.None);
                    if (Reader == PipeReaderKind.Copying && ReferenceEquals(block.Pool, _pool))
                    {
                        fate = BlockFate.ReusableOnceConsumed;
                        until = _accepted;
                    }
                }
                else
                {
                    fate = BlockFate.Reusable;
                    WriteAll(block.Address, bytes);
                }
            }
        }
        finally
        {
            block.Pool.Return(block, fate, until);
        }
    }

    private void ShareAll(nint address, nuint length, SpliceFlags flags)
    {
        while (length != 0)
        {
            // A partial transfer ends where a page ends, because a slot of the pipe is a page; a gift stays whole pages.
            IoVec segment = new(address, length);
            nint accepted = RawPipe.TryVmSplice(_end.Handle, new ReadOnlySpan<IoVec>(in segment), flags, out int errno);
            Advance(accepted, errno, "vmsplice", ref address, ref length);
        }
    }

    private unsafe void WriteAll(nint address, nuint length)
    {
        while (length != 0)
        {
            // SAFETY: the callers own the memory; write(2) reads it during the call alone.
            nint accepted = Unistd.write(_end.Handle, (void*)address, length);
            Advance(accepted, accepted < 0 ? Marshal.GetLastPInvokeError() : 0, "write", ref address, ref length);
        }
    }

    private void Advance(nint accepted, int errno, string call, ref nint address, ref nuint length)
    {
        if (accepted >= 0)
        {
            address += accepted;
            length -= (nuint)accepted;
            Volatile.Write(ref _accepted, _accepted + accepted);
            return;
        }

        switch (errno)
        {
            case Errno.EINTR:
                return;
            case Errno.EAGAIN:
                PipeWait.ForSpace(_end.Handle);
                return;
            case Errno.EPIPE:
                throw BrokenPipeException.ForBytes(_accepted, _end.IsPipe ? UnreadBytes : 0);
            default:
                throw SystemCallException.Create(call, errno, DescriptorInfo.Describe(_end.Handle));
        }
    }

    // What other writers of the same pipe put in counts as unread, so this never claims too much.
    private long CountConsumed() => BytesAccepted - (_end.IsPipe && !_end.Handle.IsClosed ? UnreadBytes : 0);
}
