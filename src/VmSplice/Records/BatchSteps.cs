using System.Buffers.Binary;
using System.Globalization;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;
using VmSplice.InPlace;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Takes one batch of records after another out of the memory that read(2) filled, or that the sender shares, and never waits. Where a step answers
/// <see langword="false"/>, <see cref="TryReadMore"/> comes next.
/// </summary>
internal sealed unsafe class BatchSteps<T> : IDisposable
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>The most bytes to read at once: places in the buffer, which holds a little more, are 32-bit numbers.</summary>
    private const int MostReadSize = 1 << 30;

    /// <summary>Bytes of a batch whose records must be checked one by one.</summary>
    private const int ValidatedBatch = 16 * 1024;

    /// <summary>As much as one message has (PIPE_BUF).</summary>
    private const int MostOnHeap = Limits.PIPE_BUF;

    private readonly RecordLayout _layout = CheckedLayout.Of<T>();
    private readonly Receiver _receiver;
    private readonly bool _framed;
    private readonly bool _choosesReadSize;
    private readonly bool _readsAhead;
    private readonly BlocksInPlace _inPlace;
    private int _readSize;

    // Where bytes are read to: a few KiB of the heap, until a read has filled them or a block is known not to fit.
    private PinnedBytes? _heap;
    private PageMapping? _pages;
    private bool _lastReadFilled;

    // What is buffered: [_start, _end) of the memory, which begins at _position of the stream.
    private int _start;
    private int _end;
    private long _position;

    // Records of the current block that were not handed out.
    private long _remaining;
    private bool _headerTaken;
    private bool _ended;
    private bool _sourceEnded;

    /// <summary>Reads batches.</summary>
    /// <param name="receiver">Where from.</param>
    /// <param name="framed">Whether the stream has a header, blocks and an end.</param>
    /// <param name="readSize">The most bytes to read at once; 0 to choose it by what the header says.</param>
    /// <param name="readsAhead">Whether bytes behind the end of the stream may be taken, because nobody else reads this pipe.</param>
    /// <param name="mayJoin">Whether records may be read in the sender's memory.</param>
    internal BatchSteps(Receiver receiver, bool framed, int readSize, bool readsAhead, bool mayJoin)
    {
        _receiver = receiver;
        _framed = framed;
        _choosesReadSize = readSize == 0;
        _readsAhead = readsAhead;
        _inPlace = new BlocksInPlace(receiver.End, sizeof(T), mayJoin);
        _readSize = Math.Clamp(_choosesReadSize ? RecordStreamFormat.DefaultChunkSize : readSize, RecordStreamFormat.BlockHeaderLength, MostReadSize);

        _remaining = framed ? 0 : long.MaxValue;
    }

    /// <summary>Gets the records handed out so far.</summary>
    internal long RecordsRead { get; private set; }

    /// <summary>Gets whether the sender's memory was joined.</summary>
    internal bool IsInPlace => _inPlace.IsJoined;

    /// <summary>Gets what the header says of the sender, once it was taken.</summary>
    internal RecordStreamFlags Sender { get; private set; }

    /// <summary>Gets the array in which batches lie now, if they do.</summary>
    internal byte[]? Array => _heap?.Array;

    private int Buffered => _end - _start;

    private int HeapLength => Math.Min(_readSize, MostOnHeap);

    private nint Address => _heap?.Address ?? _pages!.Address;

    private int Room => _heap?.Length ?? (int)(_pages?.Length ?? 0);

    // SAFETY: this object owns the memory until it is disposed: by the call that is under way then, when that has ended.
    private Span<byte> Buffer => new((void*)Address, Room);

    /// <summary>Takes the header, where there is one to take.</summary>
    internal bool TryTakeHeader()
    {
        if (!_framed || _headerTaken)
        {
            return true;
        }

        if (!IsThere(RecordStreamFormat.HeaderLength))
        {
            return false;
        }

        TakeHeader();
        return true;
    }

    /// <summary>Takes a batch, or notices the end: then it is empty.</summary>
    internal bool TryTakeBatch(out ReadOnlySpan<T> batch)
    {
        batch = default;
        while (!_ended)
        {
            if (_inPlace.Remaining != 0)
            {
                batch = Take(_inPlace.Next, (int)Math.Min(_inPlace.Remaining, int.MaxValue / sizeof(T)));
                _inPlace.Advance(batch.Length);
                return true;
            }

            _inPlace.ReturnBlock();

            int whole = (int)Math.Min(_remaining, Buffered / sizeof(T));
            if (whole > 0)
            {
                batch = Take(Address + _start, whole);
                _remaining -= _framed ? batch.Length : 0;
                _start += batch.Length * sizeof(T);
                return true;
            }

            if (!TryTakeHeader() || !IsThere(_remaining > 0 ? sizeof(T) : RecordStreamFormat.BlockHeaderLength))
            {
                return false;
            }

            if (_remaining > 0)
            {
                CheckRecord();
            }
            else
            {
                TakeBlockHeader();
            }
        }

        return true;
    }

    /// <summary>Reads into the room behind what is buffered, or notices that nothing more will come.</summary>
    /// <param name="headerAlone">Whether to leave all that follows the header in the pipe: whoever asks for it may go on in another way.</param>
    /// <returns><see langword="false"/> where the pipe is empty: wait for it.</returns>
    internal bool TryReadMore(bool headerAlone = false)
    {
        MakeRoom();
        Span<byte> destination = Buffer.Slice(_end, headerAlone ? RecordStreamFormat.HeaderLength - Buffered : NextRead);
        if (!_receiver.Steps.TryRead(destination, out int read))
        {
            return false;
        }

        _end += read;
        _lastReadFilled = _end == Room;
        _sourceEnded = read == 0;
        return true;
    }

    public void Dispose()
    {
        _heap?.Unpin();
        _pages?.Dispose();
        _inPlace.Dispose();
    }

    /// <summary>Makes sure that there is memory, and enough of it for what is coming.</summary>
    private void MakeRoom()
    {
        if (_pages is not null)
        {
            return;
        }

        bool isLong = _lastReadFilled || (_framed && _remaining * sizeof(T) > Room - Buffered);
        if (_heap is null && HeapLength >= RecordStreamFormat.BlockHeaderLength + sizeof(T))
        {
            _heap = new PinnedBytes(HeapLength, cleared: false);
        }
        else if (_heap is null || isLong)
        {
            MoveIntoPages();
        }
    }

    private void MoveIntoPages()
    {
        // Room for a whole read behind the cut record that the last one left.
        nuint pageSize = (nuint)Environment.SystemPageSize;
        nuint wanted = (nuint)_readSize + (nuint)sizeof(T) + RecordStreamFormat.BlockHeaderLength;
        PageMapping pages = PageMapping.Map((wanted + pageSize - 1) & ~(pageSize - 1), hugePages: false);
        if (_heap is not null)
        {
            // SAFETY: both are this object's, and the mapping is the longer one.
            Buffer[_start.._end].CopyTo(new Span<byte>((void*)pages.Address, (int)pages.Length));
            _end -= _start;
            _start = 0;
            _heap.Unpin();
            _heap = null;
        }

        _pages = pages;
    }

    /// <summary>Hands out records that are there.</summary>
    private ReadOnlySpan<T> Take(nint first, int whole)
    {
        // SAFETY: they were read into memory that this object owns, or lie in a block that it has not returned. Every block header is a
        // multiple of a cache line and every record of its alignment, so the records are aligned.
        var batch = new ReadOnlySpan<T>((void*)first, whole);
        if (T.NeedsValidation)
        {
            // Piece by piece, so that the caller finds in the first-level cache what was just checked.
            batch = batch[..Math.Min(batch.Length, Math.Max(1, ValidatedBatch / sizeof(T)))];
            int valid = RecordValidation.CountValid(batch);
            if (valid == 0)
            {
                throw RecordValidation.Invalid(in batch[0], RecordsRead, _position);
            }

            batch = batch[..valid];
        }

        _position += (long)batch.Length * sizeof(T);
        RecordsRead += batch.Length;
        Instruments.CountRecords(Instruments.Receive, batch.Length);
        return batch;
    }

    private void TakeHeader()
    {
        if (Buffered < RecordStreamFormat.HeaderLength)
        {
            throw new RecordStreamException(
                Buffered == 0 ? StreamFault.NotBegun : StreamFault.Cut,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The stream ended before its header ({Buffered} of {RecordStreamFormat.HeaderLength} bytes): the sender ended without flushing or "
                        + $"completing anything."),
                0,
                Buffered);
        }

        Sender = RecordStreamFormat.ReadHeader(Front(RecordStreamFormat.HeaderLength), _layout);
        if (_choosesReadSize && Sender.HasFlag(RecordStreamFlags.SharesPages))
        {
            _readSize = RecordStreamFormat.SharedReadSize;
        }

        if (Sender.HasFlag(RecordStreamFlags.Recycles))
        {
            _receiver.SenderPages.NoteRecycling();
        }

        Skip(RecordStreamFormat.HeaderLength);
        _headerTaken = true;
    }

    private void TakeBlockHeader()
    {
        if (Buffered < RecordStreamFormat.BlockHeaderLength)
        {
            _inPlace.ThrowIfDropped(RecordsRead, _position);
            throw new RecordStreamException(
                StreamFault.Cut,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The stream was cut before record {RecordsRead}, at byte {_position + Buffered}: the sender ended without completing it. Records "
                        + $"that arrived: {RecordsRead}."),
                RecordsRead,
                _position + Buffered);
        }

        ReadOnlySpan<byte> header = Front(RecordStreamFormat.BlockHeaderLength);
        switch (BinaryPrimitives.ReadUInt32LittleEndian(header))
        {
            case Invitation.Magic:
                _inPlace.Join(Invitation.Read(header));
                break;
            case BlockReference.Magic:
                _inPlace.Find(BlockReference.Read(header), RecordsRead, _position);
                break;
            default:
                _remaining = RecordStreamFormat.ReadBlockHeader(header, RecordsRead, _position);
                _ended = _remaining == 0;
                break;
        }

        Skip(RecordStreamFormat.BlockHeaderLength);
    }

    /// <summary>A whole record is there, or the stream has ended: where it may, or inside of one.</summary>
    private void CheckRecord()
    {
        if (Buffered >= sizeof(T))
        {
            return;
        }

        if (!_framed && Buffered == 0)
        {
            _ended = true;
            return;
        }

        throw new RecordStreamException(
            StreamFault.Cut,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The stream was cut {Counted.Bytes(Buffered)} into record {RecordsRead} of {Counted.Bytes(sizeof(T))}, at byte {_position + Buffered}. "
                    + $"Records that arrived whole: {RecordsRead}."),
            RecordsRead,
            _position + Buffered);
    }

    /// <summary>Whether so many bytes are buffered, or will never come. Else there is room for them now.</summary>
    private bool IsThere(int count)
    {
        if (Buffered >= count || _sourceEnded)
        {
            return true;
        }

        if (_start != 0)
        {
            // At most a cut record or header: a few bytes, where a ring would cut every span in two.
            Span<byte> all = Buffer;
            all[_start.._end].CopyTo(all);
            _end -= _start;
            _start = 0;
        }

        return false;
    }

    private int NextRead => (int)Math.Min(BytesWithinStream(), Math.Min(_readSize, Room - _end));

    /// <summary>
    /// How much may be read without taking a byte of what follows this stream on the same pipe: the rest of the block,
    /// and the block header that always comes after it.
    /// </summary>
    private long BytesWithinStream()
    {
        if (!_framed || _readsAhead)
        {
            return long.MaxValue;
        }

        long ahead = (_remaining * sizeof(T)) + RecordStreamFormat.BlockHeaderLength + (_headerTaken ? 0 : RecordStreamFormat.HeaderLength);
        return ahead - Buffered;
    }

    private ReadOnlySpan<byte> Front(int count) => Buffer.Slice(_start, count);

    private void Skip(int count)
    {
        _start += count;
        _position += count;
    }
}
