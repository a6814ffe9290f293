using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// The chunk that is being filled, and its slots: handed out in order, cleared some ahead. Knows nothing of sending. A chunk that is full
/// is sent by somebody else, who takes its block out or empties it. The first records of a stream lie in a few KiB of the heap; when those
/// are full, all move into a block. Texts and lists of the records lie at the back (<see cref="ChunkTail"/>).
/// </summary>
/// <param name="source">Where chunks come from.</param>
/// <param name="headerLength">Room before the records.</param>
internal sealed unsafe class ChunkSlots<T>(IChunkSource source, int headerLength)
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>Bytes that are cleared in one go: well within a first-level cache, long enough for the processor's bulk store.</summary>
    private const int AcquireWindow = 16 * 1024;

    /// <summary>
    /// The same of memory that the reader has mapped, where lines come over from the other processor's cache: the longer the run, the less each
    /// costs (docs/performance.md). The first window of a chunk is short all the same, for streams that flush a few records at a time.
    /// </summary>
    private const int LongAcquireWindow = 64 * 1024;

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
    private byte* _chunkEnd;

    // Up to here somebody may have written already, or it was cleared.
    private byte* _acquired;
    private PageMemoryManager<T>? _memory;

    // Only of records that have texts or lists. Up to _closed no text can be added any more.
    private readonly ChunkTail? _tail = TailFields<T>.Any ? new ChunkTail() : null;
    private byte* _closed;
    private bool _isClosed;

    /// <summary>Gets whether no slot is left that is cleared.</summary>
    internal bool IsUsedUp => _next >= _cleared;

    /// <summary>Gets the records that are in the chunk and not sent.</summary>
    internal int Pending => (int)((_next - _first) / sizeof(T));

    /// <summary>Gets the bytes of those records and of what lies behind them, as they are sent once the chunk is sealed.</summary>
    internal int BodyLength => _tail?.BodyLength(RecordsLength) ?? RecordsLength;

    /// <summary>Gets those bytes. The chunk must be sealed.</summary>
    internal ReadOnlySpan<byte> Body => new(_first, BodyLength);

    /// <summary>Gets what is to be sent, as its block's header says it.</summary>
    internal ChunkBody Content => new(Pending, BodyLength, _tail?.Length ?? 0, _tail?.Tag ?? 0);

    /// <summary>Gets how many records fit before the chunk must be sent.</summary>
    internal int Free
        => _isClosed ? 0
            : _block is null ? ((source.ChunkSize - headerLength - (_tail?.Length ?? 0)) / sizeof(T)) - Pending
            : (int)((_limit - _next) / sizeof(T));

    /// <summary>Gets the texts and lists. Only of records that have such fields.</summary>
    internal ChunkTail Tail => _tail!;

    /// <summary>Gets whether texts can be given to the last record: nothing was done with it since it was handed out.</summary>
    internal bool HasOpenRecord => _next > _closed;

    /// <summary>Gets the last record.</summary>
    internal ref T Last => ref *(T*)(_next - sizeof(T));

    private int RecordsLength => (int)(_next - _first);

    // What the alignment of a tail may cost at its end.
    private int TailSlack => _tail is null ? 0 : ChunkTail.BlockAlignment;

    /// <summary>Takes the next slot, if one is cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryTake(out T* slot)
    {
        // Read once: a Dispose beside this forgets the chunk, and what was asked about is what is handed out.
        // SAFETY: below _cleared lie whole records of a chunk that is owned here.
        slot = (T*)_next;
        if (slot >= _cleared)
        {
            return false;
        }

        _next = (byte*)(slot + 1);
        return true;
    }

    /// <summary>Takes the next slot. There must be one.</summary>
    internal T* Take()
    {
        // SAFETY: the caller made room, so a whole record of the chunk lies here.
        T* slot = (T*)_next;
        _next = (byte*)(slot + 1);
        return slot;
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
        nuint bytes = LengthFor(records, ofTail: 0);
        if (_block is not null)
        {
            // It is empty and too short.
            GiveBack();
        }

        if (!_outgrewHeap && !IsOnHeap && source.HeapLength - headerLength - TailSlack >= (long)records * sizeof(T))
        {
            _heap = new PinnedBytes(source.HeapLength, cleared: true);
            Use(_heap.Address, (nuint)_heap.Length);
            _next = _first;
            _acquired = _cleared = _limit;
            return;
        }

        MoveIntoBlock(bytes);
    }

    /// <summary>Moves the chunk into a block, with all that is in it.</summary>
    internal void MoveIntoBlock(nuint bytes)
    {
        // Before anything changes: there may be no memory.
        PageBlock block = source.Rent(bytes, out long ticket);
        ReadOnlySpan<byte> records = new(_first, RecordsLength);
        byte* first = (byte*)block.Address + headerLength;
        records.CopyTo(new Span<byte>(first, records.Length));
        bool hadChunk = _first is not null;
        if (hadChunk)
        {
            _tail?.BeginWith(_tail, first, (byte*)block.Address + bytes);
        }

        ReleaseMemory();
        (_block, _ticket, _outgrewHeap) = (block, ticket, true);
        Use(block.Address, bytes, beginsTail: !hadChunk);
        _closed = _next = first + records.Length;
        _acquired = _cleared = block.Dirty == 0 ? _limit : _next;
    }

    /// <summary>The bytes of a chunk for what is in this one, and so much more.</summary>
    /// <param name="records">How many records more.</param>
    /// <param name="ofTail">Bytes of texts and lists more.</param>
    internal nuint LengthFor(int records, long ofTail)
        => Math.Max(
            (nuint)source.ChunkSize,
            (nuint)headerLength + ((nuint)(Pending + records) * (nuint)sizeof(T)) + (nuint)(TailSlack + (_tail?.Length ?? 0) + ofTail));

    /// <summary>Makes room for a record, and for so many bytes of its texts and lists.</summary>
    /// <param name="ofTail">How many, with what their alignment may cost.</param>
    /// <returns><see langword="false"/> where the chunk must be sent first.</returns>
    internal bool TryMakeRoom(long ofTail)
    {
        if (_first is null)
        {
            MakeRoom(1);
        }

        if (_isClosed || (_tail!.Start - _next) - sizeof(T) >= ofTail)
        {
            return !_isClosed;
        }

        if (_block is not null && Pending != 0)
        {
            return false;
        }

        nuint length = LengthFor(1, ofTail);
        if (length > RecordStreamFormat.MostBlockLength)
        {
            throw new InvalidOperationException($"A record with {Counted.Bytes(ofTail)} of texts and lists is too long for a block of its own.");
        }

        if (_block is not null)
        {
            // It is empty and too short.
            GiveBack();
        }

        MoveIntoBlock(length);
        return true;
    }

    /// <summary>Takes so many bytes of the back of the chunk for a text or a list of the last record.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="alignment">What their place must be a multiple of.</param>
    /// <param name="reserved">The records that must have room before it.</param>
    /// <param name="items">Where to put them; their content is unspecified.</param>
    /// <returns><see langword="false"/> where there is no room.</returns>
    internal bool TryTakeTail(int bytes, int alignment, int reserved, out Span<byte> items)
    {
        byte* start = _tail!.TryTake(bytes, alignment, _next + ((nint)reserved * sizeof(T)));
        items = new Span<byte>(start, start is null ? 0 : bytes);
        if (start is null)
        {
            return false;
        }

        LowerLimit();
        return true;
    }

    /// <summary>Hands out no slot any more: the chunk is full, although a record would fit.</summary>
    internal void Close()
    {
        _limit = _cleared = _acquired = _next;
        _isClosed = true;
    }

    /// <summary>The last record gets no text any more.</summary>
    internal void CloseLast() => _closed = _next;

    /// <summary>Takes the last record out: it lies in another chunk by now.</summary>
    internal void TakeLastOut() => _closed = _limit = _cleared = _acquired = _next -= sizeof(T);

    /// <summary>Is from now on what <paramref name="other"/> was. What is in this chunk was sent.</summary>
    internal void Adopt(ChunkSlots<T> other)
    {
        ReleaseMemory();
        _memory = null;
        (_block, _ticket, _heap, _outgrewHeap, _isClosed) = (other._block, other._ticket, other._heap, true, false);
        _first = other._first;
        _chunkEnd = other._chunkEnd;
        _closed = _next = _cleared = _acquired = other._next;
        _limit = other._limit;
        _tail!.Adopt(other._tail!);
        (other._block, other._heap) = (null, null);
        other.Forget();
    }

    /// <summary>Brings records and texts together, to be sent in one piece.</summary>
    /// <param name="firstRecord">Which record of the stream the first one is.</param>
    /// <exception cref="InvalidOperationException">A text of one record was given to another.</exception>
    internal void Seal(long firstRecord)
    {
        // As long as the send waits, no slot is handed out without a question.
        StopClearing();
        if (_tail is not null)
        {
            _closed = _next;
            TailFields<T>.ThrowIfShared(new ReadOnlySpan<T>(_first, Pending), _tail.AsBatchTail(), firstRecord);
            _tail.Seal(RecordsLength);
        }
    }

    /// <summary>The chunk was not sent after all, and stays.</summary>
    internal void Unseal() => _tail?.Unseal();

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
    /// <param name="records">How many.</param>
    /// <param name="isCopiedInto">Whether they are filled by one copy, which takes lines over in the same way as clearing does.</param>
    internal Span<T> Span(int records, bool isCopiedInto = false)
    {
        // Whoever gets the span may write into it what it likes.
        StopClearing();
        byte* end = _limit;
        if (_block is not null && (_block.IsMappedByReaders ? !isCopiedInto : source.IsShared))
        {
            Acquire(records);
            end = _acquired;
        }

        // SAFETY: between _first and _limit lie whole records of a block that is owned here.
        return new Span<T>(_next, (int)((end - _next) / sizeof(T)));
    }

    /// <summary>The same as memory, which throws once the chunk is somebody else's.</summary>
    internal Memory<T> Memory(int records)
    {
        if (IsOnHeap)
        {
            // A block has tickets, which tell whoever kept the memory that it was sent.
            MoveIntoBlock(LengthFor(records, ofTail: 0));
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
        if (TailFields<T>.Any)
        {
            // SAFETY: as in Span.
            TailFields<T>.ThrowIfNotEmpty(new ReadOnlySpan<T>(_next, count));
        }

        _next += (nint)count * sizeof(T);
        _closed = _next;

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
    internal void Empty()
    {
        _closed = _next = _cleared = _acquired = _first;
        if (_tail is not null)
        {
            _tail.Begin(_first, _chunkEnd, source.NextTag());
            _limit = _first + ((_tail.Start - _first) / sizeof(T) * sizeof(T));
        }
    }

    /// <summary>Takes a chunk back whose send did not touch the pipe.</summary>
    internal void TakeBack(PageBlock block, in ChunkBody body)
    {
        (_block, _ticket) = (block, block.HandOutAgain());
        Use(block.Address, block.Length, beginsTail: false);
        _closed = _next = _cleared = _acquired = _first + ((nint)body.Records * sizeof(T));
        _tail?.TakeBack(_first, _chunkEnd, body);
        LowerLimit();
    }

    /// <summary>Gives the chunk back to its pool, with whatever is in it.</summary>
    internal void GiveBack()
    {
        ReleaseMemory();
        Forget();
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
        int length = _next != _first && _block is { IsMappedByReaders: true } ? LongAcquireWindow : AcquireWindow;
        nint window = Math.Max((nint)(wanted - from), length / sizeof(T) * sizeof(T));
        _acquired = from + Math.Min(window, (nint)(_limit - from));
        NativeMemory.Clear(from, (nuint)(_acquired - from));
    }

    private void Use(nint address, nuint bytes, bool beginsTail = true)
    {
        _closed = _first = (byte*)address + headerLength;
        _chunkEnd = (byte*)address + bytes;
        _limit = _first + ((bytes - (nuint)headerLength) / (nuint)sizeof(T) * (nuint)sizeof(T));
        if (beginsTail)
        {
            _tail?.Begin(_first, _chunkEnd, source.NextTag());
        }

        LowerLimit();
    }

    /// <summary>No slot lies where a text does.</summary>
    private void LowerLimit()
    {
        if (_tail is null)
        {
            return;
        }

        _limit = _isClosed ? _next : _first + ((_tail.Start - _first) / sizeof(T) * sizeof(T));
        _cleared = _cleared > _limit ? _limit : _cleared;
        _acquired = _acquired > _limit ? _limit : _acquired;
    }

    private void ReleaseMemory()
    {
        _heap?.Unpin();
        _heap = null;
        if (_block is { } block)
        {
            _block = null;
            bool left = block.TryLeave(_ticket, PageBufferState.Disposed);
            Debug.Assert(left, "nobody else has the ticket");
            block.Return(BlockFate.Reusable);
        }
    }

    private void Forget()
    {
        _block = null;
        _memory = null;
        _tail?.Forget();
        _first = _next = _cleared = _acquired = _limit = _chunkEnd = _closed = null;
    }
}
