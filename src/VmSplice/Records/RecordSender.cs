using System.Runtime.CompilerServices;
using VmSplice.InPlace;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>Sends a stream of records: the header once, chunk after chunk, and the end.</summary>
internal sealed class RecordSender<T>
    where T : unmanaged, ISpliceable<T>
{
    private readonly Sender _sender;
    private readonly ChunkSource _chunks;
    private readonly RecordFraming _framing;
    private readonly RecordCalls<T> _calls;
    private readonly MessageSender<T> _messages;
    private readonly ChunkSender<T> _sends;

    // Only of records that have texts or lists.
    private readonly NextChunk<T>? _nextChunk;

    internal RecordSender(Sender sender, bool framed, int chunkSize, bool mayBeInPlace)
    {
        _sender = sender;
        if (!framed)
        {
            TailFields<T>.ThrowIfAny("a stream that is not framed");
        }

        int headerLength = framed ? RecordStreamFormat.BlockHeaderLength : 0;
        int slack = TailFields<T>.Any ? ChunkTail.BlockAlignment : 0;
        chunkSize = Math.Max(chunkSize == 0 ? RecordStreamFormat.DefaultChunkSize : chunkSize, headerLength + Unsafe.SizeOf<T>() + slack);
        chunkSize = TailFields<T>.Any ? Math.Min(chunkSize, RecordStreamFormat.MostBlockLength) : chunkSize;

        // With texts, a line that the other process wrote is waited for again and again: in place was slower than the pipe (docs/performance.md, "text").
        _chunks = new ChunkSource(sender, chunkSize, mayBeInPlace && !TailFields<T>.Any);
        _framing = new RecordFraming(sender, _chunks, CheckedLayout.Of<T>(), framed);
        Slots = new ChunkSlots<T>(_chunks, headerLength);
        _nextChunk = TailFields<T>.Any ? new NextChunk<T>(_chunks, Slots, headerLength) : null;
        _calls = new RecordCalls<T>(sender, _framing, Slots, _nextChunk, _chunks);
        _messages = new MessageSender<T>(sender, _framing, Slots, _calls);
        _sends = new ChunkSender<T>(sender, _framing, _chunks, Slots, _calls);
    }

    /// <summary>Gets the chunk that is being filled.</summary>
    internal ChunkSlots<T> Slots { get; }

    /// <summary>Gets the records written so far, sent or not.</summary>
    internal long RecordsWritten => _framing.RecordsSent + _sends.Records + Slots.Pending + (_nextChunk?.Pending ?? 0);

    /// <summary>Gets the records that the pipe has accepted.</summary>
    internal long RecordsAccepted => _framing.RecordsAccepted;

    /// <summary>Gets whether records were written that are not sent.</summary>
    internal bool HasUnsent => RecordsWritten != _framing.RecordsSent;

    /// <summary>Gets whether nothing can be sent any more: the writer is completed, disposed or has failed, and what was not sent is dropped.</summary>
    internal bool IsOver => _calls.IsOver;

    /// <summary>Gets whether the reader reads chunks where they lie.</summary>
    internal bool IsInPlace => _chunks.InPlace is { HasJoined: true };

    /// <summary>Takes the next slot, which is cleared. Sends the chunk where it is full.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal unsafe T* TakeNewSlot()
    {
        T* slot;
        using (_calls.Begin())
        {
            MakeRoom(1);

            // A chunk that is fresh from the kernel is zeros.
            if (Slots.IsUsedUp)
            {
                Slots.ClearNext();
            }

            slot = Slots.Take();
        }

        ThrowIfGivenUp();
        return slot;
    }

    /// <summary>Gets free slots, at least so many and at least one. Sends the chunk where it has fewer.</summary>
    internal Span<T> GetSpan(int sizeHint)
    {
        int records = AtLeastOne(sizeHint);
        Span<T> free;
        using (_calls.Begin())
        {
            MakeRoom(records);
            free = Slots.Span(records);
        }

        ThrowIfGivenUp();
        return free;
    }

    /// <summary>The same as memory, which throws once the chunk is sent.</summary>
    internal Memory<T> GetMemory(int sizeHint)
    {
        int records = AtLeastOne(sizeHint);
        Memory<T> free;
        using (_calls.Begin())
        {
            MakeRoom(records);
            free = Slots.Memory(records);
        }

        ThrowIfGivenUp();
        return free;
    }

    /// <summary>The first slots of the last span or memory were filled.</summary>
    internal void Advance(int count)
    {
        using RecordCalls<T>.Call call = _calls.Begin();
        Slots.Advance(count);
    }

    /// <summary>Takes room for items of the record that was handed out last. Sends nothing.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="alignment">What their place must be a multiple of.</param>
    /// <param name="isInCall">Whether this is a part of a call that is under way (<see cref="Begin"/>).</param>
    /// <exception cref="InvalidOperationException">No record was handed out by <c>Next</c> last, or another call is under way.</exception>
    internal Span<byte> TakeTail(int bytes, int alignment, bool isInCall)
    {
        if (!isInCall)
        {
            _calls.Gate.ThrowIfBusy();
        }

        if (_nextChunk is null || !Slots.HasOpenRecord)
        {
            throw NoRecord();
        }

        if (_nextChunk.TryTake(bytes, alignment, out Span<byte> items))
        {
            return items;
        }

        if (isInCall)
        {
            return _nextChunk.Take(bytes, alignment);
        }

        using (Begin())
        {
            items = _nextChunk.Take(bytes, alignment);
        }

        ThrowIfGivenUp();
        return items;
    }

    /// <summary>Begins a call: whoever disposes beside it leaves the memory to it.</summary>
    internal RecordCalls<T>.Call Begin() => _calls.Begin();

    /// <summary>Says where the items lie for which room was taken last.</summary>
    internal TailPlace PlaceOfLast(int items) => _nextChunk!.PlaceOfLast(items);

    /// <summary>Copies records, and sends each chunk that is full.</summary>
    internal void Write(ReadOnlySpan<T> records)
    {
        TailFields<T>.ThrowIfNotEmpty(records);

        // Under the gate, unlike the slots that users fill: whoever disposes beside this leaves the chunk to it.
        using RecordCalls<T>.Call call = _calls.Begin();
        records = records[CopyIn(records)..];
        while (!records.IsEmpty)
        {
            Send();
            records = records[CopyIn(records)..];
        }
    }

    /// <summary>Copies records, and waits without a thread where a chunk is full and the pipe, too.</summary>
    internal ValueTask WriteAsync(ReadOnlyMemory<T> records, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        TailFields<T>.ThrowIfNotEmpty(records.Span);
        int taken = CopyInAsCall(records.Span);
        return taken == records.Length ? ValueTask.CompletedTask : WriteRestAsync(records[taken..], cancellation);
    }

    /// <summary>Checks that a call could begin.</summary>
    internal void ThrowIfBusy() => _calls.Begin().Dispose();

    /// <summary>Copies records of a reader, as many as the chunk has room for, as a call of its own. Sends nothing.</summary>
    /// <param name="records">The records.</param>
    /// <param name="tail">Where their texts and lists lie.</param>
    /// <param name="written">What was written by then: a Dispose beside this drops it, and says less from then on.</param>
    /// <returns>How many; at least one where nothing is left to be sent.</returns>
    internal int CopyIn(ReadOnlySpan<T> records, in BatchTail tail, out long written)
    {
        using RecordCalls<T>.Call call = _calls.Begin();
        int taken = !TailFields<T>.Any ? CopyIn(records) : _nextChunk!.IsBegun ? 0 : TailCopy<T>.CopyIn(Slots, records, tail);
        written = RecordsWritten;
        return taken;
    }

    /// <summary>Sends what was written.</summary>
    internal void Flush()
    {
        using RecordCalls<T>.Call call = _calls.Begin();
        SendAll();
    }

    /// <summary>Sends what was written, and waits without a thread.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="isLast">Whether no chunk follows, so that none needs memory.</param>
    internal ValueTask FlushAsync(CancellationToken cancellation, bool isLast = false)
    {
        // Throws where nothing can be sent, or another call is under way. What is offered is given up by whoever disposes, or by this call.
        using (_calls.Begin())
        {
            _nextChunk?.MoveRecord();
            InviteForBlock();
        }

        return _nextChunk is { IsBegun: true } ? FlushBothAsync(_nextChunk, isLast, cancellation) : FlushChunkAsync(isLast, cancellation);
    }

    private ValueTask FlushChunkAsync(bool isLast, CancellationToken cancellation)
        => !_framing.NeedsPrelude ? _sends.SendAsync(isLast, cancellation)
            : _messages.FitsAll(withEnd: false) ? _messages.SendAsync(withRecords: Slots.Pending != 0, withEnd: false, cancellation)
            : FlushWithPreludeAsync(isLast, cancellation);

    /// <summary>Sends what was written, and the end. Once is enough.</summary>
    internal void Complete()
    {
        if (_calls.IsCompleted)
        {
            return;
        }

        using (_calls.Begin())
        {
            SendAll(withEnd: true);
            _calls.Complete();
        }

        _calls.End();
    }

    /// <summary>The same without a thread that waits.</summary>
    internal async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_calls.IsCompleted)
        {
            return;
        }

        bool isShort = _nextChunk is not { IsBegun: true } && _framing.IsFramed && _messages.FitsAll(withEnd: true);
        if (!isShort)
        {
            await FlushAsync(cancellation, isLast: true).ConfigureAwait(false);
        }

        if (_framing.IsFramed)
        {
            await _messages.SendAsync(withRecords: Slots.Pending != 0, withEnd: true, cancellation).ConfigureAwait(false);
        }

        _calls.Complete();
        _calls.End();
    }

    /// <summary>Lets no call begin any more. What is left is given up, now or by the call that is under way.</summary>
    internal void End()
    {
        _calls.End();
        _chunks.InPlace?.Interrupt();
    }

    /// <summary>Ends the call that is under way. The pipe stays open.</summary>
    internal void Interrupt() => _sender.Interrupt(_calls.Gate);

    private static int AtLeastOne(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        return Math.Max(sizeHint, 1);
    }

    private static InvalidOperationException NoRecord() => new(
        $"No record of {typeof(T).Name} is there to get a text or a list: take its slot with Next() first, and add its texts before the next call of "
            + "the writer.");

    /// <summary>Where the object was disposed beside a call, that has given its chunk up: nothing of it is handed out.</summary>
    private void ThrowIfGivenUp() => _calls.Gate.ThrowIfEnded();

    private void MakeRoom(int records)
    {
        SendBeforeNextChunk();
        if (Slots.HasRoomFor(records))
        {
            return;
        }

        // Nothing is sent for the first record, not even the header: that may block, and whoever awaits FlushAsync must not.
        if (Slots.Pending != 0 && Slots.Free < records)
        {
            Send();
        }

        MakeSlots(records);
    }

    private void MakeSlots(int records)
    {
        try
        {
            Slots.MakeRoom(records);
        }
        catch (RecordStreamException e)
        {
            // The reader returned what it never got: nothing can follow.
            throw _framing.Fail(e);
        }
    }

    /// <summary>Sends what was written, in one chunk or in two.</summary>
    private void SendAll(bool withEnd = false)
    {
        SendBeforeNextChunk();
        Send(withEnd);
    }

    /// <summary>Sends the chunk that has no room for its last record, and goes on in the one that was begun with that.</summary>
    private void SendBeforeNextChunk()
    {
        if (_nextChunk is { IsBegun: true })
        {
            _nextChunk.MoveRecord();
            if (Slots.Pending != 0)
            {
                Send();
            }

            _nextChunk.Begin();
        }
    }

    /// <summary>The same without a thread that waits, and then what the next chunk has in it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushBothAsync(NextChunk<T> nextChunk, bool isLast, CancellationToken cancellation)
    {
        await FlushChunkAsync(isLast: true, cancellation).ConfigureAwait(false);
        using (_calls.Begin())
        {
            nextChunk.Begin();
            InviteForBlock();
        }

        await FlushChunkAsync(isLast, cancellation).ConfigureAwait(false);
    }

    private void Send(bool withEnd = false)
    {
        withEnd = withEnd && _framing.IsFramed;
        try
        {
            InviteForBlock();

            // A block alone is sent from where it lies.
            if ((_framing.NeedsPrelude || withEnd) && _messages.FitsAll(withEnd))
            {
                _messages.Send(withRecords: Slots.Pending != 0, withEnd);
                return;
            }

            if (_framing.NeedsPrelude)
            {
                _messages.Send(withRecords: false, withEnd: false);
            }

            _sends.Send(isLast: withEnd);
            if (withEnd)
            {
                _messages.Send(withRecords: false, withEnd: true);
            }
        }
        catch (IOException e)
        {
            throw _framing.Fail(e);
        }
    }

    private void InviteForBlock()
    {
        bool isLongBlock = !Slots.IsOnHeap && Slots.BodyLength >= InPlaceSender.LeastBytes;
        if (isLongBlock && _framing.RecordsSent >= RuntimeSwitches.InPlaceAfter / Unsafe.SizeOf<T>())
        {
            _framing.InviteOnce();
        }
    }

    /// <summary>Copies as many records as the chunk has room for. A part of a call that is under way.</summary>
    private int CopyIn(ReadOnlySpan<T> records)
    {
        int taken = 0;
        while (taken < records.Length && Slots.Free != 0)
        {
            int wanted = Math.Min(records.Length - taken, Slots.Free);
            if (!Slots.HasRoomFor(wanted))
            {
                MakeSlots(wanted);
            }

            Span<T> free = Slots.Span(1, isCopiedInto: true);
            int count = Math.Min(free.Length, records.Length - taken);
            records.Slice(taken, count).CopyTo(free);
            Slots.Advance(count);
            taken += count;
        }

        return taken;
    }

    /// <summary>The same as a call of its own, because none is under way while a flush is awaited.</summary>
    private int CopyInAsCall(ReadOnlySpan<T> records)
    {
        using RecordCalls<T>.Call call = _calls.Begin();
        return CopyIn(records);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteRestAsync(ReadOnlyMemory<T> records, CancellationToken cancellation)
    {
        while (!records.IsEmpty)
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
            records = records[CopyInAsCall(records.Span)..];
        }
    }

    // Twice in a stream.
    private async ValueTask FlushWithPreludeAsync(bool isLast, CancellationToken cancellation)
    {
        await _messages.SendAsync(withRecords: false, withEnd: false, cancellation).ConfigureAwait(false);
        await _sends.SendAsync(isLast, cancellation).ConfigureAwait(false);
    }
}
