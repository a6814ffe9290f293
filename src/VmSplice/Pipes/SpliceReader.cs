using System.Diagnostics;
using System.IO.Pipelines;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// The receiving end of a pipe. Receiving copies once, straight into the destination; there is no receive without a copy
/// in the kernel.
/// </summary>
public sealed class SpliceReader : IPipeEndOwner
{
    private SpliceReader(PipeEnd end, SpliceReaderOptions? options)
    {
        options ??= SpliceReaderOptions.Default;
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

    /// <summary>Reads what is there, and waits without a thread where nothing is.</summary>
    /// <param name="destination">Where to; overwritten from the start. Yours again once the task has ended.</param>
    /// <param name="cancellationToken">Ends the wait; then nothing was read.</param>
    /// <returns>The bytes read; 0 at the end of the stream, or for an empty destination.</returns>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
        => Start(new ReadGoal(new ReadDestination(destination), ElementSize: 1, UntilFull: false, MustBeFull: false), cancellationToken);

    /// <summary>Reads until the buffer is full or the stream ends, and waits without a thread in between.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">A buffer that you own; overwritten from the start. Neither send nor dispose it before the task has ended.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. What was read until then is in the buffer, and gone from the pipe: <see cref="BytesRead"/> counts it.
    /// </param>
    /// <returns>The whole elements read; fewer than the buffer's length at the end of the stream alone.</returns>
    /// <exception cref="EndOfStreamException">The stream ended inside of an element.</exception>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the reader is disposed, or was while the read waited.</exception>
    /// <exception cref="OverflowException">The buffer is 2 GiB long or longer. Read a part of its bytes at a time.</exception>
    public ValueTask<int> ReadAsync<T>([Writes] PageBuffer<T> destination, CancellationToken cancellationToken = default)
        where T : unmanaged
        => Start(ReadGoal.Of(destination), cancellationToken);

    /// <summary>Reads until the destination is full, and waits without a thread in between.</summary>
    /// <param name="destination">Where to. Yours again once the task has ended.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. What was read until then is in the destination, and gone from the pipe: <see cref="BytesRead"/> counts it.
    /// </param>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public ValueTask ReadExactlyAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ReadGoal goal = new(new ReadDestination(destination), ElementSize: 1, UntilFull: true, MustBeFull: true);
        Receiver.ThrowIfDisposed();
        return Receiver.MemoryRead.StartWithoutResult(in goal, cancellationToken);
    }

    private ValueTask<int> Start(in ReadGoal goal, CancellationToken cancellation)
    {
        Receiver.ThrowIfDisposed();
        return Receiver.MemoryRead.Start(in goal, cancellation);
    }

    /// <summary>Receives a buffer into new pages.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceive{TBuffer}()"/>
    public TBuffer Receive<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => TryReceive<TBuffer>() ?? throw BufferStreamErrors.Ended(TBuffer.Layout);

    /// <summary>Receives a buffer into new pages, or finds that the stream has ended.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <returns>
    /// The buffer, yours to read, write, send on or dispose; <see langword="null"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">
    /// What arrived is damaged, laid out differently, or has an invalid value, with the segment and the byte; or the stream was
    /// cut: the pipe has ended and its sender did not complete the stream.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A length varies, and without <see cref="SpliceReaderOptions.Framed"/> nobody tells it; or an asynchronous read was not awaited.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the receive waited.</exception>
    public TBuffer? TryReceive<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceive<TBuffer>();

