using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.InPlace;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// The chunk that is being filled, and its slots: handed out in order, cleared some ahead. Knows nothing of sending. A chunk that is full
/// is sent by somebody else, who takes its block out or empties it. The first records of a stream lie in a few KiB of the heap; when those
/// are full, all move into a block.
/// </summary>
/// <param name="source">Where chunks come from.</param>
/// <param name="headerLength">Room before the records.</param>
internal sealed unsafe class ChunkSlots<T>(IChunkSource source, int headerLength)
    where T : unmanaged
{
    /// <summary>Bytes that are cleared in one go: well within a first-level cache, long enough for the processor's bulk store.</summary>
    private const int AcquireWindow = 16 * 1024;

    // Where the chunk lies: in a block, or at first on the heap; or nowhere, before the first record and after a chunk has left.
    private PageBlock? _block;
    private long _ticket;
    private PinnedBytes? _heap;
    private bool _outgrewHeap;

    // _first <= _next <= _cleared <= _limit: filled, handed out as zeros without a question, and free.
    private byte* _first;
    private byte* _next;
    private byte* _cleared;
    private byte* _limit;

    // Up to here somebody may have written already, or it was cleared.
    private byte* _acquired;
    private PageMemoryManager<T>? _memory;

    /// <summary>Gets whether no slot is left that is cleared.</summary>
    internal bool IsUsedUp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _next >= _cleared;
    }

    /// <summary>Gets the records that are in the chunk and not sent.</summary>
    internal int Pending => (int)((_next - _first) / sizeof(T));

    /// <summary>Gets the bytes of those records.</summary>
    internal ReadOnlySpan<byte> PendingBytes => new(_first, (int)(_next - _first));

    /// <summary>Gets how many records fit before the chunk must be sent.</summary>
    internal int Free => _block is null ? ((source.ChunkSize - headerLength) / sizeof(T)) - Pending : (int)((_limit - _next) / sizeof(T));

    /// <summary>Takes the next slot. There must be one that is cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref T Take()
    {
        // SAFETY: between _first and _limit lie whole records of a block that is owned here.
        byte* slot = _next;
        _next = slot + sizeof(T);
        return ref *(T*)slot;
    }

    /// <summary>Whether so many records fit into what is left of the chunk.</summary>
    internal bool HasRoomFor(int records) => (_limit - _next) / sizeof(T) >= records;

    /// <summary>Makes the chunk one with room for so many records. There is none in it, unless it lies on the heap: then they move along.</summary>
    internal void MakeRoom(int records)
    {
        if (HasRoomFor(records))
        {
            return;
        }

        Debug.Assert(Pending == 0 || IsOnHeap, "what is in a block is sent first");
        nuint bytes = Math.Max((nuint)source.ChunkSize, (nuint)headerLength + ((nuint)(Pending + records) * (nuint)sizeof(T)));
        if (_block is not null)
        {
            // It is empty and too short.
            GiveBack();
        }

        if (!_outgrewHeap && !IsOnHeap && source.HeapLength - headerLength >= (long)records * sizeof(T))
        {
            _heap = new PinnedBytes(source.HeapLength, cleared: true);
            Use(_heap.Address, (nuint)_heap.Length);
            _next = _first;
            _acquired = _cleared = _limit;
            return;
        }

        MoveIntoBlock(bytes);
    }

    /// <summary>Moves the chunk into a block, with the records in it.</summary>
    private void MoveIntoBlock(nuint bytes)
    {
        // Before anything changes: there may be no memory.
        PageBlock block = source.Rent(bytes, out long ticket);
        (_block, _ticket, _outgrewHeap) = (block, ticket, true);
        ReadOnlySpan<byte> records = PendingBytes;
        Use(block.Address, bytes);
        records.CopyTo(new Span<byte>(_first, records.Length));
        _next = _first + records.Length;
        _acquired = _cleared = block.Dirty == 0 ? _limit : _next;
        FreeHeap();
    }

    /// <summary>Clears the next slot, and some more in one go. There must be one, and none that is cleared.</summary>
    internal void ClearNext()
    {
        if (_next < _acquired)
        {
            // Among slots that were handed out as a span before: one at a time.
            new Span<byte>(_next, sizeof(T)).Clear();
            _cleared = _next + sizeof(T);
        }
        else
        {
            Acquire(1);
            _cleared = _acquired;
        }
    }

    /// <summary>Gets the free slots, at least so many, whose content is unspecified. There must be so many.</summary>
    internal Span<T> Span(int records)
    {
        // Whoever gets the span may write into it what it likes.
        StopClearing();
        byte* end = _limit;
        if (_block is not null && source.IsShared && !InPlaceSender.Owns(_block))
        {
            Acquire(records);
            end = _acquired;
        }

        // SAFETY: as in Take.
        return new Span<T>(_next, (int)((end - _next) / sizeof(T)));
    }

    /// <summary>The same as memory, which throws once the chunk is somebody else's.</summary>
    internal Memory<T> Memory(int records)
    {
        if (IsOnHeap)
        {
            // A block has tickets, which tell whoever kept the memory that it was sent.
            MoveIntoBlock(Math.Max((nuint)source.ChunkSize, (nuint)headerLength + ((nuint)(Pending + records) * (nuint)sizeof(T))));
        }

        _ = Span(records);
        _memory ??= new PageMemoryManager<T>(_block!, _ticket, (nuint)headerLength, (int)((_limit - _first) / sizeof(T)));
        return _memory.Memory[Pending..];
    }

    /// <summary>The first slots of the last span or memory were filled.</summary>
    internal void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (_limit - _next) / sizeof(T));
        _next += (nint)count * sizeof(T);

        // Whoever had the span may have written beyond what it advances.
        StopClearing();
    }

    /// <summary>Hands out no slot any more without a question: the chunk is about to be sent, and stays here while that waits.</summary>
    internal void StopClearing() => _cleared = _next;

    /// <summary>Gets whether the records lie on the heap: then they are copied, and the chunk stays here.</summary>
    internal bool IsOnHeap => _heap is not null;

    /// <summary>Gets the block that the chunk lies in, if it lies in one.</summary>
    internal PageBlock? Block => _block;

    /// <summary>Gets where the chunk begins, with the room before its records. There must be records in it.</summary>
    internal nint Address
    {
        get
        {
            Debug.Assert(_first is not null, "records lie in a chunk");
            return (nint)_first - headerLength;
        }
    }

    /// <summary>Takes the chunk out, to be sent. Nobody writes into it any more. There must be records in a block.</summary>
    internal PageBlock Leave()
    {
        PageBlock block = _block!;
        bool left = block.TryLeave(_ticket, PageBufferState.Sent);
        Debug.Assert(left, "nobody else has the ticket");
        Forget();
        return block;
    }

    /// <summary>Starts anew in the same chunk, whose records were copied.</summary>
    internal void Empty() => _next = _cleared = _acquired = _first;

    /// <summary>Takes a chunk back whose send did not touch the pipe.</summary>
    internal void TakeBack(PageBlock block, int records)
    {
        (_block, _ticket) = (block, block.HandOutAgain());
        Use(block.Address, block.Length);
        _next = _cleared = _acquired = _first + ((nint)records * sizeof(T));
    }

    /// <summary>Gives the chunk back to its pool, with whatever is in it.</summary>
    internal void GiveBack()
    {
        if (_block is not { } block)
        {
            Forget();
            FreeHeap();
            return;
        }

        bool left = block.TryLeave(_ticket, PageBufferState.Disposed);
        Debug.Assert(left, "nobody else has the ticket");
        Forget();
        block.Return(BlockFate.Reusable);
    }

    /// <summary>
    /// Clears the next slots in one go, at least <paramref name="records"/> of them. That is more than hygiene: a page
    /// that was read lies in the reader's cache, and a store to it waits for the line to come over, while clearing whole
    /// lines takes them over without (docs/kernel.md, "Thresholds").
    /// </summary>
    private void Acquire(int records)
    {
        byte* wanted = _next + ((nint)records * sizeof(T));
        if (wanted <= _acquired)
        {
            return;
        }

        byte* from = _acquired > _next ? _acquired : _next;
        nint window = Math.Max((nint)(wanted - from), AcquireWindow / sizeof(T) * sizeof(T));
        _acquired = from + Math.Min(window, (nint)(_limit - from));
        NativeMemory.Clear(from, (nuint)(_acquired - from));
    }

    private void Use(nint address, nuint bytes)
    {
        _first = (byte*)address + headerLength;
        _limit = _first + ((bytes - (nuint)headerLength) / (nuint)sizeof(T) * (nuint)sizeof(T));
    }

    private void FreeHeap()
    {
        _heap?.Unpin();
        _heap = null;
    }

    private void Forget()
    {
        _block = null;
        _memory = null;
        _first = _next = _cleared = _acquired = _limit = null;
    }
}
