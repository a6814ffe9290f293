using System.Diagnostics;
using System.IO.Pipelines;
using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.CompilerServices;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// The sending end of a pipe. Moves page buffers into it without a copy where that is right and faster, and writes them
/// otherwise; the reader gets the same bytes either way.
/// </summary>
/// <remarks>
/// Sending is a move: the buffer is gone afterwards, whatever happened. A send is whole: a short transfer is continued,
/// an interrupted one repeated (EINTR), a full pipe waited for. After one that failed when a part of it was in the pipe, every
/// later one throws <see cref="IncompleteSendException"/>. Several threads may send, and asynchronous sends may run;
/// each send stays in one piece, and they go first come first served.
/// </remarks>
public sealed class SpliceWriter : IPipeEndOwner
{
    private readonly PipeEnd _end;

    private SpliceWriter(PipeEnd end, SpliceWriterOptions? options, Sender? sender = null)
    {
        options ??= SpliceWriterOptions.Default;
        _end = end;
        Sender = sender ?? new Sender(end, options.Reader);
        Buffers = new OutgoingBuffers(Sender, options.Framed);
    }

    /// <summary>Gets the pipe's capacity in bytes, asked of the kernel each time; 0 where standard output is not a pipe.</summary>
    public int Capacity => _end.Capacity;

    /// <summary>Gets whether pages are shared with the reader for sends that are large enough.</summary>
    public bool SharesPages => Sender.Sharing.SharesLargeSends;

    /// <summary>Gets the bytes that the pipe accepted from this writer.</summary>
    public long BytesAccepted => Sender.Steps.Accepted;

    /// <summary>Gets the bytes that wait in the pipe for its reader (FIONREAD), whoever wrote them.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public int BytesUnread => _end.BytesUnread;

    /// <summary>Gets the descriptor.</summary>
    public SafeHandle Handle => _end.Handle;

    /// <summary>
    /// Rents page-aligned memory to be filled and sent here. All elements are zero: pages that this writer used before are
    /// cleared, pages that come fresh from the kernel are zeros already. Allocates nothing in steady state.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">Elements. For <see cref="Gift{T}(PageBuffer{T})"/> they must fill whole pages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="NotSupportedException">The elements are records with texts or lists, which a <see cref="RecordWriter{T}"/> sends.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public PageBuffer<T> Rent<T>(int length)
        where T : unmanaged
        => PageBuffer<T>.Rent(Sender.Pool, length);

    /// <summary>
    /// Rents as <see cref="Rent{T}(int)"/> does, but does not clear. The elements are unspecified: zeros, or what an earlier buffer
    /// of this writer held. Whatever is not overwritten goes to the reader.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">Elements, as in <see cref="Rent{T}(int)"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="NotSupportedException">The elements are records with texts or lists, which a <see cref="RecordWriter{T}"/> sends.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public PageBuffer<T> RentUninitialized<T>(int length)
        where T : unmanaged
        => PageBuffer<T>.Rent(Sender.Pool, length, clear: false);

    /// <summary>Moves a buffer into the pipe. It is consumed, also where the send fails.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    public void Send<T>([Consumes] PageBuffer<T> buffer)
        where T : unmanaged
        => Send(buffer, buffer.Length);

    /// <summary>Moves a buffer into the pipe, but only its first elements are sent.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. All of it is consumed.</param>
    /// <param name="length">How many elements to send.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has; the buffer stays yours.</exception>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public void Send<T>([Consumes] PageBuffer<T> buffer, int length)
        where T : unmanaged
    {
        nuint bytes = buffer.BytesOf(length);
        Sender.SendBlock(buffer.Leave(PageBufferState.Sent), bytes);
    }

    /// <summary>
    /// Gives a buffer's pages away (SPLICE_F_GIFT): this process never writes to nor reuses them, so the reader may keep
    /// them, and the kernel may move them into a file without a copy.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. It is consumed, also where the gift fails half-way.</param>
    /// <exception cref="ArgumentException">The elements do not fill whole pages; the buffer stays yours.</exception>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public void Gift<T>([Consumes] PageBuffer<T> buffer)
        where T : unmanaged
    {
        nuint bytes = WholePages.BytesOf(buffer);
        Sender.Run(Sender.GiftOf(buffer.Leave(PageBufferState.Gifted), bytes));
    }

