using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Moves bytes into a pipe, as many as fit, and never waits. The one place that knows what the kernel answers to a send: short
/// transfers, EINTR, EAGAIN, refusals, the reader's leaving. For whoever has the turn.
/// </summary>
internal sealed class SendSteps(PipeEnd end) : IDisposable
{
    // Whoever disposes the steps has the turn.
    private readonly NonBlockingDescriptor _bytes = new(end.Handle, FileAccess.Write, end.IsPipe, outlivesCalls: true);
    private bool _refusesGift;
    private long _accepted;

    /// <summary>Gets the bytes that the pipe accepted, by sends and by what was forwarded into it.</summary>
    internal long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Gets whether the kernel refuses to share pages here: everything goes by write(2) from now on.</summary>
    internal bool RefusesPages { get; private set; }

    /// <summary>Moves as much of a send as fits.</summary>
    /// <returns>Whether all is through; else the pipe is full.</returns>
    internal bool TryTransfer(ref PendingSend send)
    {
        while (send.Memory.Remaining != 0)
        {
            // The memory stays where it is until the send has ended; write(2) reads it during the call alone.
            send.Shares = send.Shares && !RefusesPages;
            ReadOnlySpan<IoVec> next = NextCall(in send, out SpliceFlags flags);
            nint accepted = send.Shares ? TryShare(next, flags, out int errno) : _bytes.TryWrite(next, out errno);
            if (accepted >= 0)
            {
                nuint wanted = SegmentRun.BytesOf(next);
                string call = NameOfCall(in send);
                send.Memory.Advance((nuint)accepted, send.Shares);
                Count(accepted);
                Instruments.CountTransfer(call, Instruments.Transmit, wanted, accepted);
                if ((nuint)accepted < wanted && (send.Shares || _bytes.MovesAllItCan))
                {
                    // The pipe is full. Another attempt would only say so.
                    return false;
                }

                continue;
            }

            switch (errno)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return false;
                case var _ when send.Shares && RefusesPages:
                    // Such as a kernel that takes the flag on no pipe that is O_NONBLOCK already. The same bytes go by write(2).
                    continue;
                default:
                    throw Failed(NameOfCall(in send), errno);
            }
        }

        return true;
    }

    /// <summary>
    /// Writes what lies in one place; one attempt, of which nobody is told. What the kernel answers else than a number is for the next one to see.
    /// </summary>
    /// <returns>The bytes that the pipe accepted, or −1.</returns>
    internal unsafe nint TryWrite(nint address, nuint bytes)
    {
        // SAFETY: the caller keeps the memory where it is; write(2) reads it during the call alone.
        nint accepted = _bytes.TryWrite((void*)address, bytes, out _);
        Count(Math.Max(accepted, 0));
        return accepted;
    }

    /// <summary>Moves pages out of another pipe into this one; one attempt.</summary>
    internal unsafe nint TrySplice(SafeHandle source, nuint length, out int errno)
        => Count(Fcntl.splice(source, null, end.Handle, null, length, Fcntl.SPLICE_F_MOVE | Fcntl.SPLICE_F_NONBLOCK), out errno);

    /// <summary>Refers this pipe to pages that stay in another one; one attempt.</summary>
    internal nint TryTee(SafeHandle source, nuint length, out int errno)
        => Count(Fcntl.tee(source, end.Handle, length, Fcntl.SPLICE_F_NONBLOCK), out errno);

    /// <summary>Writes bytes that are forwarded; one attempt, which waits for a file alone.</summary>
    internal unsafe nint TryWrite(ReadOnlySpan<byte> bytes, out int errno)
    {
        // SAFETY: write(2) reads the pinned bytes during the call alone.
        fixed (byte* first = bytes)
        {
            nint accepted = _bytes.TryWrite(first, (nuint)bytes.Length, out errno);
            Count(Math.Max(accepted, 0));
            return accepted;
        }
    }

    public void Dispose() => _bytes.Dispose();

    private static string NameOfCall(in PendingSend send) => send.Shares ? "vmsplice" : send.Memory.IsGathered ? "writev" : "write";

    /// <summary>The segments of one call: no more than the kernel takes, and of a gift either whole pages or what lies behind some.</summary>
    private ReadOnlySpan<IoVec> NextCall(ref readonly PendingSend send, out SpliceFlags flags)
    {
        ReadOnlySpan<IoVec> rest = send.Memory.Rest;
        flags = send.Flags;
        if (!send.Memory.IsGathered)
        {
            return rest;
        }

        // More segments than the pipe has slots are never accepted at once.
        int most = send.Shares ? Math.Clamp(end.KnownCapacity / Environment.SystemPageSize, 1, Limits.IOV_MAX) : Limits.IOV_MAX;
        rest = rest[..Math.Min(rest.Length, most)];
        return send.Shares && flags == SpliceFlags.Gift ? WholePages.Next(rest, out flags) : rest;
    }

    /// <summary>
    /// vmsplice(2), once. A kernel may refuse a flag that it was not probed with, or the call itself from some moment on. The gift's
    /// flag only says more and is left out then; where the rest is refused, write(2) has to do it.
    /// </summary>
    private nint TryShare(ReadOnlySpan<IoVec> segments, SpliceFlags flags, out int errno)
    {
        flags |= SpliceFlags.NonBlocking;
        if (_refusesGift)
        {
            flags &= ~SpliceFlags.Gift;
        }

        nint accepted = Fcntl.TryVmSplice(end.Handle, segments, flags, out errno);
        if (accepted >= 0 || !IsRefusal(errno))
        {
            return accepted;
        }

        int refusal = errno;
        if (flags.HasFlag(SpliceFlags.Gift))
        {
            // The pages are given away all the same: this process never uses them again.
            accepted = Fcntl.TryVmSplice(end.Handle, segments, flags & ~SpliceFlags.Gift, out errno);
            if (accepted >= 0 || !IsRefusal(errno))
            {
                _refusesGift = true;
                Instruments.CountFallback("SPLICE_F_GIFT", refusal, end.Handle);
                return accepted;
            }
        }

        RefusesPages = true;
        Instruments.CountFallback("vmsplice", refusal, end.Handle);
        return -1;
    }

    private static bool IsRefusal(int errno) => errno is Errno.EINVAL or Errno.ENOSYS or Errno.EPERM or Errno.EOPNOTSUPP or Errno.EACCES;

    private nint Count(nint accepted, out int errno)
    {
        errno = accepted < 0 ? Marshal.GetLastPInvokeError() : 0;
        Count(Math.Max(accepted, 0));
        return accepted;
    }

    private void Count(nint accepted) => Volatile.Write(ref _accepted, _accepted + accepted);

    private SystemCallException Failed(string call, int errno) => errno == Errno.EPIPE
        ? BrokenPipeException.ForBytes(call, _accepted, end.IsPipe && end.TryGetUnread(out int unread, out _) ? unread : 0)
        : SystemCallException.Create(call, errno, DescriptorInfo.Describe(end.Handle));
}
