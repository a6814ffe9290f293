using System.Diagnostics;
using System.Runtime.ExceptionServices;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Both directions of a link at the same time. The first failure ends the exchange: the child's tree is ended, and then both
/// ends are closed, so that the other side, whatever it waits for in a pipe, comes back.
/// </summary>
internal sealed class LinkExchange(SpliceLink link) : IDisposable
{
    /// <summary>How soon to look whether the exchange was cancelled meanwhile. Else the end of the child is what tells that.</summary>
    private static readonly TimeSpan ChildThatCannotBeKilled = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private ExceptionDispatchInfo? _failure;
    private ExceptionDispatchInfo? _leftEarly;

    private Process Child => link.Child;

    internal int Run(Action<SpliceWriter> send, Action<SpliceReader> receive, CancellationToken cancellation)
    {
        using (cancellation.UnsafeRegister(state => ((LinkExchange)state!).Fail(new OperationCanceledException(cancellation)), this))
        {
            var sender = new Thread(() => Send(send)) { IsBackground = true, Name = "VmSplice sender" };
            sender.Start();
            Receive(receive);
            sender.Join();
            while (!HasFailed && !Child.WaitForExit(ChildThatCannotBeKilled))
            {
            }
        }

        if (HasFailed)
        {
            ProcessTree.End(Child);
        }

        return Result();
    }

    internal async Task<int> RunAsync(
        Func<SpliceWriter, CancellationToken, Task> send,
        Func<SpliceReader, CancellationToken, Task> receive,
        CancellationToken cancellation)
    {
        using (cancellation.UnsafeRegister(state => ((LinkExchange)state!).Fail(new OperationCanceledException(cancellation)), this))
        {
            // On the thread pool: what either side does before it first waits must not hold up the other.
            await Task.WhenAll(Task.Run(() => SendAsync(send), CancellationToken.None), Task.Run(() => ReceiveAsync(receive), CancellationToken.None)).ConfigureAwait(false);
            await UntilTheChildEndsAsync().ConfigureAwait(false);
        }

        if (HasFailed)
        {
            await ProcessTree.EndAsync(Child).ConfigureAwait(false);
        }

        return Result();
    }

    public void Dispose() => _ended.Dispose();

    private bool HasFailed => Volatile.Read(ref _failure) is not null;

    private async Task UntilTheChildEndsAsync()
    {
        try
        {
            await Child.WaitForExitAsync(_ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (HasFailed)
        {
        }
    }

    private void Send(Action<SpliceWriter> send)
    {
        try
        {
            send(link.Writer);
        }
        catch (Exception e)
        {
            EndSending(e);
        }

        link.Writer.Dispose();
    }

    private async Task SendAsync(Func<SpliceWriter, CancellationToken, Task> send)
    {
        try
        {
            await send(link.Writer, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            EndSending(e);
        }

        link.Writer.Dispose();
    }

    private void Receive(Action<SpliceReader> receive)
    {
        try
        {
            receive(link.Reader);
        }
        catch (Exception e)
        {
            Fail(e);
        }

        link.Reader.Dispose();
    }

    private async Task ReceiveAsync(Func<SpliceReader, CancellationToken, Task> receive)
    {
        try
        {
            await receive(link.Reader, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(e);
        }

        link.Reader.Dispose();
    }

    /// <summary>A child may close its input early and go on to answer, as head does: that is told in the end.</summary>
    private void EndSending(Exception e)
    {
        if (e is SystemCallException { ErrorNumber: Errno.EPIPE })
        {
            _leftEarly = ExceptionDispatchInfo.Capture(e);
        }
        else
        {
            Fail(e);
        }
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
