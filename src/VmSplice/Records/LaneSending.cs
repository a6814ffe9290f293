using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Sends to one reader of a broadcast what its lane says, one send at a time, as far as its pipe has room. Where it has none, the rest follows
/// without a thread, and with it what comes behind.
/// </summary>
internal sealed class LaneSending
{
    private readonly Lock _gate;
    private readonly Sender _sender;
    private readonly BroadcastLane _lane;
    private readonly Action _onSent;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _send;

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="gate">The stream's lock, which is not held while something is sent.</param>
    /// <param name="sender">Into the reader's pipe.</param>
    /// <param name="lane">Says what is next, and is told how each send ended.</param>
    internal LaneSending(Lock gate, Sender sender, BroadcastLane lane)
    {
        (_gate, _sender, _lane) = (gate, sender, lane);
        _onSent = OnSent;
    }

    /// <summary>Gets whether a send is under way, or about to begin. Under the lock.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>Sends as much as fits. Not under the lock.</summary>
    internal void Run()
    {
        lock (_gate)
        {
            if (IsRunning)
            {
                return;
            }

            IsRunning = true;
        }

        Advance();
    }

    /// <summary>Sends what says that the stream was given up, behind all that is under way. Waits for nothing, and tells nobody how it went.</summary>
    internal async Task SendLastAsync(byte[] mark)
    {
        try
        {
            await _sender.WriteAsync<byte>(mark, caller: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody is there to be told, or the end of the pipe tells it.
        }
    }

    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "consumed once: here, or by the continuation")]
    private void Advance()
    {
        while (TryBegin(out PendingSend next))
        {
            // What comes behind needs no thread of the caller's, which may wait for it.
            _send = _sender.Start(next, CancellationToken.None).ConfigureAwait(false).GetAwaiter();
            if (!_send.IsCompleted)
            {
                _send.UnsafeOnCompleted(_onSent);
                return;
            }

            Finish();
        }
    }

    private bool TryBegin(out PendingSend next)
    {
        lock (_gate)
        {
            return IsRunning = _lane.TryTakeNext(out next);
        }
    }

    private void OnSent()
    {
        Finish();
        Advance();
        _lane.Tell();
    }

    private void Finish()
    {
        Exception? error = null;
        try
        {
            _send.GetResult();
        }
        catch (Exception e)
        {
            error = e;
        }

        lock (_gate)
        {
            _lane.NoteSent(error);
        }
    }
}
