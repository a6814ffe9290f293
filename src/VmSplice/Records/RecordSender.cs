using System.Runtime.CompilerServices;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Sends a stream of records: the header once, chunk after chunk, and the end. One call at a time; what is disposed beside a call is
/// given up by that call.
/// </summary>
internal sealed class RecordSender<T> : ISendOwner
    where T : unmanaged, ISpliceable<T>
{
    private readonly Sender _sender;
    private readonly RecordFraming _framing;
    private readonly bool _sharesChunks;
    private readonly CallGate _gate = new($"RecordWriter<{typeof(T).Name}>", "record writer");
    private bool _completed;

    // Records of the flush that is under way: they are in no chunk here, and not sent yet.
    private int _flushedRecords;

    internal RecordSender(Sender sender, bool framed, int chunkSize)
    {
        _sender = sender;
        _framing = new RecordFraming(sender, CheckedLayout.Of<T>(), framed);
        int headerLength = _framing.BlockHeaderLength;
        chunkSize = Math.Max(chunkSize == 0 ? RecordStreamFormat.DefaultChunkSize : chunkSize, headerLength + Unsafe.SizeOf<T>());
        _sharesChunks = sender.Sharing.WouldShare((nuint)chunkSize);
        Slots = new ChunkSlots<T>(sender.Pool, chunkSize, headerLength, _sharesChunks);
    }

    /// <summary>Gets the chunk that is being filled.</summary>
    internal ChunkSlots<T> Slots { get; }

    /// <summary>Gets the records written so far, sent or not.</summary>
    internal long RecordsWritten => _framing.RecordsSent + _flushedRecords + Slots.Pending;

    /// <summary>Makes the next slot one that is cleared. Sends the chunk where it is full.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void MakeSlot()
    {
        using Call call = BeginCall();
        MakeRoom(1);

        // A chunk that is fresh from the kernel is zeros.
        if (Slots.IsUsedUp)
        {
            Slots.ClearNext();
        }
    }

    /// <summary>Gets free slots, at least so many and at least one. Sends the chunk where it has fewer.</summary>
    internal Span<T> GetSpan(int sizeHint)
    {
        int records = AtLeastOne(sizeHint);
        using Call call = BeginCall();
        MakeRoom(records);
        return Slots.Span(records);
    }

    /// <summary>The same as memory, which throws once the chunk is sent.</summary>
    internal Memory<T> GetMemory(int sizeHint)
    {
        int records = AtLeastOne(sizeHint);
        using Call call = BeginCall();
        MakeRoom(records);
        return Slots.Memory(records);
    }

    internal void ThrowIfBusy() => _gate.ThrowIfBusy();

    /// <summary>Copies records, and waits without a thread where a chunk is full and the pipe, too.</summary>
    internal ValueTask WriteAsync(ReadOnlyMemory<T> records, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        int taken = CopyIn(records.Span);
        return taken == records.Length ? ValueTask.CompletedTask : WriteRestAsync(records[taken..], cancellation);
    }

    /// <summary>Sends what was written.</summary>
    internal void Flush()
    {
        using Call call = BeginCall();
        Send();
    }

    /// <summary>Sends what was written, and waits without a thread.</summary>
    internal ValueTask FlushAsync(CancellationToken cancellation)
    {
        // Throws where nothing can be sent, or another call is under way.
        Enter();
        Exit();
        return !_framing.NeedsHeader ? SendChunkAsync(cancellation)
            : IsOneMessage(withEnd: false) ? SendMessageAsync(Slots.Pending, withEnd: false, cancellation)
            : FlushWithHeaderAsync(cancellation);
    }

    /// <summary>Sends what was written, and the end. Once is enough.</summary>
    internal void Complete()
    {
        if (_completed)
        {
            return;
        }

        using (BeginCall())
        {
            Send(withEnd: true);
            _completed = true;
        }

        End();
    }

    /// <summary>The same without a thread that waits.</summary>
    internal async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_completed)
        {
            return;
        }

        int records = 0;
        if (_framing.IsFramed && IsOneMessage(withEnd: true))
        {
            records = Slots.Pending;
        }
        else
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
        }

        if (_framing.IsFramed)
        {
            await SendMessageAsync(records, withEnd: true, cancellation).ConfigureAwait(false);
        }

        _completed = true;
        End();
    }

    /// <summary>Lets no call begin any more. What is left is given up, now or by the call that is under way.</summary>
    internal void End()
    {
        if (_gate.TryEnd(out bool isUnused) && isUnused)
        {
            GiveUp();
        }
    }

    /// <summary>Ends the call that is under way. The pipe stays open.</summary>
    internal void Interrupt() => _sender.Interrupt(_gate);

    void ISendOwner.OnSent(nuint bytes)
    {
        _framing.BlockIsSent(bytes, _flushedRecords);
        EndFlush();
    }

    void ISendOwner.OnUntouched(PageBlock block, nuint bytes)
    {
        Slots.TakeBack(block, _flushedRecords);
        EndFlush();
    }

    Exception ISendOwner.OnFailed(Exception error)
    {
        error = _framing.Note(error);
        EndFlush();
        return error;
    }

    /// <summary>Begins a call, which ends with the scope.</summary>
    private Call BeginCall()
    {
        Enter();
        return new Call(this);
    }

    /// <summary>Begins a call that may send.</summary>
    private void Enter()
    {
        if (_completed)
        {
            throw WasCompleted();
        }

        _gate.Enter();
        if (_framing.Failure is { } failure)
        {
            Exit();
            throw failure;
        }
    }

    /// <summary>Ends a call. Where this was disposed beside it, the call does now what is left to do.</summary>
    private void Exit()
    {
        if (_gate.Exit())
        {
            GiveUp();
        }
    }

    private static ObjectDisposedException WasCompleted() => new(
        $"RecordWriter<{typeof(T).Name}>",
        "The stream was completed: nothing can follow in it. Create another record writer for more.");

    private static int AtLeastOne(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        return Math.Max(sizeHint, 1);
    }

    private void MakeRoom(int records)
    {
        if (Slots.HasRoomFor(records))
        {
            return;
        }

        // Nothing is sent for the first record, not even the header: that may block, and whoever awaits FlushAsync must not.
        if (Slots.Pending != 0)
        {
            Send();
        }

        Slots.MakeRoom(records);
    }

    private void Send(bool withEnd = false)
    {
        withEnd = withEnd && _framing.IsFramed;
        try
        {
            // A block alone is sent from where it lies.
            if ((_framing.NeedsHeader || withEnd) && IsOneMessage(withEnd))
            {
                SendMessage(Slots.Pending, withEnd);
                return;
            }

            if (_framing.NeedsHeader)
            {
                SendMessage(records: 0, withEnd: false);
            }

            SendChunk();
            if (withEnd)
            {
                SendMessage(records: 0, withEnd: true);
            }
        }
        catch (IOException e)
        {
            throw _framing.Fail(e);
        }
    }

    /// <summary>
    /// Whether all that is to be sent goes in one write(2): what is this short enters a pipe wholly or not at all (PIPE_BUF), so the
    /// records are in the pipe exactly when the header and the end are, and a send that is ended while it waits leaves nothing of it there.
    /// </summary>
    private bool IsOneMessage(bool withEnd)
        => _sender.End.IsPipe && _framing.MessageLength(Slots.Pending, withEnd) is <= Limits.PIPE_BUF and var length && !_sender.Sharing.WouldShare((nuint)length);

    /// <summary>Sends so many records of the chunk, all or none, with what is to stand around them.</summary>
    private void SendMessage(int records, bool withEnd)
    {
        // The chunk stays here while it waits, and slots that are cleared ahead would be handed out to another thread without a question.
        Slots.StopClearing();
        Span<byte> message = stackalloc byte[(int)_framing.MessageLength(records, withEnd)];
        _framing.WriteMessage(message, records == 0 ? default : Slots.PendingBytes, withEnd, _sharesChunks);
        _sender.Write(message, _gate);
        MessageIsSent(records, withEnd);
    }

    private void MessageIsSent(int records, bool withEnd)
    {
        _framing.MessageIsSent(records, withEnd);
        if (records != 0)
        {
            Slots.Empty();
        }
    }

    private void SendChunk()
    {
        int records = Slots.Pending;
        if (records == 0)
        {
            return;
        }

        // As in SendMessage.
        Slots.StopClearing();
        nuint bytes = _framing.Frame(Slots.Block, records);
        if (_sender.Sharing.WouldShare(bytes))
        {
            _sender.SendBlock(Slots.Leave(), bytes, _gate);
        }
        else
        {
            _sender.Write(Slots.Block.Address, bytes, _gate);
            Slots.Empty();
        }

        _framing.BlockIsSent(bytes, records);
    }

    /// <summary>Copies as many records as the chunk has room for.</summary>
    private int CopyIn(ReadOnlySpan<T> records)
    {
        // Under the gate, unlike the slots that users fill: whoever disposes beside this leaves the chunk to it.
        using Call call = BeginCall();
        if (Slots.Pending == 0)
        {
            Slots.MakeRoom(1);
        }

        int taken = 0;
        while (taken < records.Length && Slots.HasRoomFor(1))
        {
            Span<T> free = Slots.Span(1);
            int count = Math.Min(free.Length, records.Length - taken);
            records.Slice(taken, count).CopyTo(free);
            Slots.Advance(count);
            taken += count;
        }

        return taken;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteRestAsync(ReadOnlyMemory<T> records, CancellationToken cancellation)
    {
        while (!records.IsEmpty)
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
            records = records[CopyIn(records.Span)..];
        }
    }

    // Once in a stream.
    private async ValueTask FlushWithHeaderAsync(CancellationToken cancellation)
    {
        await SendMessageAsync(records: 0, withEnd: false, cancellation).ConfigureAwait(false);
        await SendChunkAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask SendMessageAsync(int records, bool withEnd, CancellationToken cancellation)
    {
        Enter();
        try
        {
            // As in SendMessage. A cancellation leaves the records where they are.
            Slots.StopClearing();
            byte[] message = new byte[_framing.MessageLength(records, withEnd)];
            _framing.WriteMessage(message, records == 0 ? default : Slots.PendingBytes, withEnd, _sharesChunks);
            await _sender.WriteAsync<byte>(message, _gate, cancellation).ConfigureAwait(false);
            MessageIsSent(records, withEnd);
            _completed |= withEnd;
        }
        catch (Exception e) when (_framing.Note(e) is var told && !ReferenceEquals(told, e))
        {
            throw told;
        }
        finally
        {
            Exit();
        }
    }

    private ValueTask SendChunkAsync(CancellationToken cancellation)
    {
        Enter();
        int records = Slots.Pending;
        if (records == 0)
        {
            Exit();
            return ValueTask.CompletedTask;
        }

        // Left also where it is copied, unlike by Flush: nobody may write into it while it waits.
        nuint bytes = _framing.Frame(Slots.Block, records);
        PageBlock block = Slots.Leave();
        _flushedRecords = records;
        return _sender.SendBlockAsync(block, bytes, owner: this, _gate, cancellation);
    }

    private void EndFlush()
    {
        _flushedRecords = 0;
        Exit();
    }

    /// <summary>
    /// Gives the chunk back. Where the stream was neither completed nor has failed, says that no more comes and that this is not all:
    /// the pipe's end alone would say so too, but it does not come where the pipe is left open.
    /// </summary>
    private void GiveUp()
    {
        Slots.GiveBack();
        if (!_completed && _framing.Failure is null && _framing.IsFramed)
        {
            _ = SendMarkAsync(_framing.AbandonedMark(_sharesChunks));
        }
    }

    private async Task SendMarkAsync(byte[] mark)
    {
        try
        {
            await _sender.WriteAsync<byte>(mark, caller: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody is there to be told, or the end of the pipe tells it. It is dropped where the writer is disposed before there is room.
        }
    }

    private readonly ref struct Call(RecordSender<T> sender) : IDisposable
    {
        public void Dispose() => sender.Exit();
    }
}
