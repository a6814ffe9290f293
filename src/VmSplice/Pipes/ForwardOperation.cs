using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Forwards some of a stream, step by step, so that it can be waited for in a thread or without one. Each step asks how
/// much is in the pipe, then whether its sender recycles, and only then moves no more than that: a sender marks the pipe
/// before it sends, so no page is passed on that may be written again.
/// </summary>
internal sealed class ForwardOperation(SpliceReader source, ForwardTarget target, long count)
{
    private bool _writes = !target.Splices;

    /// <summary>Gets the bytes that the target took.</summary>
    internal long Moved { get; private set; }

    private long Left => count - Moved;

    /// <summary>Forwards in this thread.</summary>
    internal long Run()
    {
        while (true)
        {
            switch (Step())
            {
                case ForwardStep.Done:
                    return Moved;
                case ForwardStep.NeedsData:
                    WaitForData();
                    break;
                case ForwardStep.NeedsSpace:
                    PipeWait.ForSpace(target.Handle);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Forwards without a thread that waits.</summary>
    internal async Task<long> RunAsync(CancellationToken cancellation)
    {
        using ForwardWait wait = new(source, target);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (Step())
            {
                case ForwardStep.Done:
                    return Moved;
                case ForwardStep.NeedsData:
                    if (await wait.ForDataOrBreakAsync(cancellation).ConfigureAwait(false))
                    {
                        throw TargetBroke();
                    }

                    break;
                case ForwardStep.NeedsSpace:
                    await wait.ForSpaceAsync(cancellation).ConfigureAwait(false);
                    break;
                default:
                    break;
            }
        }
    }

    private ForwardStep Step()
    {
        if (Left == 0)
        {
            return ForwardStep.Done;
        }

        if (source.HasReadAhead)
        {
            return Deliver();
        }

        int available = source.UnreadBytes;
        if (available == 0)
        {
            return PipeWait.IsAtEnd(source.Handle) ? ForwardStep.Done : ForwardStep.NeedsData;
        }

        nuint wanted = (nuint)Math.Min(available, Left);
        if (!_writes && !source.SenderRecycles)
        {
            nint moved = target.TrySplice(source.Handle, wanted, out int errno);
            if (moved > 0)
            {
                Instruments.CountTransfer("splice", Instruments.Forward, wanted, moved);
                source.CountForwarded(moved);
                Moved += moved;
                return ForwardStep.Again;
            }

            if (moved < 0 && !MustWriteAfter(errno))
            {
                return After("splice", errno);
            }

            _writes = true;
            Instruments.CountFallback("splice", errno, target.Handle);
        }

        return source.FillReadAhead(wanted) ? Deliver() : ForwardStep.Again;
    }

    /// <summary>The target's own failure, where it broke while the stream was idle.</summary>
    private ForwardException TargetBroke() => Failure("poll", target.PendingError());

    /// <summary>
    /// Whether an error says that splice(2) or tee(2) is not to be had: by a file system or driver without it (EINVAL), or a
    /// sandbox that forbids it. Where it says something else, write(2) will say that too.
    /// </summary>
    internal static bool MustWriteAfter(int errno) => errno is Errno.EINVAL or Errno.ENOSYS or Errno.EPERM or Errno.EOPNOTSUPP;

    private ForwardStep Deliver()
    {
        ReadOnlySpan<byte> bytes = source.ReadAheadBytes;
        bytes = bytes[..(int)Math.Min(bytes.Length, Left)];
        nint written = target.TryWrite(bytes, out int errno);
        if (written < 0)
        {
            return After("write", errno);
        }

        Instruments.CountTransfer("write", Instruments.Forward, (nuint)bytes.Length, written);

        source.SkipReadAhead((int)written);
        Moved += written;
        return ForwardStep.Again;
    }

    private ForwardStep After(string call, int errno) => errno switch
    {
        Errno.EINTR => ForwardStep.Again,
        Errno.EAGAIN => ForwardStep.NeedsSpace,
        _ => throw Failure(call, errno),
    };

    private void WaitForData()
    {
        if (PipeWait.ForDataOrBreak(source.Handle, target.Handle, target.Kind))
        {
            throw TargetBroke();
        }
    }

    private ForwardException Failure(string call, int errno) => ForwardException.ForTarget(call, errno, DescriptorInfo.Describe(target.Handle), Moved);
}