    /// <summary>Receives into a buffer that you own; what it held is overwritten.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours; where this throws, its content is unspecified.</param>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceiveInto{TBuffer}(TBuffer)"/>
    public void ReceiveInto<TBuffer>([Writes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        if (!TryReceiveInto(buffer))
        {
            throw BufferStreamErrors.Ended(TBuffer.Layout);
        }
    }

    /// <summary>Receives into a buffer that you own, or finds that the stream has ended.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours; where this throws, its content is unspecified.</param>
    /// <returns>
    /// Whether a buffer arrived; <see langword="false"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">As of <see cref="TryReceive{TBuffer}()"/>.</exception>
    /// <exception cref="InvalidOperationException">An asynchronous read was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over, or the reader is disposed; before or while the receive waited.</exception>
    public bool TryReceiveInto<TBuffer>([Writes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceiveInto(buffer);

    /// <summary>As <see cref="Receive{TBuffer}"/>, and waits without a thread.</summary>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <inheritdoc cref="Receive{TBuffer}"/>
    public ValueTask<TBuffer> ReceiveAsync<TBuffer>(CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.ReceiveAsync<TBuffer>(cancellationToken);

    /// <summary>As <see cref="TryReceive{TBuffer}"/>, and waits without a thread.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait. Before anything of the buffer was read, nothing is lost. Afterwards the part is gone from the pipe, and
    /// the stream goes on inside of a buffer: <see cref="BytesRead"/> counts it. Dispose the reader then.
    /// </param>
    /// <inheritdoc cref="TryReceive{TBuffer}"/>
    public ValueTask<TBuffer?> TryReceiveAsync<TBuffer>(CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceiveAsync<TBuffer>(cancellationToken);

    /// <summary>
    /// As <see cref="ReceiveInto{TBuffer}(TBuffer)"/>, and waits without a thread. Neither touch, send nor dispose the buffer before the
    /// task has ended.
    /// </summary>
    /// <param name="buffer">The buffer. It stays yours; where this fails, its content is unspecified.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <inheritdoc cref="ReceiveInto{TBuffer}(TBuffer)"/>
    public ValueTask ReceiveIntoAsync<TBuffer>([Writes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.ReceiveIntoAsync(buffer, cancellationToken);

    /// <summary>
    /// As <see cref="TryReceiveInto{TBuffer}(TBuffer)"/>, and waits without a thread. Neither touch, send nor dispose the buffer before the
    /// task has ended.
    /// </summary>
    /// <param name="buffer">The buffer. It stays yours; where this fails, its content is unspecified.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <inheritdoc cref="TryReceiveInto{TBuffer}(TBuffer)"/>
    public ValueTask<bool> TryReceiveIntoAsync<TBuffer>([Writes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceiveIntoAsync(buffer, cancellationToken);

    /// <summary>
    /// Forwards bytes of this pipe to another one. Their pages are passed on by reference (splice(2)) where the sender is
    /// known never to write to them again (<see cref="SpliceReaderOptions.Sender"/>). Else they are copied, because a page
    /// that was passed on would show what is written to it later. The target gets the same bytes either way.
    /// </summary>
    /// <param name="target">Another pipe's sending end. Each step is one piece among what others send there.</param>
    /// <param name="count">The bytes to forward; all until the stream ends where it is not given.</param>
    /// <returns>The bytes forwarded: <paramref name="count"/>, or fewer where the stream ended before.</returns>
    /// <exception cref="ArgumentException">The target is this pipe itself.</exception>
    /// <exception cref="ForwardException">The target failed; says how much it took. What it did not take can still be read.</exception>
    /// <exception cref="IncompleteSendException">An earlier send of the target was cancelled or failed half-way. Nothing more was moved.</exception>
    /// <exception cref="InvalidOperationException">
    /// A <see cref="RecordReader{T}"/> of this end is in the middle of a stream that it reads in place: the records are not in the pipe.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or was meanwhile.</exception>
    public long Forward(SpliceWriter target, long count = long.MaxValue)
        => Forward(ForwardTarget.Of(SenderOf(target), Checked(count), nameof(target)), count);

    /// <summary>Forwards bytes to a connected stream socket. The peer's end may be on another machine; sent is not yet received.</summary>
    /// <param name="target">A TCP or Unix stream socket. Its descriptor becomes non-blocking, as with every asynchronous call of .NET.</param>
    /// <param name="count">As of <see cref="Forward(SpliceWriter, long)"/>.</param>
    /// <inheritdoc cref="Forward(SpliceWriter, long)" path="/returns"/>
    /// <exception cref="ArgumentException">A datagram, seqpacket or crypto socket: refused before the kernel is asked.</exception>
    /// <exception cref="ForwardException">The peer reset or closed the connection; says how much the kernel took.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or the reader was meanwhile.</exception>
    public long Forward(Socket target, long count = long.MaxValue) => Forward(ForwardTarget.Of(target, Checked(count), nameof(target)), count);

    /// <summary>Forwards bytes to a file, at the stream's position, which moves on. What the stream had buffered is flushed first.</summary>
    /// <param name="target">A regular file that is open for writing. On a file system without splice the bytes are copied.</param>
    /// <param name="count">As of <see cref="Forward(SpliceWriter, long)"/>.</param>
    /// <inheritdoc cref="Forward(SpliceWriter, long)" path="/returns"/>
    /// <exception cref="ArgumentException">Not a regular file, not open for writing, or open for appending (O_APPEND).</exception>
    /// <exception cref="ForwardException">The disk is full, or the file failed; says how much it took.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or the reader was meanwhile.</exception>
    public long Forward(FileStream target, long count = long.MaxValue)
    {
        ForwardTarget file = ForwardTarget.Of(target, Checked(count), nameof(target));
        try
        {
            return Forward(file, count);
        }
        finally
        {
            file.MoveOn(target);
        }
    }

    /// <summary>Forwards bytes to whatever a handle refers to, where the descriptor stands, as write(2) does.</summary>
    /// <param name="target">A regular file, the write end of a pipe, or a connected stream socket. A blocking socket is written to with a copy.</param>
    /// <param name="count">As of <see cref="Forward(SpliceWriter, long)"/>.</param>
    /// <inheritdoc cref="Forward(SpliceWriter, long)" path="/returns"/>
    /// <exception cref="ArgumentException">
    /// Something else, or not open for writing, or open for appending (O_APPEND): refused before the kernel is asked.
    /// </exception>
    /// <exception cref="ForwardException">The target failed; says how much it took. What it did not take can still be read.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or the reader was meanwhile.</exception>
    public long Forward(SafeHandle target, long count = long.MaxValue) => Forward(ForwardTarget.Of(target, Checked(count), nameof(target)), count);

    /// <summary>
    /// Sends bytes that wait in this pipe to another one as well; here they stay. Waits until there is at least one. To
    /// have a whole stream twice, tee some and forward just as many, until there are no more (tee(2), EXAMPLES).
    /// </summary>
    /// <param name="target">Another pipe's sending end.</param>
    /// <param name="count">The most bytes to send.</param>
    /// <returns>The bytes sent, counted from the first that waits here; 0 at the end of the stream.</returns>
    /// <exception cref="ArgumentException">The target is this pipe itself, or standard output that is not a pipe.</exception>
    /// <exception cref="ForwardException">The target's reader is gone. Everything is still here.</exception>
    /// <exception cref="IncompleteSendException">An earlier send of the target was cancelled or failed half-way. Nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">As of <see cref="Forward(SpliceWriter, long)"/>.</exception>
    /// <exception cref="ObjectDisposedException">The reader or the target is disposed, or was meanwhile.</exception>
    public long Tee(SpliceWriter target, long count)
        => Forwarder.Tee(Receiver, TeeTarget(target, count), count);

    private ForwardTarget TeeTarget(SpliceWriter target, long count)
        => Forwarder.CheckPipe(ForwardTarget.Of(SenderOf(target), Checked(count), nameof(target)), nameof(target));

    private long Forward(ForwardTarget target, long count) => Forwarder.Run(Receiver, target, count);

    private static Sender SenderOf(SpliceWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Sender;
    }

    private SafeHandle Checked(long count)
    {
        Receiver.ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Receiver.ThrowIfReadInPlace();
        return Handle;
    }

    // Task, not ValueTask: one call forwards much, so its object costs nothing, and several are usually awaited together.

    /// <summary>Forwards bytes as <see cref="Forward(SpliceWriter, long)"/> does, and waits without a thread.</summary>
    /// <param name="target">As of <c>Forward</c>. Do not read from this end meanwhile.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <param name="cancellationToken">
    /// Ends it between two steps: what was not forwarded until then can still be read, and <see cref="BytesRead"/> counts the rest.
    /// </param>
    /// <returns>The bytes forwarded: <paramref name="count"/>, or fewer where the stream ended before.</returns>
    /// <inheritdoc cref="Forward(SpliceWriter, long)" path="/exception"/>
    public Task<long> ForwardAsync(SpliceWriter target, long count, CancellationToken cancellationToken = default)
        => ForwardAsync(ForwardTarget.Of(SenderOf(target), Checked(count), nameof(target)), count, cancellationToken);

    /// <summary>Forwards bytes as <see cref="Forward(Socket, long)"/> does, and waits without a thread.</summary>
    /// <inheritdoc cref="ForwardAsync(SpliceWriter, long, CancellationToken)" path="/param|/returns"/>
    /// <inheritdoc cref="Forward(Socket, long)" path="/exception"/>
    public Task<long> ForwardAsync(Socket target, long count, CancellationToken cancellationToken = default)
        => ForwardAsync(ForwardTarget.Of(target, Checked(count), nameof(target)), count, cancellationToken);

    /// <summary>Forwards bytes as <see cref="Forward(FileStream, long)"/> does, and waits without a thread.</summary>
    /// <inheritdoc cref="ForwardAsync(SpliceWriter, long, CancellationToken)" path="/param|/returns"/>
    /// <inheritdoc cref="Forward(FileStream, long)" path="/exception"/>
    public async Task<long> ForwardAsync(FileStream target, long count, CancellationToken cancellationToken = default)
    {
        ForwardTarget file = ForwardTarget.Of(target, Checked(count), nameof(target));
        try
        {
            return await ForwardAsync(file, count, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            file.MoveOn(target);
        }
    }

    /// <summary>Forwards bytes as <see cref="Forward(SafeHandle, long)"/> does, and waits without a thread.</summary>
    /// <param name="target">As of <c>Forward</c>; a socket must be non-blocking. Do not read from this end meanwhile.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <param name="cancellationToken">As of <see cref="ForwardAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    /// <inheritdoc cref="ForwardAsync(SpliceWriter, long, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="Forward(SafeHandle, long)" path="/exception"/>
    public Task<long> ForwardAsync(SafeHandle target, long count, CancellationToken cancellationToken = default)
    {
        ForwardTarget checkedTarget = ForwardTarget.Of(target, Checked(count), nameof(target));
        return checkedTarget.MayBlock
            ? throw new ArgumentException($"{DescriptorInfo.Describe(target)} is a blocking socket, which cannot be waited for without a thread. Pass the "
                + "Socket itself.", nameof(target))
            : ForwardAsync(checkedTarget, count, cancellationToken);
    }

    /// <summary>Forwards everything until the stream ends, and waits without a thread.</summary>
    /// <returns>The bytes forwarded.</returns>
    /// <inheritdoc cref="ForwardAsync(SpliceWriter, long, CancellationToken)" path="/param|/exception"/>
    public Task<long> ForwardAsync(SpliceWriter target, CancellationToken cancellationToken = default)
        => ForwardAsync(target, long.MaxValue, cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)" path="/summary|/returns"/>
    /// <inheritdoc cref="ForwardAsync(Socket, long, CancellationToken)" path="/param|/exception"/>
    public Task<long> ForwardAsync(Socket target, CancellationToken cancellationToken = default) => ForwardAsync(target, long.MaxValue, cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)" path="/summary|/returns"/>
    /// <inheritdoc cref="ForwardAsync(FileStream, long, CancellationToken)" path="/param|/exception"/>
    public Task<long> ForwardAsync(FileStream target, CancellationToken cancellationToken = default) => ForwardAsync(target, long.MaxValue, cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)" path="/summary|/returns"/>
    /// <inheritdoc cref="ForwardAsync(SafeHandle, long, CancellationToken)" path="/param|/exception"/>
    public Task<long> ForwardAsync(SafeHandle target, CancellationToken cancellationToken = default) => ForwardAsync(target, long.MaxValue, cancellationToken);

    /// <summary>As <see cref="Tee"/>, and waits without a thread.</summary>
    /// <param name="target">Another pipe's sending end.</param>
    /// <param name="count">The most bytes to send.</param>
    /// <param name="cancellationToken">Ends the wait; then nothing was sent.</param>
    /// <inheritdoc cref="Tee(SpliceWriter, long)" path="/returns|/exception"/>
    public Task<long> TeeAsync(SpliceWriter target, long count, CancellationToken cancellationToken = default)
        => Forwarder.TeeAsync(Receiver, TeeTarget(target, count), count, cancellationToken);

    private Task<long> ForwardAsync(ForwardTarget target, long count, CancellationToken cancellation)
        => Forwarder.RunAsync(Receiver, target, count, cancellation);

    /// <summary>Opens the read end of a pipe.</summary>
    /// <param name="handle">
    /// The read end: a <see cref="SafePipeHandle"/> or <see cref="SafeFileHandle"/>. Closed with the reader unless <see
    /// cref="SpliceReaderOptions.LeaveOpen"/>.
    /// </param>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">Not a pipe, or its write end.</exception>
    public static SpliceReader Open(SafeHandle handle, SpliceReaderOptions? options = null)
        => new(PipeEnds.Take(handle, End(options), nameof(handle)), options);

    /// <summary>Opens an anonymous pipe's stream. Do not use the stream while the reader is open.</summary>
    /// <param name="stream">An <see cref="AnonymousPipeServerStream"/> or <see cref="AnonymousPipeClientStream"/> that reads.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">The stream writes, or is a named pipe (a socket on Linux).</exception>
    public static SpliceReader Open(PipeStream stream, SpliceReaderOptions? options = null)
        => new(PipeEnds.Take(stream, End(options), nameof(stream)), options);

    /// <summary>
    /// Opens standard input: a pipe, or anything else that read(2) works on. A file, a terminal, a socket and
    /// <c>/dev/null</c> are read alike, and forwarded by a copy. Read nothing with <see cref="Console"/> while the reader is open.
    /// </summary>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">Standard input is not open for reading.</exception>
    /// <exception cref="SystemCallException">Standard input is closed (EBADF).</exception>
    public static SpliceReader OpenStandardInput(SpliceReaderOptions? options = null)
        => new(PipeEnds.TakeAny(new SafePipeHandle(0, ownsHandle: false), End(options), nameof(options)), options);

    /// <summary>Opens a child's redirected standard output.</summary>
    /// <param name="child">A process started with <see cref="ProcessStartInfo.RedirectStandardOutput"/>.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="InvalidOperationException">The child's standard output is not redirected.</exception>
    public static SpliceReader OpenChildOutput(Process child, SpliceReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        return new(PipeEnds.TakeRedirected(child.StandardOutput.BaseStream, End(options), nameof(child)), options);
    }

    /// <summary>Opens a FIFO (<see cref="SplicePipe.CreateFifo"/>) and waits until a writer has it open.</summary>
    /// <param name="path">The FIFO's path.</param>
    /// <param name="options">How to read.</param>
    /// <param name="timeout">How long to wait at most; for ever where it is not given. Zero looks once.</param>
    /// <param name="cancellationToken">Ends the wait. Nothing is left open then.</param>
    /// <exception cref="FileNotFoundException">No such FIFO.</exception>
    /// <exception cref="ArgumentException">The path is not a FIFO.</exception>
    /// <exception cref="TimeoutException">No writer came in time.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <remarks>
    /// Without time and token open(2) waits; else this looks again at most 20 ms later. A writer that comes in the moment in which the wait ends
    /// finds no reader (EPIPE).
    /// </remarks>
    public static SpliceReader OpenFifo(
        string path,
        SpliceReaderOptions? options = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        => new(PipeEnds.OpenFifo(path, End(options), timeout, cancellationToken), options);

    /// <summary>Opens a FIFO and waits, without a thread, until a writer has it open.</summary>
    /// <inheritdoc cref="OpenFifo(string, SpliceReaderOptions?, TimeSpan?, CancellationToken)"/>
    public static async Task<SpliceReader> OpenFifoAsync(
        string path,
        SpliceReaderOptions? options = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        => new(await PipeEnds.OpenFifoAsync(path, End(options), timeout, cancellationToken).ConfigureAwait(false), options);

    /// <summary>Opens the read end that a parent handed over with <see cref="SplicePipe.StartChildWithReader"/>.</summary>
    /// <param name="options">How to read.</param>
    /// <exception cref="InvalidOperationException">This process inherited none.</exception>
    public static SpliceReader OpenInherited(SpliceReaderOptions? options = null)
        => new(PipeEnds.TakeInherited(SplicePipe.ReaderVariable, End(options)), options);

    /// <summary>Opens the read end of a pipe that this library made. Its writer grows it.</summary>
    internal static SpliceReader OpenOwn(SafeHandle handle, SpliceReaderOptions? options)
        => new(PipeEnds.TakeOwn(handle, End(options), mayGrow: false), options);

    /// <summary>Gets this end as a stream that reads. It has no buffer of its own: mixing it with other reads loses nothing.</summary>
    /// <param name="leaveOpen">Whether disposing the stream leaves this reader open.</param>
    public Stream AsStream(bool leaveOpen = false) => new SpliceReaderStream(this, leaveOpen);

    /// <summary>Gets this end for <c>System.IO.Pipelines</c>. It reads ahead into buffers of its own; do not read in another way beside it.</summary>
    /// <param name="leaveOpen">Whether completing it leaves this reader open.</param>
    public PipeReader AsPipeReader(bool leaveOpen = false)
        => PipeReader.Create(AsStream(leaveOpen), new StreamPipeReaderOptions(bufferSize: BridgeBufferSize, minimumReadSize: BridgeBufferSize / 4));

    // Large enough that a call is little beside the copy, small enough for a second-level cache.
    private const int BridgeBufferSize = 128 * 1024;

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

    private static EndRequest End(SpliceReaderOptions? options) => new(FileAccess.Read, options?.PipeCapacity ?? 0, options?.LeaveOpen ?? false);
}
