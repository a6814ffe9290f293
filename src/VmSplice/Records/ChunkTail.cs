using System.Runtime.InteropServices;

namespace VmSplice.Records;

/// <summary>
/// The back of a chunk that is being filled, where the texts and lists of its records lie. It grows towards the records. Places in it are
/// counted from its end, so that all of it can be moved.
/// </summary>
internal sealed unsafe class ChunkTail
{
    /// <summary>What a block with texts or lists is a multiple of: they keep the alignment that they have here, and so does the next block.</summary>
    internal const int BlockAlignment = 64;

    /// <summary>A gap of at most this part of a chunk is sent along: moving the tail would cost more.</summary>
    private const int LargestGap = 16;

    /// <summary>Bytes that are cleared in one go before they are written, as slots are.</summary>
    private const int AcquireWindow = 16 * 1024;

    private byte* _first;
    private byte* _limit;

    // From here on the bytes were cleared, or were written already.
    private byte* _acquired;
    private byte* _start;
    private byte* _end;

    /// <summary>Gets where it begins: records may be written up to here.</summary>
    internal byte* Start => _start;

    /// <summary>Gets the bytes in it.</summary>
    internal int Length => (int)(_end - _start);

    /// <summary>Gets what tells its places from those of other chunks.</summary>
    internal byte Tag { get; private set; }

    private Span<byte> Bytes => new(_start, Length);

    /// <summary>Begins an empty one.</summary>
    /// <param name="first">Where the records of its chunk begin.</param>
    /// <param name="limit">Behind the last byte of the chunk.</param>
    /// <param name="tag">What no other chunk has that is about.</param>
    internal void Begin(byte* first, byte* limit, byte tag)
    {
        _first = first;
        _limit = _start = _end = _acquired = first + ((limit - first) & -BlockAlignment);
        Tag = tag;
    }

    /// <summary>Begins one in another chunk, with all that is in <paramref name="other"/>, whose places stay true.</summary>
    internal void BeginWith(ChunkTail other, byte* first, byte* limit)
    {
        Span<byte> bytes = other.Bytes;
        Begin(first, limit, other.Tag);
        _start = _acquired = _end - bytes.Length;
        bytes.CopyTo(Bytes);
    }

    /// <summary>Is from now on what <paramref name="other"/> was, which is forgotten.</summary>
    internal void Adopt(ChunkTail other)
    {
        _first = other._first;
        _limit = other._limit;
        _start = _acquired = other._start;
        _end = other._end;
        Tag = other.Tag;
        other.Forget();
    }

    /// <summary>Forgets where it lies.</summary>
    internal void Forget() => _first = _limit = _start = _end = _acquired = null;

    /// <summary>Takes so many bytes for items.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="alignment">What their place, counted from the end, must be a multiple of.</param>
    /// <param name="floor">Behind the last record: nothing may lie before it.</param>
    /// <returns>Where they lie; <see langword="null"/> where there is no room.</returns>
    internal byte* TryTake(long bytes, int alignment, byte* floor)
    {
        long fromEnd = (_end - _start + bytes + alignment - 1) & -alignment;
        if (fromEnd > _end - floor)
        {
            return null;
        }

        _start = _end - fromEnd;
        if (_start < _acquired)
        {
            Acquire(floor);
        }

        return _start;
    }

    /// <summary>
    /// Clears some of what lies between the records and the tail. A page that was read lies in the reader's cache, and clearing whole lines takes them over
    /// without waiting for each (docs/kernel.md, "Thresholds").
    /// </summary>
    private void Acquire(byte* floor)
    {
        byte* from = _start - floor > AcquireWindow ? _start - AcquireWindow : floor;

        // SAFETY: free room of the chunk, which its record writer owns: behind the last record, and before what was added.
        NativeMemory.Clear(from, (nuint)(_acquired - from));
        _acquired = from;
    }

    /// <summary>Says where the items lie that were taken last.</summary>
    internal TailPlace PlaceOfLast(int items) => new((uint)Length, items, Tag);

    /// <summary>Gets it as a reader sees it.</summary>
    internal BatchTail AsBatchTail() => new((nint)_end, Length, Tag);

    /// <summary>The bytes from the first record to the end of the block, if it is sent with so many bytes of records.</summary>
    internal int BodyLength(int recordsLength)
    {
        int whole = (int)(_end - _first);
        int tight = (recordsLength + Length + BlockAlignment - 1) & -BlockAlignment;
        return recordsLength == 0 ? 0 : whole - tight <= whole / LargestGap ? whole : tight;
    }

    /// <summary>Moves it next to the records, where the gap is long, so that both are sent in one piece.</summary>
    internal void Seal(int recordsLength) => MoveTo(_first + BodyLength(recordsLength));

    /// <summary>Moves it back to the end of its chunk: that was not sent, and may be filled further.</summary>
    internal void Unseal() => MoveTo(_limit);

    /// <summary>Goes on with a chunk that was sealed and not sent.</summary>
    internal void TakeBack(byte* first, byte* limit, in ChunkBody body)
    {
        Begin(first, limit, body.Tag);
        _end = first + body.Length;
        _start = _end - body.TailLength;
        Unseal();
    }

    private void MoveTo(byte* end)
    {
        Span<byte> bytes = Bytes;
        _end = end;
        _start = _acquired = end - bytes.Length;
        bytes.CopyTo(Bytes);
    }
}
