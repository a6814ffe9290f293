using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// The bytes of a stream that were read and not used yet, one behind another in memory of this reader: a few KiB of the heap, until a read
/// has filled them or something is known not to fit; then pages.
/// </summary>
/// <param name="readSize">The most bytes to read at once.</param>
/// <param name="pieceLength">Bytes of the longest piece that one read may cut, beside a block's header.</param>
internal sealed unsafe class IncomingBytes(int readSize, int pieceLength) : IDisposable
{
    /// <summary>As much as one message has (PIPE_BUF).</summary>
    private const int MostOnHeap = Limits.PIPE_BUF;

    private PinnedBytes? _heap;
    private PageMapping? _pages;
    private bool _lastReadFilled;

    // What is there: [_start, _end) of the memory.
    private int _start;
    private int _end;

    /// <summary>Gets or sets the most bytes to read at once.</summary>
    internal int ReadSize { get; set; } = readSize;

    /// <summary>Gets how many there are.</summary>
    internal int Count => _end - _start;

    /// <summary>Gets where the first one lies; a multiple of 64, as long as all that was skipped is.</summary>
    internal nint First => Address + _start;

    /// <summary>Gets the array in which they lie now, if they do.</summary>
    internal byte[]? Array => _heap?.Array;

    private nint Address => _heap?.Address ?? _pages!.Address;

    private int Room => _heap?.Length ?? (int)(_pages?.Length ?? 0);

    private int HeapLength => Math.Min(ReadSize, MostOnHeap);

    // SAFETY: this object owns the memory until it is disposed: by the call that is under way then, when that has ended.
    private Span<byte> Memory => new((void*)Address, Room);

    /// <summary>Gets the first bytes.</summary>
    internal ReadOnlySpan<byte> Front(int count) => Memory.Slice(_start, count);

    /// <summary>The first bytes were used.</summary>
    internal void Skip(int count) => _start += count;

    /// <summary>Whether so many are there.</summary>
    internal bool Has(long count) => Count >= count;

    /// <summary>
    /// Gets where to read more. What is there is moved to the front, so that the rest has room behind it: what was skipped is gone only now, so that
    /// a copy can put it back (<see cref="TakenRecords"/>).
    /// </summary>
    /// <param name="coming">Bytes that are known to come, beside those that are there.</param>
    /// <param name="inOnePiece">Bytes that must lie one behind another, with those that are there.</param>
    internal Span<byte> Free(long coming, long inOnePiece)
    {
        if (_start != 0)
        {
            // A cut record or header, or a part of a block: what a ring would cut in two.
            Memory[_start.._end].CopyTo(Memory);
            _end -= _start;
            _start = 0;
        }

        if (_pages is null)
        {
            bool isLong = _lastReadFilled || coming > Room - Count;
            if (_heap is null && HeapLength >= RecordStreamFormat.BlockHeaderLength + pieceLength)
            {
                _heap = new PinnedBytes(HeapLength, cleared: false);
            }
            else if (_heap is null || isLong)
            {
                // Room for a whole read behind the cut record that the last one left.
                MoveIntoPages((nuint)ReadSize + (nuint)pieceLength + RecordStreamFormat.BlockHeaderLength);
            }
        }
        else if (_end == Room && inOnePiece > Room)
        {
            // No further ahead of what has arrived than that again: what is said to come need not.
            MoveIntoPages((nuint)Math.Min(inOnePiece, 2L * Room));
        }

        return Memory[_end..];
    }

    /// <summary>So many were read.</summary>
    internal void Add(int count)
    {
        _end += count;
        _lastReadFilled = _end == Room;
    }

    public void Dispose()
    {
        _heap?.Unpin();
        _pages?.Dispose();
    }

    private void MoveIntoPages(nuint length)
    {
        nuint pageSize = (nuint)Environment.SystemPageSize;
        PageMapping pages = PageMapping.Map((length + pageSize - 1) & ~(pageSize - 1), hugePages: false);
        if (Room != 0)
        {
            // SAFETY: both are this object's, and the mapping is the longer one.
            Memory[_start.._end].CopyTo(new Span<byte>((void*)pages.Address, (int)pages.Length));
            _end -= _start;
            _start = 0;
            Dispose();
            _heap = null;
        }

        _pages = pages;
    }
}
