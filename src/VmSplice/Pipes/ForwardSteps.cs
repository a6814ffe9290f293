using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>Moves bytes from a pipe to a target step by step, so that it can be waited for in a thread or without one.</summary>
internal abstract class ForwardSteps(SpliceReader source, ForwardTarget target)
{
    protected SpliceReader Source => source;

    protected ForwardTarget Target => target;

    /// <summary>Gets the bytes that the target took.</summary>
    internal long Moved { get; private protected set; }

    /// <summary>Goes on in this thread until it is done.</summary>
    internal long Run()
    {
        while (true)
        {
            switch (Step())
            {
                case ForwardStep.Done:
                    return Moved;
                case ForwardStep.NeedsData:
                    if (PipeWait.ForDataOrBreak(source.Handle, target.Handle, target.Kind))
                    {
                        throw TargetBroke();
                    }

                    break;
                case ForwardStep.NeedsSpace:
                    PipeWait.ForSpace(target.Handle);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Goes on without a thread that waits.</summary>
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

    /// <summary>Moves something, or says what is missing. Does not wait.</summary>
    protected abstract ForwardStep Step();

    /// <summary>
    /// Whether an error says that splice(2) or tee(2) is not to be had: by a file system or driver without it (EINVAL), or a
    /// sandbox that forbids it. Where it says something else, write(2) will say that too.
    /// </summary>
    protected static bool MustWriteAfter(int errno) => errno is Errno.EINVAL or Errno.ENOSYS or Errno.EPERM or Errno.EOPNOTSUPP;

    protected ForwardStep After(string call, int errno) => errno switch
    {
        Errno.EINTR => ForwardStep.Again,
        Errno.EAGAIN => ForwardStep.NeedsSpace,
        _ => throw Failure(call, errno),
    };

    /// <summary>The target's own failure, where it broke while the stream was idle.</summary>
    private ForwardException TargetBroke() => Failure("poll", target.PendingError());

    private ForwardException Failure(string call, int errno) => ForwardException.ForTarget(call, errno, DescriptorInfo.Describe(target.Handle), Moved);
}
