using System.Diagnostics;
using System.Globalization;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// A stream that several readers get: its blocks, a lane for each reader, and the waits for the slowest. A block is free once each reader has
/// taken it: its pipe accepted all of it, or, in place, it was returned; or once the reader is served no longer.
/// </summary>
internal sealed class Broadcast
{
    private const int UsualBacklog = 8;

    /// <summary>A thread that waits also looks by itself, for the case that no thread of the pool has the time to tell it.</summary>
    private const int LookMilliseconds = 20;

    // About what a sleep and a wake-up cost.
    private static readonly long LongestSpin = Stopwatch.Frequency / 1_000_000 * 20;

    private readonly SlowReader _slowReader;
    private readonly TimeSpan _dropAfter;
    private readonly int _backlog;
    private readonly int _chunkSize;
    private readonly bool _mayBeInPlace;
    private readonly ChangeSignal _changes = new();
    private readonly BroadcastWait _wait;
    private readonly List<BroadcastLane> _toClose = [];
    private BroadcastBlocks? _blocks;
    private BroadcastWait? _waiting;
    private bool _isOver;

    internal Broadcast(IEnumerable<SpliceWriter> writers, RecordBroadcasterOptions options, RecordLayout layout, int chunkSize)
    {
        Layout = layout;
        _chunkSize = chunkSize;
        _slowReader = options.SlowReader;
        _dropAfter = options.DropAfter;
        _backlog = options.Backlog == 0 ? UsualBacklog : options.Backlog;
        _mayBeInPlace = options.InPlace && !RuntimeSwitches.InPlaceIsOff;
        _wait = new BroadcastWait(this);
        List<BroadcastLane> lanes = [];
        foreach (SpliceWriter writer in writers)
        {
            lanes.Add(new BroadcastLane(this, writer, lanes.Count, framed: true));
        }

        foreach (SpliceWriter writer in options.ForeignReaders)
        {
            lanes.Add(new BroadcastLane(this, writer, lanes.Count, framed: false));
        }

        Lanes = [.. lanes];
    }

    internal BroadcastLane[] Lanes { get; }

    internal Lock Gate { get; } = new();

    internal RecordLayout Layout { get; }

    /// <summary>Gets the records that were given to the lanes.</summary>
    internal long RecordsPublished { get; private set; }

    /// <summary>Gets the memory that readers may be offered.</summary>
    internal OfferedBlocks? Offered => _blocks?.Offered;

    /// <summary>Hands out a block. There must be room.</summary>
    internal PageBlock Rent(nuint bytes, out long ticket)
    {
        bool rented = Blocks.TryRent(bytes, out PageBlock? block, out ticket);
        return rented ? block! : throw new UnreachableException("a call waits for room before it rents, and one call rents at a time");
    }

    /// <summary>Gives a filled block, whose owner has left it, to all readers. Waits for none.</summary>
    internal void Publish(BroadcastBlock block, nuint bytes, int records)
    {
        (block.Bytes, block.Records, block.FirstRecord) = (bytes, records, RecordsPublished);
        if (RuntimeSwitches.Guard)
        {
            _ = block.TryProtect(Interop.SysMman.PROT_READ);
        }

        lock (Gate)
        {
            RecordsPublished += records;

            // One more than there are readers: it stays until all of them have it, and comes back also where there are none.
            block.Readers = 1;
            foreach (BroadcastLane lane in Lanes)
            {
                if (lane.Error is null)
                {
                    block.Readers++;
                    lane.Add(block);
                }
            }

            Release(block);
        }

        Run();
    }

    /// <exception cref="BrokenPipeException">No reader is left.</exception>
    internal void ThrowIfNobodyIsLeft()
    {
        if (Array.TrueForAll(Lanes, static lane => lane.Error is not null))
        {
            throw NobodyIsLeft();
        }
    }

    /// <summary>No block follows: each reader is sent the end.</summary>
    internal void Complete()
    {
        lock (Gate)
        {
            foreach (BroadcastLane lane in Lanes)
            {
                lane.Complete();
            }
        }

        Run();
    }

