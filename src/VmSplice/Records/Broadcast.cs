using System.Diagnostics;
using System.Globalization;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// A stream that several readers get: its blocks, and a lane for each reader. A block is free once each reader has taken it: its pipe accepted
/// all of it, or, in place, it was returned; or once the reader is served no longer.
/// </summary>
internal sealed class Broadcast
{
    private const int UsualBacklog = 8;

    private readonly int _backlog;
    private readonly int _chunkSize;
    private readonly bool _mayBeInPlace;
    private readonly List<BroadcastLane> _toClose = [];
    private BroadcastBlocks? _blocks;
    private bool _isOver;

    internal Broadcast(IEnumerable<SpliceWriter> writers, RecordBroadcasterOptions options, RecordLayout layout, int chunkSize)
    {
        Layout = layout;
        _chunkSize = chunkSize;
        _backlog = options.Backlog == 0 ? UsualBacklog : options.Backlog;
        _mayBeInPlace = options.InPlace && !RuntimeSwitches.InPlaceIsOff;
        Pace = new BroadcastPace(this, new DropPolicy(options.SlowReader, options.DropAfter));
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

    /// <summary>Gets what lets a call wait for the readers.</summary>
    internal BroadcastPace Pace { get; }

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

            block.Release();
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

    /// <summary>Something has changed that somebody may wait for.</summary>
    internal void Tell()
    {
        CloseFailed();
        Pace.Tell();
    }

    /// <summary>Does in this thread what threads of the pool would have done, where all of these are busy: notices who is gone, and sends on.</summary>
    internal void LookAround()
    {
        lock (Gate)
        {
            foreach (BroadcastLane lane in Lanes)
            {
                lane.LookForBreak();
            }
        }

        CloseFailed();
        foreach (BroadcastLane lane in Lanes)
        {
            lane.SendOn();
        }
    }

    /// <summary>Whether a call can go on.</summary>
    /// <exception cref="BrokenPipeException">No reader is left.</exception>
    internal bool IsReached(BroadcastGoal goal)
    {
        try
        {
            return Look(goal);
        }
        finally
        {
            CloseFailed();
        }
    }

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

        Pace.End();
    }

    private BroadcastBlocks Blocks => _blocks ??= new BroadcastBlocks(_chunkSize, _backlog, Lanes.Length, _mayBeInPlace, Pace.Tell);

    private void Run()
    {
        foreach (BroadcastLane lane in Lanes)
        {
            lane.Run();
        }

        CloseFailed();
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
