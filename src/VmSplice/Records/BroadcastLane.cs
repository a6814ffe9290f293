using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// One reader of a broadcast: is given each block, lets go of it once the reader has taken it, and ends: in order, because the reader has left or
/// was dropped, or because the stream was given up. Guarded by the stream's lock, which is not held while it sends.
/// </summary>
internal sealed class BroadcastLane
{
    private readonly Broadcast _stream;
    private readonly Sender _sender;
    private readonly bool _framed;
    private readonly CallGate _gate = new(nameof(RecordBroadcaster<>), "broadcast");
    private readonly InPlaceLane _memory;
    private readonly LaneQueue _queue;
    private readonly LaneProgress _progress;
    private readonly LaneSending _sending;

    // The send that is under way.
    private LaneSend _current;
    private bool _endIsSent;
    private bool _isAbandoned;
    private bool _isOver;
    private bool _isLost;
    private long? _lastBehind;

    internal BroadcastLane(Broadcast stream, SpliceWriter writer, int index, bool framed)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _stream = stream;
        _sender = writer.Sender;
        _framed = framed;
        _memory = new InPlaceLane(_sender, OnWakeUp);
        _queue = new LaneQueue(stream.Layout, framed, _memory);
        _progress = new LaneProgress(stream.Layout);
        _sending = new LaneSending(stream.Gate, _sender, this);
        Writer = writer;
        Index = index;
    }

    internal int Index { get; }

    internal SpliceWriter Writer { get; }

    /// <summary>Gets why this reader is served no longer.</summary>
    internal Exception? Error { get; private set; }

    internal bool IsInPlace => _memory.IsUsed;

    internal long RecordsSent => _progress.RecordsSent;

    internal long RecordsBehind
    {
        get
        {
            lock (_stream.Gate)
            {
                TakeBack();
                return CountBehind();
            }
        }
    }

    /// <summary>Gets whether all that was published is in the pipe, and the end where that is to come; or nothing will be any more.</summary>
    internal bool IsIdle => Error is not null || (!_sending.IsRunning && _queue.IsEmpty);

    /// <summary>Gets the oldest block that this reader has not taken.</summary>
    internal BroadcastBlock? Oldest => Error is not null ? null : _memory.Oldest ?? _current.Block ?? _queue.Oldest;

    /// <summary>Gets when this reader took a block last (<see cref="Environment.TickCount64"/>).</summary>
    internal long LastTaken => _progress.LastTaken;

    /// <summary>
    /// Gets whether the next step is not the reader's: there is room in its pipe, and nobody of this process came to use it, as happens where all threads
    /// of the pool are busy.
    /// </summary>
    internal bool IsHeldUpHere
    {
        get
        {
            try
            {
                return _memory.Oldest is null && PipeWait.HasSpace(_sender.End.Handle);
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Adds a block to what is to be sent. <see cref="Run"/> comes next.</summary>
    internal void Add(BroadcastBlock block) => _queue.Add(block);

    /// <summary>No block follows: the end is to be sent.</summary>
    internal void Complete()
    {
        if (Error is null)
        {
            _queue.AddEnd();
        }
    }

    /// <summary>Sends as much as fits. Not under the stream's lock.</summary>
    internal void Run() => _sending.Run();

    /// <summary>Goes on with a send whose pipe has room again. Not under the stream's lock.</summary>
    internal void SendOn() => _sender.GoOn(_gate);

    /// <summary>Decides what is sent next, if anything is.</summary>
    internal bool TryTakeNext(out PendingSend next)
    {
        next = default;
        RecordStreamFlags flags = _sender.RecyclesSoFar ? RecordStreamFlags.Recycles : RecordStreamFlags.None;
        if (Error is not null || !_queue.TryTake(_stream.Offered, flags, _progress.RecordsSent, out _current))
        {
            if (_isOver)
            {
                _queue.Unpin();
            }

            return false;
        }

        next = new PendingSend(OutgoingMemory.OfCaller(_current.Address, _current.Bytes)) { Caller = _gate };
        return true;
    }

    /// <summary>What was taken last is sent, or failed.</summary>
    internal void NoteSent(Exception? error)
    {
        LaneSend sent = _current;
        _current = default;
        if (error is null)
        {
            _endIsSent |= sent.IsEnd;
            _progress.NoteSent(sent.Records);
        }
        else if (!_isAbandoned)
        {
            Fail(error);
        }

        if (sent.Block is { } block)
        {
            if (error is null)
            {
                _progress.NoteTaken(block);
            }

            block.Release();
        }

        if (_isAbandoned && !_endIsSent)
        {
            // What was under way beside the end went through, or did not even start.
            _ = _sending.SendLastAsync(_queue.AbandonedMark(_progress.RecordsSent));
            _isAbandoned = false;
        }
    }

    /// <summary>Something has changed that somebody may wait for.</summary>
    internal void Tell() => _stream.Tell();

    /// <summary>Takes back what the reader has returned. A reader that returns what it never got is served no longer.</summary>
    internal void TakeBack()
    {
        try
        {
            while (_memory.TryTakeBack(out BroadcastBlock? block))
            {
                _progress.NoteTaken(block);
                block.Release();
            }
        }
        catch (RecordStreamException e)
        {
            Fail(e);
        }
    }

    /// <summary>Asks to be told when the reader returns something, or is gone.</summary>
    internal void Arm() => _memory.Arm();

    /// <summary>Notices that the reader is gone: it has let go of its wake-ups, or nobody has its pipe open any more.</summary>
    internal void LookForBreak()
    {
        if (Error is not null || _isOver)
        {
            return;
        }

        TakeWakeUps();
        if (Error is not null || _endIsSent || _current.IsEnd)
        {
            return;
        }

        try
        {
            PipeEnd end = _sender.End;
            if (PipeWait.IsBroken(end.Handle))
            {
                Fail(BrokenPipeException.ForBytes("poll", _sender.Steps.Accepted, end.TryGetUnread(out int unread, out _) ? unread : 0));
            }
        }
        catch (ObjectDisposedException)
        {
            // Somebody disposed the reader's writer: the next send says so.
        }
    }

    /// <summary>This reader is served no longer. What it has not got, and what it cannot be reading, is for others to be used.</summary>
    internal void Fail(Exception error)
    {
        if (Error is not null)
        {
            return;
        }

        _lastBehind = CountBehind();
        _isLost = !_isOver;
        Error = error is BrokenPipeException broken ? _progress.InRecords(broken) : error;
        _queue.Clear();
        _memory.Drop();
        _stream.ToClose(this);
    }

    /// <summary>Closes the pipe of a reader that is served no longer. Not under the stream's lock.</summary>
    internal void Close()
    {
        Interrupt();
        Writer.Dispose();
        if (_isLost)
        {
            Instruments.CountLostReader(Index, Error!);
        }
    }

    /// <summary>The stream is over: nothing follows. Where it was not completed, and this reader is still served, it is told so.</summary>
    internal void End(bool isAbandoned)
    {
        _lastBehind ??= CountBehind();
        _queue.Clear();
        _memory.End();
        _isOver = true;
        _isAbandoned = isAbandoned && _framed && Error is null && !_endIsSent;
        if (_sending.IsRunning)
        {
            return;
        }

        _queue.Unpin();
        if (_isAbandoned)
        {
            _ = _sending.SendLastAsync(_queue.AbandonedMark(_progress.RecordsSent));
        }
    }

    /// <summary>Ends the send that is under way. The pipe stays open.</summary>
    internal void Interrupt()
    {
        _gate.TryEnd(out _);
        _sender.Interrupt(_gate);
    }

    /// <summary>The reader has returned something, or is gone.</summary>
    private void OnWakeUp()
    {
        lock (_stream.Gate)
        {
            TakeWakeUps();
        }

        _stream.Tell();
    }

    private void TakeWakeUps()
    {
        try
        {
            _memory.TakeWakeUps();
        }
        catch (BrokenPipeException) when (_endIsSent || _current.IsEnd)
        {
            // It has all of the stream, and has closed its reader before the writer was. Where it was killed instead, the send of the end says so.
            _memory.End();
        }
        catch (BrokenPipeException e)
        {
            Fail(e);
        }
    }

    private long CountBehind() => _lastBehind ?? (Oldest is { } oldest ? _stream.RecordsPublished - oldest.FirstRecord : 0);
}
