using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VmSplice.CompilerServices;
using VmSplice.InPlace;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>Fills one chunk after another, and gives each to all readers of a broadcast.</summary>
internal sealed class BroadcastSender<T> : IChunkSource
    where T : unmanaged, ISpliceable<T>
{
    private const int HeaderLength = RecordStreamFormat.BlockHeaderLength;

    private readonly CallGate _gate = new(Name, "record broadcaster");
    private bool _isEnding;
    private bool _isCompleted;

    internal BroadcastSender(IEnumerable<SpliceWriter> writers, RecordBroadcasterOptions options)
    {
        TailFields<T>.ThrowIfAny("a broadcast");
        ChunkSize = Math.Max(options.ChunkSize == 0 ? RecordStreamFormat.DefaultChunkSize : options.ChunkSize, HeaderLength + Unsafe.SizeOf<T>());
        Stream = new Broadcast(writers, options, CheckedLayout.Of<T>(), ChunkSize);
        Slots = new ChunkSlots<T>(this, HeaderLength);
    }

    public int ChunkSize { get; }

    public int HeapLength => 0;

    public bool IsShared => false;

    /// <summary>Gets what all readers get.</summary>
    internal Broadcast Stream { get; }

    /// <summary>Gets the chunk that is being filled.</summary>
    internal ChunkSlots<T> Slots { get; }

    /// <summary>Gets the records written so far, published or not.</summary>
    internal long RecordsWritten => Stream.RecordsPublished + Slots.Pending;

    private static string Name => $"RecordBroadcaster<{typeof(T).Name}>";

    /// <inheritdoc/>
    /// <remarks>Its records have no texts.</remarks>
    public byte NextTag() => 0;

    public PageBlock Rent(nuint bytes, out long ticket) => Stream.Rent(bytes, out ticket);

    /// <summary>Takes the next slot, which is cleared. Publishes the chunk where it is full.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal unsafe T* TakeNewSlot()
    {
        T* slot;
        using (Begin())
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

    internal Span<T> GetSpan(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        Span<T> free;
        using (Begin())
        {
            MakeRoom(Math.Max(sizeHint, 1));
            free = Slots.Span(Math.Max(sizeHint, 1));
        }

        ThrowIfGivenUp();
        return free;
    }

    internal Memory<T> GetMemory(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        Memory<T> free;
        using (Begin())
        {
            MakeRoom(Math.Max(sizeHint, 1));
            free = Slots.Memory(Math.Max(sizeHint, 1));
        }

        ThrowIfGivenUp();
        return free;
    }

    /// <summary>The first slots of the last span or memory were filled.</summary>
    internal void Advance(int count)
    {
        using Call call = Begin();
        Slots.Advance(count);
    }

    internal void Write(ReadOnlySpan<T> records)
    {
        using Call call = Begin();
        while (!records.IsEmpty)
        {
            MakeRoom(1);
            records = records[CopyIn(records)..];
        }
    }

    internal async ValueTask WriteAsync(ReadOnlyMemory<T> records, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using Call call = Begin();
        while (!records.IsEmpty)
        {
            if (!Slots.HasRoomFor(1))
            {
                Publish();
                await Stream.Pace.WaitAsync(BroadcastGoal.Room, _gate, cancellation).ConfigureAwait(false);
                Slots.MakeRoom(1);
            }

            records = records[CopyIn(records.Span)..];
        }
    }

    /// <summary>Gives what was written to the readers.</summary>
    internal void Flush()
    {
        using Call call = Begin();
        Publish();
        Stream.ThrowIfNobodyIsLeft();
    }

    /// <summary>The same, and waits without a thread until there is room for the next chunk. A cancellation ends the wait alone.</summary>
    internal async ValueTask FlushAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using Call call = Begin();
        Publish();
        try
        {
            await Stream.Pace.WaitAsync(BroadcastGoal.Room, _gate, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was flushed is on its way.
        }
    }

    /// <summary>Gives the rest and the end to the readers, and waits until their pipes have it.</summary>
    internal void Complete()
    {
        if (_isCompleted)
        {
            return;
        }

        using (BeginEnd())
        {
            Stream.Pace.Wait(BroadcastGoal.Sent, _gate);
            _isCompleted = true;
        }

        End();
    }

    internal async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_isCompleted)
        {
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        using (BeginEnd())
        {
            await Stream.Pace.WaitAsync(BroadcastGoal.Sent, _gate, cancellation).ConfigureAwait(false);
            _isCompleted = true;
        }

        End();
    }

    /// <summary>Lets no call begin any more. What is left is given up, now or by the call that is under way.</summary>
    internal void End()
    {
        if (_gate.TryEnd(out bool isUnused) && isUnused)
        {
            GiveUp();
        }

        Stream.Tell();
    }

    /// <summary>Where the object was disposed beside a call, that has given its chunk up: nothing of it is handed out.</summary>
    private void ThrowIfGivenUp() => _gate.ThrowIfEnded();

    private void MakeRoom(int records)
    {
        if (Slots.HasRoomFor(records))
        {
            return;
        }

        Publish();
        Stream.Pace.Wait(BroadcastGoal.Room, _gate);
        Slots.MakeRoom(records);
    }

    private unsafe void Publish()
    {
        int records = Slots.Pending;
        if (records == 0)
        {
            return;
        }

        // SAFETY: the chunk starts with room for its header, and is this sender's until it is published.
        RecordStreamFormat.WriteBlockHeader(new Span<byte>((void*)Slots.Address, HeaderLength), records, Stream.RecordsPublished);
        nuint bytes = HeaderLength + ((nuint)records * (nuint)Unsafe.SizeOf<T>());
        Stream.Publish((BroadcastBlock)Slots.Leave(), bytes, records);
    }

    private int CopyIn(ReadOnlySpan<T> records)
    {
        Span<T> free = Slots.Span(1, isCopiedInto: true);
        int count = Math.Min(free.Length, records.Length);
        records[..count].CopyTo(free);
        Slots.Advance(count);
        return count;
    }

    /// <summary>Begins a call that gives the rest and the end to the readers, once.</summary>
    private Call BeginEnd()
    {
        _gate.Enter();
        if (!_isEnding)
        {
            Publish();
            _isEnding = true;
            Stream.Complete();
        }

        return new Call(this);
    }

    private Call Begin()
    {
        if (_isEnding)
        {
            throw new ObjectDisposedException(Name, "The stream was completed: nothing can follow in it. Create another broadcaster for more.");
        }

        _gate.Enter();
        return new Call(this);
    }

    private void GiveUp()
    {
        Slots.GiveBack();
        Stream.End(isAbandoned: !_isCompleted);
    }

    /// <summary>A call that is under way. Where the broadcaster is disposed beside it, it does at its end what is left to do.</summary>
    private readonly struct Call(BroadcastSender<T> sender) : IDisposable
    {
        public void Dispose()
        {
            if (sender._gate.Exit())
            {
                sender.GiveUp();
            }
        }
    }
}