    /// <summary>Sends frozen pages. They stay valid and can be sent again.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages.</param>
    /// <exception cref="ObjectDisposedException">The pages or the writer are disposed, or the writer was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe void Send<T>(FrozenPages<T> pages)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        Sender.Run(Sender.SendOf(pages, pages.Hold(), (nuint)pages.Length * (nuint)sizeof(T)));
    }

    /// <summary>
    /// Copies bytes into the pipe with write(2). The memory stays the caller's. <c>Write([1, 2])</c> writes two bytes, as a stream does; constants
    /// above 255 and <c>int</c> variables in such a list make it a list of four-byte integers.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the write waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    [OverloadResolutionPriority(1)]
    public void Write(ReadOnlySpan<byte> bytes) => Sender.Write(bytes, caller: null);

    /// <summary>Copies values into the pipe as they lie in memory, with write(2). The memory stays the caller's.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="values">The values.</param>
    /// <exception cref="NotSupportedException">They are records with texts or lists, which a <see cref="RecordWriter{T}"/> sends.</exception>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})" path="/exception"/>
    public unsafe void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        PlainValues.ThrowIfTexts<T>();

        // SAFETY: write(2) copies before it returns; the memory is pinned until then. AsBytes would overflow beyond 2 GiB.
        fixed (T* first = values)
        {
            Sender.Write((nint)first, (nuint)values.Length * (nuint)sizeof(T), caller: null);
        }
    }

    /// <inheritdoc cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>
    public ValueTask SendAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default)
        where T : unmanaged
        => SendAsync(buffer, buffer.Length, cancellationToken);

    /// <summary>
    /// Moves a buffer into the pipe, and waits without a thread while the pipe is full. The buffer is consumed by the call
    /// itself, before the first wait, also where the send fails or is cancelled; its pages go back on their own.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <param name="length">How many of its elements to send, from the first.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. Before the pipe accepted anything, it is as if nothing had been sent. After a part was accepted,
    /// the <see cref="OperationCanceledException"/> has an <see cref="IncompleteSendException"/> inside, and every later send
    /// of this writer throws that.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has; the buffer stays yours.</exception>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public ValueTask SendAsync<T>([Consumes] PageBuffer<T> buffer, int length, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        nuint bytes = buffer.BytesOf(length);
        return Sender.SendBlockAsync(buffer.Leave(PageBufferState.Sent), bytes, owner: null, caller: null, cancellationToken);
    }

    /// <summary>Sends frozen pages, and waits without a thread while the pipe is full. They stay valid and can be sent again.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages. Disposed meanwhile, they are given up once this send is through.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <inheritdoc cref="Send{T}(FrozenPages{T})" path="/exception"/>
    public unsafe ValueTask SendAsync<T>(FrozenPages<T> pages, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        return Sender.Start(Sender.SendOf(pages, pages.Hold(), (nuint)pages.Length * (nuint)sizeof(T)), cancellationToken);
    }

    /// <summary>Gives a buffer's pages away as <see cref="Gift{T}(PageBuffer{T})"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. It is consumed by the call itself, also where the gift fails or is cancelled.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ArgumentException">The elements do not fill whole pages; the buffer stays yours.</exception>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public ValueTask GiftAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        nuint bytes = WholePages.BytesOf(buffer);
        return Sender.Start(Sender.GiftOf(buffer.Leave(PageBufferState.Gifted), bytes), cancellationToken);
    }

    /// <summary>Copies bytes into the pipe with write(2), and waits without a thread while it is full.</summary>
    /// <param name="bytes">The bytes. Must not change until the task has ended; then the memory is the caller's to reuse.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})" path="/exception"/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        => WriteAsync<byte>(bytes, cancellationToken);

    /// <summary>Copies values into the pipe as they lie in memory, with write(2), and waits without a thread while it is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="values">The values. Must not change until the task has ended; then the memory is the caller's to reuse.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="NotSupportedException">They are records with texts or lists, which a <see cref="RecordWriter{T}"/> sends.</exception>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})" path="/exception"/>
    public ValueTask WriteAsync<T>(ReadOnlyMemory<T> values, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        PlainValues.ThrowIfTexts<T>();
        return Sender.WriteAsync(values, caller: null, cancellationToken);
    }

    /// <summary>
    /// Moves a buffer into the pipe, all its segments gathered in one call for each time that the pipe has room. It is
    /// consumed, also where the send fails.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public void Send<TBuffer>([Consumes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Run(Buffers.SendOf(PagesOf(buffer)));

    /// <summary>
    /// Gives a buffer's pages away: this process never writes to nor reuses them. Whole pages go with SPLICE_F_GIFT, what a
    /// segment has beyond them without it.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It is consumed, also where the gift fails half-way.</param>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public void Gift<TBuffer>([Consumes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Run(Buffers.SendOf(PagesOf(buffer), isGift: true));

    /// <summary>
    /// Ends a stream of spliceable buffers, so that the reader knows that these are all. Without it the end of the pipe is a
    /// <see cref="BufferStreamException"/> there: the sender may have died. Once is enough. Without
    /// <see cref="SpliceWriterOptions.Framed"/> nothing is sent, and the end of the pipe is the end.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    public void CompleteBuffers() => Buffers.Complete();

    /// <summary>As <see cref="CompleteBuffers"/>, and waits without a thread while the pipe is full.</summary>
    /// <param name="cancellationToken">Ends the wait; the stream is not completed then, and this can be called again.</param>
    /// <inheritdoc cref="CompleteBuffers" path="/exception"/>
    public ValueTask CompleteBuffersAsync(CancellationToken cancellationToken = default) => Buffers.CompleteAsync(cancellationToken);

    /// <summary>
    /// Moves buffers into the pipe, in order and in one piece, with as few calls as the kernel lets. All are consumed,
    /// also where the send fails or one of them was not yours; then nothing is sent.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffers">Any number of buffers.</param>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public void SendAll<T>([Consumes] params ReadOnlySpan<PageBuffer<T>> buffers)
        where T : unmanaged
        => Sender.Run(Buffers.SendOfAll(buffers));

    /// <summary>Collects buffers of different types, to be sent in one piece.</summary>
    public SpliceGather CreateGather() => new(Sender, Buffers);

    /// <summary>
    /// Moves a buffer into the pipe, all its segments gathered, and waits without a thread while the pipe is full. It is
    /// consumed by the call itself, before the first wait, also where the send fails or is cancelled.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public ValueTask SendAsync<TBuffer>([Consumes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Start(Buffers.SendOf(PagesOf(buffer)), cancellationToken);

    /// <summary>Gives a buffer's pages away as <see cref="Gift{TBuffer}(TBuffer)"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It is consumed by the call itself, also where the gift fails or is cancelled.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public ValueTask GiftAsync<TBuffer>([Consumes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Start(Buffers.SendOf(PagesOf(buffer), isGift: true), cancellationToken);

    /// <summary>Moves buffers into the pipe as <see cref="SendAll{T}"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffers">Any number of buffers; consumed by the call itself, also where the send fails or one of them was not yours.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <inheritdoc cref="Send{T}(PageBuffer{T})" path="/exception"/>
    public ValueTask SendAllAsync<T>([Consumes] ReadOnlySpan<PageBuffer<T>> buffers, CancellationToken cancellationToken = default)
        where T : unmanaged
        => Sender.Start(Buffers.SendOfAll(buffers), cancellationToken);

    /// <summary>Opens the write end of a pipe.</summary>
    /// <param name="handle">
    /// The write end: a <see cref="SafePipeHandle"/> or <see cref="SafeFileHandle"/>. Closed with the writer unless <see
    /// cref="SpliceWriterOptions.LeaveOpen"/>.
    /// </param>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">Not a pipe, or its read end.</exception>
    public static SpliceWriter Open(SafeHandle handle, SpliceWriterOptions? options = null)
        => new(PipeEnds.Take(handle, End(options), nameof(handle)), options);

    /// <summary>Opens an anonymous pipe's stream. Do not use the stream while the writer is open.</summary>
    /// <param name="stream">An <see cref="AnonymousPipeServerStream"/> or <see cref="AnonymousPipeClientStream"/> that writes.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">The stream reads, or is a named pipe (a socket on Linux).</exception>
    public static SpliceWriter Open(PipeStream stream, SpliceWriterOptions? options = null)
        => new(PipeEnds.Take(stream, End(options), nameof(stream)), options);

    /// <summary>
    /// Opens standard output. Where it is a file or a terminal, everything is written with write(2): a program works the
    /// same whatever its output is redirected to. Write nothing with <see cref="Console"/> while the writer is open.
    /// </summary>
    /// <param name="options">How to send.</param>
    public static SpliceWriter OpenStandardOutput(SpliceWriterOptions? options = null)
        => new(PipeEnds.TakeAny(new SafePipeHandle(1, ownsHandle: false), End(options), nameof(options)), options);

    /// <summary>Opens a child's redirected standard input.</summary>
    /// <param name="child">A process started with <see cref="ProcessStartInfo.RedirectStandardInput"/>.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="InvalidOperationException">The child's standard input is not redirected.</exception>
    /// <exception cref="ArgumentException">
    /// <see cref="ProcessStartInfo.StandardInputEncoding"/> has a byte order mark, which .NET wrote when it started the child.
    /// </exception>
    public static SpliceWriter OpenChildInput(Process child, SpliceWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (!child.StandardInput.Encoding.Preamble.IsEmpty)
        {
            throw new ArgumentException($"The child was started with StandardInputEncoding {child.StandardInput.Encoding.WebName} with a byte order mark "
                + $"({Convert.ToHexString(child.StandardInput.Encoding.Preamble)}), which .NET has already written: what is sent now would come behind "
                + "it. Leave StandardInputEncoding unset; a pipe takes bytes.", nameof(child));
        }

        return new(PipeEnds.TakeRedirected(child.StandardInput.BaseStream, End(options), nameof(child)), options);
    }

    /// <summary>Opens a FIFO (<see cref="SplicePipe.CreateFifo"/>) and waits until a reader has it open.</summary>
    /// <param name="path">The FIFO's path.</param>
    /// <param name="options">How to send.</param>
    /// <param name="timeout">How long to wait at most; for ever where it is not given. Zero looks once.</param>
    /// <param name="cancellationToken">Ends the wait. Nothing is left open then.</param>
    /// <exception cref="FileNotFoundException">No such FIFO.</exception>
    /// <exception cref="ArgumentException">The path is not a FIFO.</exception>
    /// <exception cref="TimeoutException">No reader came in time.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <remarks>
    /// Without time and token open(2) waits; else this looks again at most 20 ms later. A reader that opens the FIFO and leaves between two looks is
    /// not noticed.
    /// </remarks>
    public static SpliceWriter OpenFifo(
        string path,
        SpliceWriterOptions? options = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        => new(PipeEnds.OpenFifo(path, End(options), timeout, cancellationToken), options);

    /// <summary>Opens a FIFO and waits, without a thread, until a reader has it open.</summary>
    /// <inheritdoc cref="OpenFifo(string, SpliceWriterOptions?, TimeSpan?, CancellationToken)"/>
    public static async Task<SpliceWriter> OpenFifoAsync(
        string path,
        SpliceWriterOptions? options = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        => new(await PipeEnds.OpenFifoAsync(path, End(options), timeout, cancellationToken).ConfigureAwait(false), options);

    /// <summary>Opens the write end that a parent handed over with <see cref="SplicePipe.StartChildWithWriter"/>.</summary>
    /// <param name="options">How to send.</param>
    /// <exception cref="InvalidOperationException">This process inherited none.</exception>
    public static SpliceWriter OpenInherited(SpliceWriterOptions? options = null)
        => new(PipeEnds.TakeInherited(SplicePipe.WriterVariable, End(options)), options);

    /// <summary>Opens the write end of a pipe that this library made.</summary>
    /// <param name="handle">The write end.</param>
    /// <param name="options">How to send.</param>
    /// <param name="mayGrow">Whether nobody has asked for the pipe's capacity.</param>
    internal static SpliceWriter OpenOwn(SafeHandle handle, SpliceWriterOptions? options, bool mayGrow)
        => new(PipeEnds.TakeOwn(handle, End(options), mayGrow), options);

    /// <summary>Opens with another policy than the machine's, for benchmarks.</summary>
    internal static SpliceWriter Open(SafeHandle handle, SpliceWriterOptions options, SharingPolicy policy)
    {
        PipeEnd end = PipeEnds.Take(handle, End(options), nameof(handle));
        return new SpliceWriter(end, options, new Sender(end, options.Reader, policy));
    }

    /// <summary>
    /// Gets this end as a stream that writes. Bytes are copied (write(2)) at once; there is nothing to flush. Bare bytes have no end
    /// mark: disposing the stream closes the pipe, and that is all that the reader sees.
    /// </summary>
    /// <param name="leaveOpen">Whether disposing the stream leaves this writer open.</param>
    public Stream AsStream(bool leaveOpen = false) => new SpliceWriterStream(this, leaveOpen);

    /// <summary>
    /// Gets this end for <c>System.IO.Pipelines</c> and as <c>IBufferWriter&lt;byte&gt;</c>. What it hands out to be filled
    /// is page memory, which a flush moves into the pipe without a copy where that is right and faster. Completing it closes the pipe;
    /// with an exception, what was not flushed is dropped. Bare bytes have no end mark: the reader sees no more than the end of the pipe.
    /// </summary>
    /// <param name="leaveOpen">Whether completing it leaves this writer open.</param>
    public PipeWriter AsPipeWriter(bool leaveOpen = false) => new SplicePipeWriter(this, leaveOpen);

    /// <summary>
    /// Closes the write end, unless it was to be left open. What is in flight still arrives. A call that waits, in a thread or
    /// without one, ends with <see cref="ObjectDisposedException"/>: a send, its turn, or forwarding into this pipe. Of a send
    /// that was in the pipe in part the exception has an <see cref="IncompleteSendException"/> inside.
    /// </summary>
    public void Dispose() => Sender.Close();

    /// <summary>Gets what sends: for record writers, streams and whoever forwards into this pipe.</summary>
    internal Sender Sender { get; }

    /// <summary>Gets what takes buffers of segments over.</summary>
    internal OutgoingBuffers Buffers { get; }

    void IPipeEndOwner.EndCalls() => Sender.EndCalls();

    private static EndRequest End(SpliceWriterOptions? options) => new(FileAccess.Write, options?.PipeCapacity ?? 0, options?.LeaveOpen ?? false);

    private static BufferPages PagesOf<TBuffer>(TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.Pages;
    }
}
