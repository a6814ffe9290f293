using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice;

/// <content>
/// What others forward into this pipe. It counts as sent, or the pages of this writer would look consumed too early or too late.
/// Whoever forwards has the turn.
/// </content>
public sealed partial class SpliceWriter
{
    /// <summary>Whether the next bytes may follow what was sent before.</summary>
    /// <returns>0, or EPIPE where the reader has left.</returns>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    internal int CheckForwarding()
    {
        ThrowIfDisposed();
        if (_torn is BrokenPipeException)
        {
            return Errno.EPIPE;
        }

        ThrowIfTorn();
        return 0;
    }

    /// <summary>Moves pages out of another pipe into this one; one attempt, which does not wait.</summary>
    internal unsafe nint TrySplice(SafeHandle source, nuint length, out int errno)
    {
        GrowFor(length);
        return Count(Fcntl.splice(source, null, _end.Handle, null, length, Fcntl.SPLICE_F_MOVE | Fcntl.SPLICE_F_NONBLOCK), out errno);
    }

    /// <summary>Refers this pipe to pages that stay in another one; one attempt, which does not wait.</summary>
    internal nint TryTee(SafeHandle source, nuint length, out int errno)
    {
        GrowFor(length);
        return Count(Fcntl.tee(source, _end.Handle, length, Fcntl.SPLICE_F_NONBLOCK), out errno);
    }

    /// <summary>Writes bytes; one attempt, which waits for a file alone.</summary>
    internal unsafe nint TryWrite(ReadOnlySpan<byte> bytes, out int errno)
    {
        // SAFETY: write(2) reads the pinned bytes during the call alone.
        fixed (byte* first = bytes)
        {
            GrowFor((nuint)bytes.Length);
            return Count(_nonBlocking.TryWrite(first, (nuint)bytes.Length, out errno));
        }
    }

    private nint Count(nint accepted, out int errno)
    {
        errno = accepted < 0 ? Marshal.GetLastPInvokeError() : 0;
        return Count(accepted);
    }

    private nint Count(nint accepted)
    {
        if (accepted > 0)
        {
            Volatile.Write(ref _accepted, _accepted + accepted);
        }

        return accepted;
    }
}
