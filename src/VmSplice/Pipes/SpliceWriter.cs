using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice;

/// <summary>
/// The sending end of a pipe. Moves page buffers into it without a copy where that is right and faster, and writes them
/// otherwise; the reader gets the same bytes either way.
/// </summary>
/// <remarks>
/// Sending is a move: the buffer is gone afterwards, whatever happened. A send is whole: a short transfer is continued,
/// an interrupted one repeated (EINTR), a full pipe waited for. After one that failed when a part of it was in the pipe, every
/// later one throws <see cref="TornSendException"/>. Several threads may send, and asynchronous sends may run;
/// each send stays in one piece, and they go first come first served.
/// </remarks>
public sealed partial class SpliceWriter : IPipeEndOwner
{
    /// <summary>Bytes of a send for which sharing pages pays, if the pipe has room.</summary>
    private const int LargeSend = SharingPolicy.RecycledThreshold;

    /// <summary>Bytes after which small writes are a stream that gains by room.</summary>
    private const int MuchSent = 512 * 1024;

    private const int RetryAfter = 64 * 1024 * 1024;

    private readonly SendTurns _turns = new();
    private readonly PipeEnd _end;
    private readonly PageSender _sender;
    private SharingPolicy _policy;
    private readonly PagePool _pool;
    private readonly NonBlockingDescriptor _nonBlocking;
    private readonly DescriptorWatch _spaceWatch;
    private readonly DisposalSignal _disposal = new();
    private bool _recycles;
    private long _consumed;
    private long _growAt;
    private long _accepted;
    private long _sends;
    private CallGate? _caller;
    private IOException? _torn;
    private volatile bool _disposed;
    private bool _isClosed;

    private SpliceWriter(PipeEnd end, SpliceWriterOptions options)
        : this(end, options, MayRecycle(end, options.Reader))
    {
    }

    private SpliceWriter(PipeEnd end, SpliceWriterOptions options, bool mayRecycle)
        : this(end, options, PolicyFor(end, mayRecycle ? options.Reader : PipeReaderKind.Unknown), mayRecycle)
    {
    }

    private SpliceWriter(PipeEnd end, SpliceWriterOptions options, SharingPolicy policy, bool mayRecycle)
    {
        _end = end;
        _sender = new PageSender(end.Handle);
        Reader = options.Reader;
        _policy = policy;
        _nonBlocking = new NonBlockingDescriptor(end.Handle, FileAccess.Write, end.IsPipe);
        _spaceWatch = DescriptorWatch.ForSpace(end.Handle);
        _recycles = _policy.SharesLargeSends && mayRecycle;

        // Without sharing nothing is ever in flight, and the small circle is the better one for the cache.
        _pool = _recycles || !_policy.SharesLargeSends
            ? new PagePool(PagePool.RecycledRegionLength, CountConsumed)
            : new PagePool(PagePool.FreshRegionLength, CountConsumed);
        if (SharesPages)
        {
            Pipes.PagesInFlight.Watch(this);
        }
    }

    /// <summary>Gets what was declared of the reader.</summary>
    public PipeReaderKind Reader { get; }

    /// <summary>Gets the pipe's capacity in bytes, asked of the kernel each time; 0 where standard output is not a pipe.</summary>
    public int Capacity => _end.Capacity;

    /// <summary>Gets whether pages are shared with the reader for sends that are large enough.</summary>
    public bool SharesPages => _policy.SharesLargeSends && !_sender.IsRefused;

    /// <summary>Gets the bytes that the pipe accepted from this writer.</summary>
    public long BytesAccepted => Interlocked.Read(ref _accepted);

    /// <summary>Gets the bytes that wait in the pipe for its reader (FIONREAD), whoever wrote them.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public int UnreadBytes => _end.UnreadBytes;

    /// <summary>Gets the descriptor.</summary>
    public SafeHandle Handle => _end.Handle;

