using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>Moves bytes from a pipe to a target step by step, so that it can be waited for in a thread or without one.</summary>
internal abstract class ForwardSteps(Receiver source, ForwardTarget target)
{
    protected Receiver Source => source;

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
                    target.ExitTurn();
                    bool broke = PipeWait.ForDataOrBreak(source.End.Handle, target.Handle, target.CanBreak, source.Disposal, target.Disposal);
                    ThrowIfDisposed();
                    if (broke)
                    {
                        throw TargetBroke();
                    }

                    break;
                case ForwardStep.NeedsSpace:
                    PipeWait.ForSpace(target.Handle, source.Disposal, target.Disposal);
                    ThrowIfDisposed();
                    break;
                case ForwardStep.NeedsTurn:
                    WaitForTurn();
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
        CancellationToken targetEnds = target.Disposal?.Token ?? CancellationToken.None;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, source.Disposal.Token, targetEnds);
        try
        {
            return await RunAsync(wait, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfDisposed();
            throw;
        }
    }

    private async Task<long> RunAsync(ForwardWait wait, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (Step())
            {
                case ForwardStep.Done:
                    return Moved;
                case ForwardStep.NeedsData:
                    target.ExitTurn();
                    if (await wait.ForDataOrBreakAsync(cancellation).ConfigureAwait(false))
                    {
                        throw TargetBroke();
                    }

                    break;
                case ForwardStep.NeedsSpace:
                    await wait.ForSpaceAsync(cancellation).ConfigureAwait(false);
                    break;
                case ForwardStep.NeedsTurn:
                    await target.WaitForTurnAsync(cancellation).ConfigureAwait(false);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Moves something, or says what is missing. Does not wait.</summary>
    protected abstract ForwardStep Step();

    /// <summary>The bytes that wait in the source.</summary>
    protected int CountUnread()
    {
        source.ThrowIfDisposed();
        return source.SenderPages.CountUnread();
    }

    /// <summary>Takes bytes out of the source to copy them; nothing was read ahead.</summary>
    protected ForwardStep ReadAhead(nuint atMost)
        => !source.Steps.TryFillReadAhead(atMost, out bool isAtEnd) ? ForwardStep.NeedsData : isAtEnd ? ForwardStep.Done : ForwardStep.Again;

    /// <summary>
    /// Whether an error says that splice(2) or tee(2) is refused here: by a file system or driver without it (EINVAL), or a
    /// sandbox that forbids it. Where it says something else, write(2) will say that too.
    /// </summary>
    protected static bool MustWriteAfter(int errno) => errno is Errno.EINVAL or Errno.ENOSYS or Errno.EPERM or Errno.EOPNOTSUPP;

    protected ForwardStep After(string call, int errno) => errno switch
    {
        Errno.EINTR => ForwardStep.Again,
        Errno.EAGAIN when target.LacksTurn => ForwardStep.NeedsTurn,

        // A file is never full in that sense: another reader of the pipe has taken what was there.
        Errno.EAGAIN when target.Kind == ForwardTargetKind.File => ForwardStep.Again,
        Errno.EAGAIN => ForwardStep.NeedsSpace,
        _ => throw Failure(call, errno),
    };

    private void WaitForTurn()
    {
        try
        {
            target.WaitForTurn(source.Disposal.Token);
        }
        catch (ObjectDisposedException)
        {
            ThrowIfDisposed();
            throw;
        }
    }

    private void ThrowIfDisposed()
    {
        source.ThrowIfDisposed();
        target.ThrowIfDisposed();
    }

    /// <summary>The target's own failure, where it broke while the stream was idle.</summary>
    private ForwardException TargetBroke() => Failure("poll", target.PendingError());

    private ForwardException Failure(string call, int errno) => ForwardException.ForTarget(call, errno, DescriptorInfo.Describe(target.Handle), Moved);
}
