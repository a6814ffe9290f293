using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// The way of a broadcast to one of its readers: what it is still to be sent, one send at a time. A send that finds the pipe full goes on without
/// a thread, and the others with it. Guarded by the stream's lock, which is not held while it sends.
/// </summary>
internal sealed class BroadcastLane
{
    private readonly Broadcast _stream;
    private readonly Sender _sender;
    private readonly bool _framed;
    private readonly CallGate _gate = new(nameof(RecordBroadcaster<>), "broadcast");
    private readonly Queue<BroadcastBlock> _unsent = [];
    private readonly int _headerLength;
    private readonly PinnedBytes _message;
    private readonly Action _onSent;

    // The send that is under way: a block's bytes, or a message that stands for a block, or for none.
    private ValueTaskAwaiter _send;
    private BroadcastBlock? _sending;
    private int _recordsOfSend;
    private bool _isRunning;
    private bool _endsStream;
    private bool _sendsEnd;
    private bool _endIsSent;

    private InPlaceLane? _memory;
    private BroadcastBlock? _kept;
    private bool _mayOffer;
    private bool _headerSent;
    private bool _isAbandoned;
    private bool _isOver;
    private long _recordsTaken;
    private long _recordsSent;
    private long? _recordsBehind;

    internal BroadcastLane(Broadcast stream, SpliceWriter writer, int index, bool framed)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _stream = stream;
        _sender = writer.Sender;
        _framed = framed;
        _headerLength = RecordStreamFormat.HeaderLengthOf(stream.Layout);
        _message = new PinnedBytes(_headerLength + Invitation.Length, cleared: true);
        _mayOffer = framed;
        _onSent = OnSent;
        Writer = writer;
        Index = index;
    }

    internal int Index { get; }

    internal SpliceWriter Writer { get; }

    /// <summary>Gets why this reader is served no longer.</summary>
    internal Exception? Error { get; private set; }

    internal bool IsInPlace { get; private set; }

    internal long RecordsSent => Volatile.Read(ref _recordsSent);

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
    internal bool IsIdle => Error is not null || (!_isRunning && _unsent.Count == 0 && !_endsStream);

    /// <summary>Gets the oldest block that this reader has not taken.</summary>
    internal BroadcastBlock? Oldest => Error is not null ? null
        : _memory?.Oldest ?? _sending ?? (_unsent.TryPeek(out BroadcastBlock? block) ? block : null);

    /// <summary>Gets when this reader took a block last (<see cref="Environment.TickCount64"/>).</summary>
    internal long LastTaken { get; private set; }

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
                return _memory?.Oldest is null && PipeWait.HasSpace(_sender.End.Handle);
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Adds a block to what is to be sent. <see cref="Run"/> comes next.</summary>
    internal void Add(BroadcastBlock block) => _unsent.Enqueue(block);

    /// <summary>No block follows: the end is to be sent.</summary>
    internal void Complete() => _endsStream = _framed && Error is null;

    /// <summary>Sends as much as fits. Not under the stream's lock.</summary>
    internal void Run()
    {
        lock (_stream.Gate)
        {
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        Advance();
    }

    /// <summary>Takes back what the reader has returned. A reader that returns what it never got is served no longer.</summary>
    internal void TakeBack()
    {
        if (_memory is null || Error is not null)
        {
            return;
        }

        try
        {
            while (_memory.TryTakeBack(out BroadcastBlock? block))
            {
                Take(block);
            }
        }
        catch (RecordStreamException e)
        {
            Fail(e);
        }
    }

    /// <summary>Asks to be told when the reader returns something, or is gone.</summary>
    internal void Arm()
    {
        if (Error is null)
        {
            _memory?.Arm();
        }
    }

    /// <summary>This reader is served no longer. What it has not got, and what it cannot be reading, is for others to be used.</summary>
    internal void Fail(Exception error)
    {
        if (Error is not null)
        {
            return;
        }

        _recordsBehind = CountBehind();
        Error = error is BrokenPipeException broken ? InRecords(broken) : error;
        foreach (BroadcastBlock block in _unsent)
        {
            Broadcast.Release(block);
        }

        _unsent.Clear();
        if (_memory is { } memory)
        {
            IEnumerable<BroadcastBlock> others = memory.Drop(out _kept);
            foreach (BroadcastBlock block in others)
            {
                Broadcast.Release(block);
            }

            if (_kept is not null)
            {
                _stream.Keep(_kept);
            }

            _memory = null;
            memory.Dispose();
        }

        _stream.ToClose(this);
    }

    /// <summary>Closes the pipe of a reader that is served no longer. Not under the stream's lock.</summary>
    internal void Close()
    {
        _gate.TryEnd(out _);
        _sender.Interrupt(_gate);
        Writer.Dispose();
    }

    /// <summary>The stream is over: nothing follows. Where it was not completed, and this reader is still served, it is told so.</summary>
    internal void End(bool isAbandoned)
    {
        foreach (BroadcastBlock block in _unsent)
        {
            Broadcast.Release(block);
        }

        _unsent.Clear();
        if (_kept is not null)
        {
            // Nobody writes to any block from now on.
            Broadcast.Release(_kept);
            _kept = null;
        }

        _recordsBehind ??= CountBehind();
        EndMemory();
        _endsStream = false;
        _isAbandoned = isAbandoned && _framed && Error is null && !_endIsSent;
        if (_isAbandoned && !_isRunning)
        {
            _ = SendMarkAsync();
        }

        _isOver = true;
        UnpinIfUnused();
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
            try
            {
                _memory?.TakeWakeUps();
            }
            catch (BrokenPipeException) when (_endIsSent || _sendsEnd)
            {
                // It has all of the stream, and has closed its reader before the writer was. Where it was killed instead, the send of the end says so.
                EndMemory();
            }
            catch (BrokenPipeException e)
            {
                Fail(e);
            }
        }

        _stream.Tell();
    }

    /// <summary>Nobody reads in place any more: all blocks come back.</summary>
    private void EndMemory()
    {
        if (_memory is { } memory)
        {
            foreach (BroadcastBlock block in memory.End())
            {
                Broadcast.Release(block);
            }

            _memory = null;
            memory.Dispose();
        }
    }

    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "consumed once: here, or by the continuation")]
    private void Advance()
    {
        while (TryStart(out PendingSend next))
        {
            _send = _sender.Start(next, CancellationToken.None).GetAwaiter();
            if (!_send.IsCompleted)
            {
                _send.UnsafeOnCompleted(_onSent);
                return;
            }

            Finish();
        }
    }

    private void OnSent()
    {
        Finish();
        Advance();
        _stream.Tell();
    }

    /// <summary>Decides what is sent next.</summary>
    private bool TryStart(out PendingSend next)
    {
        lock (_stream.Gate)
        {
            next = default;
            if (Error is not null || !TryChoose(out nint address, out nuint bytes))
            {
                _isRunning = false;
                UnpinIfUnused();
                return false;
            }

            next = new PendingSend(OutgoingMemory.OfCaller(address, bytes)) { Caller = _gate };
            return true;
        }
    }

    private unsafe bool TryChoose(out nint address, out nuint bytes)
    {
        (address, bytes, _recordsOfSend, _sendsEnd) = (_message.Address, 0, 0, false);

        // SAFETY: this object's own, and pinned until the stream has ended and nothing is sent any more.
        Span<byte> message = new((void*)_message.Address, _message.Length);
        bool hasBlock = _unsent.TryPeek(out BroadcastBlock? block);
        if (!hasBlock && !_endsStream)
        {
            return false;
        }

        if (_framed && !_headerSent)
        {
            RecordStreamFormat.WriteHeader(
                message[.._headerLength],
                _stream.Layout,
                _sender.RecyclesSoFar ? RecordStreamFlags.Recycles : RecordStreamFlags.None);
            bytes = (nuint)_headerLength;
            _headerSent = true;
        }

        message = message[(int)bytes..];
        if (!hasBlock)
        {
            RecordStreamFormat.WriteBlockHeader(message[..RecordStreamFormat.BlockHeaderLength], 0, _recordsSent);
            bytes += RecordStreamFormat.BlockHeaderLength;
            (_endsStream, _sendsEnd) = (false, true);
            return true;
        }

        bool isLong = block!.Bytes >= InPlaceSender.LeastBytes && block.Place >= 0;
        if (isLong && _memory is { IsJoined: true })
        {
            IsInPlace = true;
            _unsent.Dequeue();
            _memory.Announce(block, RecordStreamFormat.BlockHeaderLength).Write(message);
            bytes += BlockReference.Length;
            _recordsOfSend = block.Records;
            return true;
        }

        if (isLong && TryOffer())
        {
            _memory!.Invitation.Write(message);
            bytes += Invitation.Length;
        }

        if (bytes == 0)
        {
            // A block's header is of use where the others are.
            nuint headerLength = _framed ? 0 : (nuint)RecordStreamFormat.BlockHeaderLength;
            (address, bytes) = (block.Address + (nint)headerLength, block.Bytes - headerLength);
            _sending = _unsent.Dequeue();
            _recordsOfSend = block.Records;
        }

        return true;
    }

    private bool TryOffer()
    {
        if (!_mayOffer || _stream.Offered is not { } blocks)
        {
            return false;
        }

        _mayOffer = false;
        _memory = InPlaceLane.TryOffer(_sender, blocks, OnWakeUp);
        return _memory is not null;
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

        lock (_stream.Gate)
        {
            BroadcastBlock? block = _sending;
            _sending = null;
            if (error is null)
            {
                _endIsSent |= _sendsEnd;
                Volatile.Write(ref _recordsSent, _recordsSent + _recordsOfSend);
                Instruments.CountRecords(Instruments.Transmit, _recordsOfSend);
            }

            if (error is not null && !_isAbandoned)
            {
                Fail(error);
            }

            if (block is not null)
            {
                Take(block, isTaken: error is null);
            }

            if (_isAbandoned && !_endIsSent)
            {
                // What was under way beside the end went through, or did not even start.
                _ = SendMarkAsync();
                _isAbandoned = false;
            }
        }
    }

    private void Take(BroadcastBlock block, bool isTaken = true)
    {
        if (isTaken)
        {
            LastTaken = Environment.TickCount64;
            _recordsTaken = block.FirstRecord + block.Records;
        }

        Broadcast.Release(block);
    }

    private long CountBehind() => _recordsBehind ?? (Oldest is { } oldest ? _stream.RecordsPublished - oldest.FirstRecord : 0);

    private BrokenPipeException InRecords(BrokenPipeException broken)
    {
        long behind = _recordsSent - Math.Min(_recordsSent, _recordsTaken);
        long unread = Math.Min(_recordsSent, behind + ((broken.BytesUnread + _stream.Layout.Size - 1) / _stream.Layout.Size));
        return BrokenPipeException.ForRecords(broken, _recordsSent, unread, _stream.Layout.Name);
    }

    private void UnpinIfUnused()
    {
        if (_isOver && !_isRunning)
        {
            _message.Unpin();
        }
    }

    private async Task SendMarkAsync()
    {
        byte[] mark = new byte[(_headerSent ? 0 : _headerLength) + RecordStreamFormat.BlockHeaderLength];
        if (!_headerSent)
        {
            RecordStreamFormat.WriteHeader(mark.AsSpan(0, _headerLength), _stream.Layout, RecordStreamFlags.None);
        }

        RecordStreamFormat.WriteBlockHeader(mark.AsSpan(mark.Length - RecordStreamFormat.BlockHeaderLength), RecordStreamFormat.Abandoned, _recordsSent);
        try
        {
            await _sender.WriteAsync<byte>(mark, caller: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody is there to be told, or the end of the pipe tells it.
        }
    }
}