    /// <summary>
    /// Rents page-aligned memory to be filled and sent here. All elements are zero: pages that this writer used before are
    /// cleared, pages that come fresh from the kernel are zeros already. Allocates nothing in steady state.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">Elements. For <see cref="Gift{T}(PageBuffer{T})"/> they must fill whole pages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public PageBuffer<T> Rent<T>(int length)
        where T : unmanaged
        => PageBuffer<T>.Rent(_pool, length);

    /// <summary>
    /// Rents as <see cref="Rent{T}(int)"/> does, but does not clear. The elements are unspecified: zeros, or what an earlier buffer
    /// of this writer held. Whatever is not overwritten goes to the reader.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">Elements, as in <see cref="Rent{T}(int)"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public PageBuffer<T> RentUninitialized<T>(int length)
        where T : unmanaged
        => PageBuffer<T>.Rent(_pool, length, clear: false);

    /// <summary>
    /// Closes the write end, unless it was to be left open. What is in flight still arrives. A call that waits, in a thread or
    /// without one, ends with <see cref="ObjectDisposedException"/>: a send, its turn, or forwarding into this pipe. Of a send
    /// that was in the pipe in part the exception has a <see cref="TornSendException"/> inside.
    /// </summary>
    public void Dispose()
    {
        EndCalls();
        if (Interlocked.Exchange(ref _isClosed, true))
        {
            return;
        }

        _turns.Close(() =>
        {
            _nonBlocking.Dispose();
            _end.Dispose();
            _pool.Dispose();
        });
    }

    /// <summary>Gets the pages of this process that wait in the pipe, where it shares any.</summary>
    internal long PagesInFlight => _disposed || _end.Handle.IsClosed || !SharesPages ? 0 : (UnreadBytes + Environment.SystemPageSize - 1) / Environment.SystemPageSize;

    /// <summary>Gets whether pages are reused once they were read, as the mark at the pipe says.</summary>
    internal bool Recycles => _recycles;

    internal PageBlock RentBlock(nuint bytes, out long ticket) => _pool.Rent(bytes, out ticket);

    /// <summary>Whether a send of this length would share pages, so that the memory is not free when it returns.</summary>
    internal bool WouldShare(nuint bytes) => !_sender.IsRefused && (_end.MayGrow ? _policy.SharesOwnPages(bytes) : _policy.SharesBlocking(bytes));

    /// <summary>Writes the first bytes of a block that the caller keeps and may reuse at once.</summary>
    /// <param name="block">The block, whose pages stay until this returns.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="caller">The call that this is a part of, which may be ended meanwhile.</param>
    internal void WriteBlock(PageBlock block, nuint bytes, CallGate caller)
        => Run(new Transfer { Address = block.Address, Remaining = bytes, Length = bytes, Caller = caller });

    /// <summary>Sends the first bytes of a block that its owner has left, and returns it to its pool with the right fate.</summary>
    internal void SendBlock(PageBlock block, nuint bytes, CallGate? caller = null)
        => Run(new Transfer { Address = block.Address, Remaining = bytes, Length = bytes, Shares = SharesNow(bytes), Block = block, Caller = caller });

    private bool SharesNow(nuint bytes)
    {
        GrowFor(bytes);
        return !_sender.IsRefused && _policy.SharesBlocking(bytes);
    }

    /// <summary>
    /// Grows a pipe that nobody has sized at the first send that gains by it. Most pipes never carry much, and all pipes of a
    /// user share a quota. Where it is refused, all goes on, and it is tried again much later.
    /// </summary>
    private void GrowFor(nuint bytes)
    {
        if (_disposed || !_end.MayGrow || _accepted < _growAt || (bytes < LargeSend && _accepted < MuchSent))
        {
            return;
        }

        try
        {
            if (_end.TryGrow())
            {
                _policy = _policy.For(_end.KnownCapacity);
            }
            else
            {
                _growAt = _accepted + RetryAfter;
            }
        }
        catch (ObjectDisposedException)
        {
            // Disposed in this moment. The send finds out when it has consumed its buffer.
        }
    }

    /// <summary>Ends what a caller that is disposed still sends, or waits to send. This writer stays open.</summary>
    internal void Interrupt(CallGate caller)
    {
        _turns.Withdraw(caller);
        if (ReferenceEquals(Volatile.Read(ref _caller), caller))
        {
            _spaceWatch.Interrupt();
            _disposal.Wake();
        }
    }

