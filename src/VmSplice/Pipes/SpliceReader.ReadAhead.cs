using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>What forwarding by copy took out of the pipe and did not get rid of; and why it may have to copy.</content>
public sealed partial class SpliceReader
{
    private const int SomeBytes = 64 * 1024;

    private ReadAhead? _ahead;
    private readonly PipeSenderKind _sender;
    private bool _unreadIsUnknown;
    private bool _senderRecycles;

    internal bool HasReadAhead => _ahead is { Bytes.IsEmpty: false };

    internal ReadOnlySpan<byte> ReadAheadBytes => _ahead is null ? default : _ahead.Bytes;

    /// <summary>Gets whether there is a pipe. Standard input may be anything.</summary>
    internal bool IsPipe => _end.IsPipe;

    /// <summary>
    /// Gets whether the sender may reuse its pages once they are read. What is in the pipe by now was sent after
    /// the pipe was marked: ask after <see cref="UnreadBytes"/>, not before.
    /// </summary>
    internal bool SenderRecycles => _senderRecycles || (_senderRecycles = RecyclingMark.IsSet(_end.Handle));

    /// <summary>
    /// Gets whether others may refer to the pages in the pipe for as long as they like: the caller's word that nobody
    /// writes to them again, unless the sender itself says the contrary. Ask after <see cref="UnreadBytes"/>.
    /// </summary>
    internal bool MayPassPagesOn => _sender == PipeSenderKind.Immutable && !SenderRecycles;

    /// <summary>Gets the bytes that wait in the pipe (FIONREAD). Where the kernel does not tell: 0, or a number that stands for some.</summary>
    internal int UnreadBytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_end.TryGetUnread(out int unread, out int errno))
            {
                return unread;
            }

            if (!_unreadIsUnknown)
            {
                _unreadIsUnknown = true;
                Instruments.CountFallback("FIONREAD", errno, _end.Handle);
            }

            // What arrives between two questions could not be told from what was there: everything is copied.
            NoteSenderRecycles();
            return PipeWait.HasData(_end.Handle) ? SomeBytes : 0;
        }
    }

    internal void NoteSenderRecycles() => _senderRecycles = true;

    internal void CountForwarded(nint bytes) => BytesRead += bytes;

    /// <summary>Takes bytes out, without waiting for them where that can be helped.</summary>
    /// <param name="atMost">The most bytes to take.</param>
    /// <returns><see cref="ForwardStep.Again"/> where there are some now, or the attempt is to be repeated.</returns>
    internal ForwardStep FillReadAhead(nuint atMost)
    {
        _ahead ??= new ReadAhead();
        nint read = _ahead.Fill(_nonBlocking, atMost, out int errno);
        return errno switch
        {
            0 => read == 0 ? ForwardStep.Done : ForwardStep.Again,
            Errno.EINTR => ForwardStep.Again,
            Errno.EAGAIN => ForwardStep.NeedsData,
            _ => throw SystemCallException.Create("read", errno, DescriptorInfo.Describe(_end.Handle)),
        };
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
