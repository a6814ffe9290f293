using System.Diagnostics;
using System.Runtime.ExceptionServices;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Both directions of a link at the same time, step by step, so that it can be waited for in threads or without. The first failure
/// ends the exchange: the child's tree is ended, and then both ends are closed. So the other side comes back from any wait for a pipe.
/// </summary>
internal sealed class LinkExchange(SpliceLink link) : IDisposable
{
    /// <summary>How soon to look whether the exchange has failed meanwhile. Else the end of the child is what tells that.</summary>
    private static readonly TimeSpan ChildThatCannotBeKilled = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private ExceptionDispatchInfo? _failure;
    private ExceptionDispatchInfo? _leftEarly;
    private int _sidesAtWork = 2;

    // It has ended, or is not waited for any longer.
    private bool _childIsThrough;

    private Process Child => link.Child;

    private bool HasFailed => Volatile.Read(ref _failure) is not null;

    /// <summary>Waits in threads: one for each side.</summary>
    internal int Run(Action<SpliceWriter> send, Action<SpliceReader> receive, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = FailOn(cancellation);
        var sender = new Thread(() => RunSide(() => send(link.Writer), EndSending)) { IsBackground = true, Name = "VmSplice sender" };
        sender.Start();
        RunSide(() => receive(link.Reader), EndReceiving);
        while (true)
        {
            switch (Next())
            {
                case ExchangeStep.WaitForSides:
                    sender.Join();
                    break;
                case ExchangeStep.WaitForChild:
                    _childIsThrough = Child.WaitForExit(ChildThatCannotBeKilled);
                    break;
                case ExchangeStep.EndTree:
                    ProcessTree.End(Child);
                    _childIsThrough = true;
                    break;
                default:
                    return Result();
            }
        }
    }

    /// <summary>Waits without a thread.</summary>
    internal async Task<int> RunAsync(
        Func<SpliceWriter, CancellationToken, Task> send,
        Func<SpliceReader, CancellationToken, Task> receive,
        CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = FailOn(cancellation);

        // On the thread pool: what either side does before it first waits must not hold up the other.
        var sides = Task.WhenAll(
            Task.Run(() => RunSideAsync(() => send(link.Writer, _ended.Token), EndSending), CancellationToken.None),
            Task.Run(() => RunSideAsync(() => receive(link.Reader, _ended.Token), EndReceiving), CancellationToken.None));
        while (true)
        {
            switch (Next())
            {
                case ExchangeStep.WaitForSides:
                    await sides.ConfigureAwait(false);
                    break;
                case ExchangeStep.WaitForChild:
                    _childIsThrough = await HasChildEndedAsync().ConfigureAwait(false);
                    break;
                case ExchangeStep.EndTree:
                    await ProcessTree.EndAsync(Child).ConfigureAwait(false);
                    _childIsThrough = true;
                    break;
                default:
                    return Result();
            }
        }
    }

    public void Dispose() => _ended.Dispose();

    /// <summary>What the exchange waits for next.</summary>
    private ExchangeStep Next()
        => Volatile.Read(ref _sidesAtWork) != 0 ? ExchangeStep.WaitForSides
            : _childIsThrough ? ExchangeStep.Return
            : HasFailed ? ExchangeStep.EndTree
            : ExchangeStep.WaitForChild;

    private static void RunSide(Action side, Action<Exception?> end)
    {
        Exception? failure = null;
        try
        {
            side();
        }
        catch (Exception e)
        {
            failure = e;
        }

        end(failure);
    }

    private static async Task RunSideAsync(Func<Task> side, Action<Exception?> end)
    {
        Exception? failure = null;
        try
        {
            await side().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        end(failure);
    }

    private async Task<bool> HasChildEndedAsync()
    {
        try
        {
            await Child.WaitForExitAsync(_ended.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (HasFailed)
        {
            return false;
        }
    }

    private CancellationTokenRegistration FailOn(CancellationToken cancellation)
        => cancellation.UnsafeRegister(state => ((LinkExchange)state!).Fail(new OperationCanceledException(cancellation)), this);

    /// <summary>A child may close its input early and go on to answer, as head does: that is told in the end.</summary>
    private void EndSending(Exception? failure)
    {
        if (failure is SystemCallException { ErrorNumber: Errno.EPIPE })
        {
            _leftEarly = ExceptionDispatchInfo.Capture(failure);
            failure = null;
        }

        EndSide(failure, link.Writer);
    }

    private void EndReceiving(Exception? failure) => EndSide(failure, link.Reader);

    private void EndSide(Exception? failure, IDisposable end)
    {
        if (failure is not null)
        {
            Fail(failure);
        }

        end.Dispose();
        Interlocked.Decrement(ref _sidesAtWork);
    }

    /// <summary>
    /// Ends the exchange with the first failure; what comes after it is a consequence. The tree first: a child that saw its
    /// input end would take what it has for the whole of it.
    /// </summary>
    private void Fail(Exception e)
    {
        if (Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null) is not null)
        {
            return;
        }

        ProcessTree.TryKill(Child);
        link.Writer.Dispose();
        link.Reader.Dispose();
        try
        {
            _ended.Cancel();
        }
        catch (AggregateException)
        {
            // What the other side registered failed. The first failure is the one that counts.
        }
    }

    private int Result()
    {
        _failure?.Throw();
        if (_leftEarly is { SourceException: BrokenPipeException broken })
        {
            throw BrokenPipeException.ForChild(broken, Child.ExitCode, link.StandardErrorTail);
        }

        _leftEarly?.Throw();
        return Child.ExitCode;
    }
}