    internal DisposalSignal Disposal => _disposal;

    internal bool IsDisposed => _disposed;

    void IPipeEndOwner.EndCalls() => EndCalls();

    internal void ThrowIfDisposed()
    {
        if (IsDisposed)
        {
            throw WasDisposed();
        }
    }

    internal static ObjectDisposedException WasDisposed() => new(nameof(SpliceWriter), "The writer is disposed, or was while this send waited.");

    private void EndCalls()
    {
        _disposed = true;
        _disposal.Set();
        _spaceWatch.Dispose();
    }

    /// <summary>The blocking driver of a send: waits in this thread, for the turn and for room. Consumes the memory also where it fails.</summary>
    private void Run(Transfer transfer)
    {
        bool hasTurn = false;
        Exception? error = null;
        try
        {
            GrowFor(transfer.Length);
            _turns.Enter(transfer.Caller);
            hasTurn = true;
            Begin(ref transfer);
            while (!TryTransfer(ref transfer))
            {
                PipeWait.ForSpace(_end.Handle, _disposal);
                ThrowIfDisposed();
                transfer.Caller?.ThrowIfEnded();
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        error = End(ref transfer, error);
        if (hasTurn)
        {
            _turns.Exit();
        }

        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Lets nothing follow a part of a send.</summary>
    private void Tear(TornSendException torn)
    {
        // Where the reader has left, that stays the reason. A FIFO may get another one, which must not get the next send.
        _torn = torn.InnerException is BrokenPipeException broken ? broken : torn;
        if (ReferenceEquals(_torn, torn) && VmSpliceEventSource.Log.IsEnabled())
        {
            VmSpliceEventSource.Log.PipePoisoned($"{DescriptorInfo.Describe(_end.Handle)}: {torn.Message}");
        }
    }

    // A new one each time: it is thrown to different callers.
    internal void ThrowIfTorn()
    {
        switch (_torn)
        {
            case TornSendException torn:
                throw new TornSendException(torn.SendIndex, torn.BytesAccepted, torn.BytesOfSend, torn.InnerException);
            case BrokenPipeException broken:
                throw BrokenPipeException.ForBytes(broken.Call, broken.BytesAccepted, broken.BytesUnread);
            default:
                break;
        }
    }

    // Whoever forwards this pipe must be able to see it at the pipe; where that cannot be said there, nothing is reused.
    private static bool MayRecycle(PipeEnd end, PipeReaderKind reader)
        => reader == PipeReaderKind.Copying && end.IsPipe && end.TryGetUnread(out _, out _) && KernelSupport.Current.PageSharing == PageSharing.SharesPages && RecyclingMark.TrySet(end.Handle);

    // Nothing is tried for standard output that is a file.
    private static SharingPolicy PolicyFor(PipeEnd end, PipeReaderKind reader)
        => end.IsPipe ? new SharingPolicy(KernelSupport.Current, reader, isPipe: true).For(end.KnownCapacity) : default;

    private SystemCallException Failed(string call, int errno) => errno == Errno.EPIPE
        ? BrokenPipeException.ForBytes(call, _accepted, _end.IsPipe && _end.TryGetUnread(out int unread, out _) ? unread : 0)
        : SystemCallException.Create(call, errno, DescriptorInfo.Describe(_end.Handle));

    // What other writers of the same pipe put in counts as unread, so this never claims too much.
    private long CountConsumed()
    {
        if (!_end.IsPipe || _end.Handle.IsClosed)
        {
            return BytesAccepted;
        }

        long accepted = BytesAccepted;
        if (_end.TryGetUnread(out int unread, out int errno))
        {
            return _consumed = accepted - unread;
        }

        if (_recycles)
        {
            // Nobody tells any more when pages are free. What is in flight is left alone for good.
            _recycles = false;
            Instruments.CountFallback("FIONREAD", errno, _end.Handle);
        }

        return _consumed;
    }
}
