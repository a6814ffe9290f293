using System.Net.Sockets;
using System.Runtime.InteropServices;
using VmSplice.Interop;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>Where a stream is forwarded to: checked to be of a kind that takes pages, or to be written to instead.</summary>
internal sealed class ForwardTarget : IDisposable
{
    private readonly Sender? _sender;
    private readonly NonBlockingDescriptor? _pipe;
    private long _offset;
    private bool _hasTurn;

    private ForwardTarget(SafeHandle handle, ForwardTargetKind kind, bool splices, Sender? sender = null, long offset = -1)
    {
        Handle = handle;
        Kind = kind;
        Splices = splices;
        _sender = sender;
        _offset = offset;
        _pipe = kind == ForwardTargetKind.Pipe && sender is null ? new NonBlockingDescriptor(handle, FileAccess.Write, isPipe: true) : null;
    }

    internal SafeHandle Handle { get; }

    internal ForwardTargetKind Kind { get; }

    /// <summary>Gets whether splice(2) is tried; everything is written to the target otherwise.</summary>
    internal bool Splices { get; }

    /// <summary>
    /// Gets whether splice(2) itself copies the bytes, as into the cache of a file: then nothing refers to the sender's
    /// pages when the call returns. A pipe refers to them until it was read, a socket until its peer has acknowledged.
    /// </summary>
    internal bool CopiesAtOnce => Kind == ForwardTargetKind.File;

    /// <summary>Gets whether it may be gone before anything is sent to it, which poll(2) tells.</summary>
    internal bool CanBreak => Kind is ForwardTargetKind.Pipe or ForwardTargetKind.StreamSocket;

    /// <summary>Gets what tells that a writer is disposed; none for other targets.</summary>
    internal DisposalSignal? Disposal => _sender?.Disposal;

    /// <summary>Gets whether the last attempt was none, because another send to the writer is under way.</summary>
    internal bool LacksTurn { get; private set; }

    /// <summary>Gets whether an attempt may wait inside of the kernel, for a reader and not for a disk.</summary>
    internal bool MayBlock => HoldsThePipe(Handle, Kind);

    internal static ForwardTarget Of(SafeHandle handle, SafeHandle source, string parameter)
    {
        PipeEnds.CheckOpen(handle, parameter);
        return Checked(handle, source, parameter, offset: -1);
    }

    internal static ForwardTarget Of(FileStream stream, SafeHandle source, string parameter)
    {
        ArgumentNullException.ThrowIfNull(stream, parameter);
        stream.Flush();
        return Checked(stream.SafeFileHandle, source, parameter, stream.CanSeek ? stream.Position : -1);
    }

    /// <summary>Takes a socket, which becomes non-blocking underneath: .NET does that itself at the first asynchronous call.</summary>
    internal static ForwardTarget Of(Socket socket, SafeHandle source, string parameter)
    {
        ArgumentNullException.ThrowIfNull(socket, parameter);
        ObjectDisposedException.ThrowIf(socket.SafeHandle.IsClosed, socket);
        if (ForwardTargetInfo.WhyRefused(socket.SafeHandle, out _) is null && !ForwardTargetInfo.IsNonBlocking(socket.SafeHandle) && socket.Connected)
        {
            // Nothing is sent. While splice(2) waits for a blocking socket it keeps the pipe locked, and a sender that
            // only asks how much was read would hang with it.
            _ = socket.SendAsync(ReadOnlyMemory<byte>.Empty, SocketFlags.None).AsTask();
        }

        return Checked(socket.SafeHandle, source, parameter, offset: -1);
    }

    /// <summary>Takes a sender, which may lead to anything where it is on standard output.</summary>
    internal static ForwardTarget Of(Sender sender, SafeHandle source, string parameter)
    {
        sender.ThrowIfDisposed();
        SafeHandle handle = sender.End.Handle;
        RefuseItself(handle, source, parameter);
        bool splices = ForwardTargetInfo.WhyRefused(handle, out ForwardTargetKind kind) is null;
        return new ForwardTarget(handle, kind, splices && !HoldsThePipe(handle, kind), sender);
    }

    /// <summary>Moves pages out of a pipe; one attempt, which waits for a file alone.</summary>
    internal unsafe nint TrySplice(SafeHandle source, nuint length, out int errno)
    {
        if (_sender is not null)
        {
            if (!TryTakeTurn(out errno))
            {
                return -1;
            }

            try
            {
                _sender.GrowFor(length);
                return _sender.Steps.TrySplice(source, length, out errno);
            }
            finally
            {
                ExitTurn();
            }
        }

        // SAFETY: the kernel reads and advances the offset during the call.
        fixed (long* offset = &_offset)
        {
            nint moved = Fcntl.splice(source, null, Handle, _offset < 0 ? null : offset, length, Fcntl.SPLICE_F_MOVE | Fcntl.SPLICE_F_NONBLOCK);
            errno = moved < 0 ? Marshal.GetLastPInvokeError() : 0;
            return moved;
        }
    }