    /// <summary>Waits in this thread.</summary>
    /// <exception cref="BrokenPipeException">No reader is left.</exception>
    /// <exception cref="ObjectDisposedException">The broadcaster is disposed.</exception>
    internal void Wait(BroadcastGoal goal, CallGate caller)
    {
        try
        {
            if (!IsReached(goal) && !Spin(goal))
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
        => IsReached(goal) || Spin(goal) ? ValueTask.CompletedTask : _wait.Start(goal, caller, cancellation);

    /// <summary>Something has changed that somebody may wait for.</summary>
    internal void Tell()
    {
        CloseFailed();
        Signal();
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
        lock (Gate)
        {
            foreach (BroadcastLane lane in Lanes)
            {
                lane.Arm();
            }
        }

        milliseconds = -1;
        if (IsReached(goal))
        {
            return true;
        }

        if (_slowReader == SlowReader.Drop && DropSlow(goal, since, out milliseconds))
        {
            CloseFailed();
            return IsReached(goal);
        }

        return false;
    }

    /// <summary>A reader has a block, or does not need it any more. Under the lock.</summary>
    internal static void Release(BroadcastBlock block)
    {
        if (--block.Readers == 0)
        {
            block.Return(BlockFate.Reusable);
        }
    }

    /// <summary>A reader that is served no longer may still look at a block. Under the lock.</summary>
    internal void Keep(BroadcastBlock block) => _blocks!.Keep(block);

    /// <summary>A reader is served no longer, and its pipe is to be closed once nobody holds the lock.</summary>
    internal void ToClose(BroadcastLane lane) => _toClose.Add(lane);

    /// <summary>The stream is over, and no call is under way.</summary>
    internal void End(bool isAbandoned)
    {
        lock (Gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            foreach (BroadcastLane lane in Lanes)
            {
                lane.End(isAbandoned);
            }

            _blocks?.Dispose();
        }

        _wait.StopTimer();
    }

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
            _changes.WaitBeyond(seen, milliseconds < 0 ? LookMilliseconds : Math.Min(milliseconds, LookMilliseconds));
        }
    }

    private BroadcastBlocks Blocks => _blocks ??= new BroadcastBlocks(_chunkSize, _backlog, Lanes.Length, _mayBeInPlace, Signal);

    private void Run()
    {
        foreach (BroadcastLane lane in Lanes)
        {
            lane.Run();
        }

        CloseFailed();
    }

    private bool IsReached(BroadcastGoal goal)
    {
        bool isReached = Look(goal);
        CloseFailed();
        return isReached;
    }

    private bool Look(BroadcastGoal goal)
    {
        lock (Gate)
        {
            bool isAnyLeft = false;
            bool isAllSent = true;
            foreach (BroadcastLane lane in Lanes)
            {
                lane.TakeBack();
                isAnyLeft |= lane.Error is null;
                isAllSent &= lane.IsIdle;
            }

            return !isAnyLeft ? throw NobodyIsLeft() : goal == BroadcastGoal.Sent ? isAllSent : Blocks.HasRoom;
        }
    }

    /// <summary>Drops the readers that hold the oldest block, or that are not sent all, where they have taken nothing for long enough.</summary>
    private bool DropSlow(BroadcastGoal goal, long since, out int milliseconds)
    {
        lock (Gate)
        {
            long now = Environment.TickCount64;
            long oldest = goal == BroadcastGoal.Sent ? long.MaxValue : Lanes.Min(static lane => lane.Oldest?.FirstRecord ?? long.MaxValue);
            long least = long.MaxValue;
            bool anyDropped = false;
            foreach (BroadcastLane lane in Lanes)
            {
                if (goal == BroadcastGoal.Sent ? lane.IsIdle : lane.Oldest is not { } block || block.FirstRecord != oldest)
                {
                    continue;
                }

                long left = Math.Max(since, lane.LastTaken) + (long)Math.Ceiling(_dropAfter.TotalMilliseconds) - now;
                if (left <= 0 && lane.IsHeldUpHere)
                {
                    least = Math.Min(least, LookMilliseconds);
                }
                else if (left <= 0)
                {
                    long first = lane.Oldest?.FirstRecord ?? RecordsPublished;
                    lane.Fail(new ReaderDroppedException(lane.Index, first, RecordsPublished - first, _dropAfter));
                    anyDropped = true;
                }
                else
                {
                    least = Math.Min(least, left);
                }
            }

            milliseconds = anyDropped ? 0 : least == long.MaxValue ? -1 : (int)Math.Min(least, int.MaxValue);
            return anyDropped;
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
            if (IsReached(goal))
            {
                return true;
            }
        }
        while (Stopwatch.GetTimestamp() - start < LongestSpin);
        return false;
    }

    private void Signal()
    {
        _changes.Tell();
        if (Interlocked.Exchange(ref _waiting, null) is { } wait)
        {
            ThreadPool.UnsafeQueueUserWorkItem(wait, preferLocal: false);
        }
    }

    private void CloseFailed()
    {
        while (true)
        {
            BroadcastLane lane;
            lock (Gate)
            {
                if (_toClose.Count == 0)
                {
                    return;
                }

                lane = _toClose[^1];
                _toClose.RemoveAt(_toClose.Count - 1);
            }

            lane.Close();
        }
    }

    private BrokenPipeException NobodyIsLeft()
    {
        IEnumerable<string> reasons = Lanes.Select(static lane => string.Create(CultureInfo.InvariantCulture, $"Reader {lane.Index}: {lane.Error!.Message}"));
        return BrokenPipeException.ForBroadcast(
            $"No reader of the broadcast is left. {string.Join(' ', reasons)}",
            Lanes.Sum(static lane => lane.Writer.BytesAccepted),
            Lanes.Max(static lane => lane.RecordsSent));
    }
}
