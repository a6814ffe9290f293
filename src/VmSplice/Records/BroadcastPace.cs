using System.Diagnostics;
using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// Holds a call of a broadcaster up until the readers are as far as it needs, in its thread or without one, and drops those that take too long
/// for it. One call waits at a time; whatever changes is told here.
/// </summary>
internal sealed class BroadcastPace
{
    /// <summary>A thread that waits also looks by itself, for the case that no thread of the pool has the time to tell it.</summary>
    internal const int LookMilliseconds = 20;

    // About what a sleep and a wake-up cost.
    private static readonly long LongestSpin = Stopwatch.Frequency / 1_000_000 * 20;

    private readonly Broadcast _stream;
    private readonly DropPolicy _policy;
    private readonly ChangeSignal _changes = new();
    private readonly BroadcastWait _wait;
    private BroadcastWait? _waiting;

    internal BroadcastPace(Broadcast stream, DropPolicy policy)
    {
        (_stream, _policy) = (stream, policy);
        _wait = new BroadcastWait(this);
    }

    /// <summary>Waits in this thread.</summary>
    /// <exception cref="BrokenPipeException">No reader is left.</exception>
    /// <exception cref="ObjectDisposedException">The broadcaster is disposed.</exception>
    internal void Wait(BroadcastGoal goal, CallGate caller)
    {
        try
        {
            if (!_stream.IsReached(goal) && !Spin(goal))
            {
                WaitInThread(goal, caller);
            }
        }
        catch (BrokenPipeException) when (caller.IsEnded)
        {
            // No reader is left because whoever disposed the broadcaster has closed the pipes.
            throw caller.WasDisposed();
        }
    }

    /// <summary>Waits without a thread.</summary>
    internal ValueTask WaitAsync(BroadcastGoal goal, CallGate caller, CancellationToken cancellation)
        => _stream.IsReached(goal) || Spin(goal) ? ValueTask.CompletedTask : _wait.Start(goal, caller, cancellation);

    /// <summary>Something has changed that the call may wait for.</summary>
    internal void Tell()
    {
        _changes.Tell();
        if (Interlocked.Exchange(ref _waiting, null) is { } wait)
        {
            wait.QueueToPool();
        }
    }

    /// <summary>A wait without a thread wants to be told. It must look once more afterwards.</summary>
    internal void Await(BroadcastWait wait) => Volatile.Write(ref _waiting, wait);

    /// <summary>It does not any more. <see langword="false"/> where it is told already.</summary>
    internal bool TryWithdraw(BroadcastWait wait) => ReferenceEquals(Interlocked.CompareExchange(ref _waiting, null, wait), wait);

    /// <summary>Whether it is reached; else whoever tells of a change is asked to, and readers that were waited for long enough are dropped.</summary>
    /// <param name="goal">What is waited for.</param>
    /// <param name="since">When that began (<see cref="Environment.TickCount64"/>).</param>
    /// <param name="milliseconds">After how long to look again at the latest; −1 for never.</param>
    internal bool IsReachedOrArm(BroadcastGoal goal, long since, out int milliseconds)
    {
        lock (_stream.Gate)
        {
            foreach (BroadcastLane lane in _stream.Lanes)
            {
                lane.Arm();
            }
        }

        milliseconds = -1;
        return _stream.IsReached(goal) || (_policy.DropSlow(_stream, goal, since, out milliseconds) && _stream.IsReached(goal));
    }

    /// <summary>The stream is over.</summary>
    internal void End() => _wait.StopTimer();

    private void WaitInThread(BroadcastGoal goal, CallGate caller)
    {
        long since = Environment.TickCount64;
        while (true)
        {
            long seen = _changes.Count;
            if (IsReachedOrArm(goal, since, out int milliseconds))
            {
                return;
            }

            caller.ThrowIfEnded();
            if (!_changes.WaitBeyond(seen, milliseconds < 0 ? LookMilliseconds : Math.Min(milliseconds, LookMilliseconds)))
            {
                _stream.LookAround();
            }
        }
    }

    private bool Spin(BroadcastGoal goal)
    {
        if (!Processors.HasOthers || goal != BroadcastGoal.Room)
        {
            return false;
        }

        long start = Stopwatch.GetTimestamp();
        do
        {
            Thread.SpinWait(8);
            if (_stream.IsReached(goal))
            {
                return true;
            }
        }
        while (Stopwatch.GetTimestamp() - start < LongestSpin);
        return false;
    }
}