    /// <summary>Refers a writer's pipe to pages that stay in another one; one attempt, which does not wait.</summary>
    internal nint TryTee(SafeHandle source, nuint length, out int errno)
    {
        if (!TryTakeTurn(out errno))
        {
            return -1;
        }

        try
        {
            _sender!.GrowFor(length);
            return _sender.Steps.TryTee(source, length, out errno);
        }
        finally
        {
            ExitTurn();
        }
    }

    /// <summary>Waits in this thread for the turn to send to the writer; the next attempt has it.</summary>
    /// <param name="ended">Tells that the source is disposed.</param>
    internal void WaitForTurn(CancellationToken ended)
    {
        _sender!.Turns.Enter(caller: null, ended);
        _hasTurn = true;
    }

    /// <summary>The same without a thread that waits.</summary>
    internal async Task WaitForTurnAsync(CancellationToken cancellation)
    {
        await TurnTask.WaitAsync(_sender!.Turns, cancellation).ConfigureAwait(false);
        _hasTurn = true;
    }

    internal void ThrowIfDisposed() => _sender?.ThrowIfDisposed();

    /// <summary>Writes bytes; one attempt, which waits for a blocking socket, a file or a terminal alone.</summary>
    internal unsafe nint TryWrite(ReadOnlySpan<byte> bytes, out int errno)
    {
        if (_sender is not null)
        {
            if (!TryTakeTurn(out errno))
            {
                return -1;
            }

            try
            {
                _sender.GrowFor((nuint)bytes.Length);
                return _sender.Steps.TryWrite(bytes, out errno);
            }
            finally
            {
                ExitTurn();
            }
        }

        // SAFETY: the kernel reads the pinned bytes during the call.
        fixed (byte* first = bytes)
        {
            if (_pipe is not null)
            {
                return _pipe.TryWrite(first, (nuint)bytes.Length, out errno);
            }

            nint written = _offset < 0
                ? Unistd.write(Handle, first, (nuint)bytes.Length)
                : Unistd.pwrite(Handle, first, (nuint)bytes.Length, _offset);
            errno = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (_offset >= 0 && written > 0)
            {
                _offset += written;
            }

            return written;
        }
    }

    /// <summary>Moves a stream behind what was forwarded: .NET keeps the position itself.</summary>
    internal void MoveOn(FileStream stream)
    {
        if (_offset >= 0)
        {
            stream.Position = _offset;
        }
    }

    /// <summary>What broke the target while nothing was sent to it: the pending error of a socket, else EPIPE.</summary>
    internal unsafe int PendingError()
    {
        int errno;
        uint length = sizeof(int);

        // SAFETY: the kernel fills one int during the call.
        return Kind == ForwardTargetKind.StreamSocket
            && SysSocket.getsockopt(Handle, SysSocket.SOL_SOCKET, SysSocket.SO_ERROR, &errno, &length) == 0
            && errno != 0 ? errno : Errno.EPIPE;
    }

    public void Dispose()
    {
        ExitTurn();
        _pipe?.Dispose();
    }

    /// <summary>Takes the turn for one attempt, unless it was waited for. Does not wait: EAGAIN where another send is under way.</summary>
    private bool TryTakeTurn(out int errno)
    {
        LacksTurn = !_hasTurn && !_sender!.Turns.TryEnter();
        if (LacksTurn)
        {
            // A writer that is disposed gives no turn any more.
            _sender!.ThrowIfDisposed();
            errno = Errno.EAGAIN;
            return false;
        }

        _hasTurn = true;
        try
        {
            errno = _sender!.CheckForwarding();
        }
        catch
        {
            ExitTurn();
            throw;
        }

        if (errno != 0)
        {
            ExitTurn();
        }

        return errno == 0;
    }

    /// <summary>Gives back a turn that was waited for, where nothing is attempted after all.</summary>
    internal void ExitTurn()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            _sender!.Turns.Exit();
        }
    }

    private static ForwardTarget Checked(SafeHandle handle, SafeHandle source, string parameter, long offset)
    {
        RefuseItself(handle, source, parameter);
        return ForwardTargetInfo.WhyRefused(handle, out ForwardTargetKind kind) is { } reason
            ? throw new ArgumentException($"{DescriptorInfo.Describe(handle)} {reason}", parameter)
            : new ForwardTarget(handle, kind, !HoldsThePipe(handle, kind), offset: offset);
    }

    private static void RefuseItself(SafeHandle handle, SafeHandle source, string parameter)
    {
        if (ForwardTargetInfo.AreSame(handle, source))
        {
            throw new ArgumentException($"{DescriptorInfo.Describe(handle)} is the pipe that is read from; a stream cannot "
                + "be forwarded into itself.", parameter);
        }
    }

    private static bool HoldsThePipe(SafeHandle handle, ForwardTargetKind kind)
        => kind == ForwardTargetKind.StreamSocket && !ForwardTargetInfo.IsNonBlocking(handle);
}
