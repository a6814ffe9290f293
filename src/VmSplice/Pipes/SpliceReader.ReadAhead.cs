using System.Runtime.InteropServices;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>What forwarding by copy took out of the pipe and did not get rid of; and why it may have to copy.</content>
public sealed partial class SpliceReader
{
    private ReadAhead? _ahead;
    private bool _senderRecycles;

    internal bool HasReadAhead => _ahead is { Bytes.IsEmpty: false };

    internal ReadOnlySpan<byte> ReadAheadBytes => _ahead is null ? default : _ahead.Bytes;

    /// <summary>
    /// Gets whether the sender may reuse its pages once they are read. What is in the pipe by now was sent after
    /// the pipe was marked: ask after <see cref="UnreadBytes"/>, not before.
    /// </summary>
    internal bool SenderRecycles => _senderRecycles || (_senderRecycles = RecyclingMark.IsSet(_end.Handle));

    /// <summary>Gets the bytes that wait in the pipe (FIONREAD).</summary>
    internal int UnreadBytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _end.UnreadBytes;
        }
    }

    internal void NoteSenderRecycles() => _senderRecycles = true;

    internal void CountForwarded(nint bytes) => BytesRead += bytes;

    /// <summary>Takes bytes out of the pipe, which has some.</summary>
    /// <returns>Whether there are some now; otherwise try again.</returns>
    internal bool FillReadAhead(nuint atMost)
    {
        _ahead ??= new ReadAhead();
        nint read = _ahead.Fill(_end.Handle, atMost);
        int errno = read < 0 ? Marshal.GetLastPInvokeError() : 0;
        return errno is 0 or Errno.EINTR or Errno.EAGAIN
            ? read > 0
            : throw SystemCallException.Create("read", errno, DescriptorInfo.Describe(_end.Handle));
    }

    internal void SkipReadAhead(int count)
    {
        _ahead!.Skip(count);
        BytesRead += count;
    }

    private int TakeReadAhead(Span<byte> destination)
    {
        int taken = _ahead!.CopyTo(destination);
        BytesRead += taken;
        return taken;
    }
}
