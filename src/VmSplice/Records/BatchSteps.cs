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

    /// <summary>What is read of the blocks behind one that must be there whole: it is moved before more of it is read.</summary>
    private const int MostAhead = 64 * 1024;

    private readonly RecordLayout _layout = CheckedLayout.Of<T>();
    private readonly Receiver _receiver;
    private readonly bool _framed;
    private readonly bool _choosesReadSize;
    private readonly bool _readsAhead;
    private readonly BlocksInPlace _inPlace;
    private readonly IncomingBytes _bytes;

    // Where in the stream the first of them stands.
    private long _position;

    // Records of the current block that were not handed out.
    private long _remaining;

    // Bytes behind those records: they are used with the last one.
    private uint _tailLength;
    private byte _tag;

    // Where this is another build's, records are made anew.
    private SentRecord _sent = SentRecord.Of<T>(sizeof(T));
    private Repacking<T>? _repacking;
    private bool _headerTaken;
    private bool _ended;
    private bool _sourceEnded;

    // Of a reader that was asked for a copy.
    private TakenRecords? _taken;

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
        int most = Math.Clamp(_choosesReadSize ? RecordStreamFormat.DefaultChunkSize : readSize, RecordStreamFormat.BlockHeaderLength, MostReadSize);
        _bytes = new IncomingBytes(most, sizeof(T));
        _remaining = framed ? 0 : long.MaxValue;
    }

    /// <summary>Gets the records handed out so far.</summary>
    internal long RecordsRead { get; private set; }

    /// <summary>Gets whether the sender's memory was joined.</summary>
    internal bool IsInPlace => _inPlace.IsJoined;

    /// <summary>Gets what the header says of the sender, once it was taken.</summary>
    internal RecordStreamFlags Sender { get; private set; }

    /// <summary>Gets the array in which batches lie now, if they do.</summary>
    internal byte[]? Array => _repacking?.Array ?? _bytes.Array;

    /// <summary>Gets where the texts and lists of the last batch lie.</summary>
    internal BatchTail Tail { get; private set; }

    /// <summary>Gets whether the next batch returns the block of the last one to the sender.</summary>
    internal bool HasUsedBlock => _inPlace.HasUsedBlock;

    /// <summary>Gets the bytes of the current block that were not used, with its texts and lists.</summary>
    private long RestOfBlock => (_remaining * _sent.Size) + _tailLength;

    /// <summary>Gets whether the records that come have texts or lists, as far as this build knows.</summary>
    private bool HasTails => TailFields<T>.Any && _sent.HasTails;

    /// <summary>Gets the bytes of the header, as far as is known.</summary>
    private int HeaderLength => _bytes.Count < RecordStreamFormat.HeaderLength
        ? RecordStreamFormat.HeaderLength : RecordStreamFormat.HeaderLengthOf(Front(RecordStreamFormat.HeaderLength));

    /// <summary>Takes the header, where there is one to take.</summary>
    internal bool TryTakeHeader()
    {
        if (!_framed || _headerTaken)
        {
            return true;
        }

        if (!IsThere(HeaderLength))
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
        if (_taken is not null && _taken.TryPeek(out BatchPlace again))
        {
            Tail = again.Tail;
            batch = Take(again.First, again.Records, isAgain: true);
            return true;
        }

        while (!_ended)
        {
            if (_inPlace.Remaining != 0)
            {
                Tail = _inPlace.Tail;
                batch = Take(_inPlace.Next, (int)Math.Min(_inPlace.Remaining, int.MaxValue / _sent.Size));
                _inPlace.Advance(batch.Length);
                return true;
            }

            _inPlace.ReturnBlock();

            if (!TrySkipTail())
            {
                return false;
            }

            int whole = (int)Math.Min(_remaining, _bytes.Count / _sent.Size);
            if (whole > 0 && (!HasTails || _bytes.Count >= RestOfBlock))
            {
                Tail = HasTails ? new BatchTail(_bytes.First + (nint)RestOfBlock, _tailLength, _tag) : default;
                batch = Take(_bytes.First, whole);
                _remaining -= _framed ? batch.Length : 0;
                _bytes.Skip(batch.Length * _sent.Size);
                return true;
            }

            if (!TryTakeHeader() || !IsThere(NextPiece))
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
        Span<byte> free = _bytes.Free(coming: _framed ? RestOfBlock : 0, inOnePiece: NextPiece);
        int most = headerAlone ? HeaderLength - _bytes.Count : (int)Math.Min(BytesWithinStream(), Math.Min(_bytes.ReadSize, free.Length));
        if (!_receiver.Steps.TryRead(free[..most], out int read))
        {
            return false;
        }

        _bytes.Add(read);
        _sourceEnded = read == 0;
        return true;
    }

    /// <summary>Keeps in mind from now on what was taken, so that it can be put back.</summary>
    internal TakenRecords KeepTaken()
    {
        _taken ??= new TakenRecords();
        _taken.Begin();
        return _taken;
    }

    /// <summary>Puts the last records back that were taken: they come first in the next batch. Nothing was read since, and no block returned.</summary>
    internal void PutBack(long records)
    {
        _taken!.PutBack(records);
        RecordsRead -= records;
        _position -= records * _sent.Size;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _repacking?.Release();
        _inPlace.Dispose();
    }

    /// <summary>Hands out records that are there.</summary>
    private ReadOnlySpan<T> Take(nint first, int whole, bool isAgain = false)
    {
        // SAFETY: they were read into memory that this object owns, or lie in a block that it has not returned. Every block header is a
        // multiple of a cache line and every record of its alignment, so the records are aligned.
        ReadOnlySpan<T> batch = _repacking is null ? new ReadOnlySpan<T>((void*)first, whole) : _repacking.Make(first, whole);
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

        if (TailFields<T>.Any)
        {
            int within = TailFields<T>.CountWithin(batch, Tail);
            if (within == 0)
            {
                throw TailFields<T>.Invalid(in batch[0], Tail, RecordsRead, _position);
            }

            batch = batch[..within];
        }

        _position += (long)batch.Length * _sent.Size;
        RecordsRead += batch.Length;
        if (isAgain)
        {
            _taken!.TakeAgain(batch.Length);
        }
        else
        {
            _taken?.Add(new BatchPlace(first, batch.Length, _sent.Size, Tail));
            Instruments.CountRecords(Instruments.Receive, batch.Length);
        }

        return batch;
    }

    private void TakeHeader()
    {
        if (_bytes.Count < HeaderLength)
        {
            throw new RecordStreamException(
                _bytes.Count == 0 ? StreamFault.NotBegun : StreamFault.Cut,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The stream ended before its header ({_bytes.Count} of {Counted.Bytes(HeaderLength)}): the sender ended without flushing or "
                        + $"completing anything."),
                0,
                _bytes.Count);
        }

        int length = HeaderLength;
        Sender = RecordStreamFormat.ReadHeader(Front(length), _layout, out int size);
        if (size != sizeof(T))
        {
            _sent = SentRecord.Of<T>(size);
            _repacking = new Repacking<T>(size);
            _inPlace.RecordSize = size;
        }

        if (_choosesReadSize && Sender.HasFlag(RecordStreamFlags.SharesPages))
        {
            _bytes.ReadSize = RecordStreamFormat.SharedReadSize;
        }

        if (Sender.HasFlag(RecordStreamFlags.Recycles))
        {
            _receiver.SenderPages.NoteRecycling();
        }

        Skip(length);
        _headerTaken = true;
    }

    private void TakeBlockHeader()
    {
        if (_bytes.Count < RecordStreamFormat.BlockHeaderLength)
        {
            _inPlace.ThrowIfDropped(RecordsRead, _position);
            throw CutBeforeNext();
        }

        ReadOnlySpan<byte> header = Front(RecordStreamFormat.BlockHeaderLength);
        switch (BinaryPrimitives.ReadUInt32LittleEndian(header))
        {
            case Invitation.Magic:
                _inPlace.Join(Invitation.Read(header));
                _receiver.IsReadInPlace = _inPlace.IsJoined;
                break;
            case BlockReference.Magic:
                _inPlace.Find(BlockReference.Read(header), RecordsRead, _position);
                break;
            default:
                // Nothing is taken over before all was checked: whoever reads again after an exception gets the same one, and no record.
                uint records = RecordStreamFormat.ReadBlockHeader(header, RecordsRead, _position);
                (uint tailLength, byte tag) = RecordStreamFormat.ReadTail(header);
                _sent.ThrowIfNoTail(records, tailLength, RecordsRead, _position);
                (_remaining, _tailLength, _tag) = (records, tailLength, tag);
                _ended = _remaining == 0;
                _receiver.IsReadInPlace &= !_ended;
                break;
        }

        Skip(RecordStreamFormat.BlockHeaderLength);
    }

    /// <summary>A whole record is there, or the stream has ended: where it may, or inside of one.</summary>
    private void CheckRecord()
    {
        if (_bytes.Count >= NextPiece)
        {
            return;
        }

        if (!_framed && _bytes.Count == 0)
        {
            _ended = true;
            return;
        }

        if (HasTails)
        {
            throw new RecordStreamException(
                StreamFault.Cut,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The stream was cut {Counted.Bytes(_bytes.Count)} into a block of {Counted.Bytes(RestOfBlock)}, at byte {_position + _bytes.Count}. "
                        + $"Records that arrived whole, with their texts: {RecordsRead}."),
                RecordsRead,
                _position + _bytes.Count);
        }

        throw new RecordStreamException(
            StreamFault.Cut,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The stream was cut {Counted.Bytes(_bytes.Count)} into record {RecordsRead} of {Counted.Bytes(_sent.Size)}, at byte "
                    + $"{_position + _bytes.Count}. Records that arrived whole: {RecordsRead}."),
            RecordsRead,
            _position + _bytes.Count);
    }

    private RecordStreamException CutBeforeNext() => new(
        StreamFault.Cut,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The stream was cut before record {RecordsRead}, at byte {_position + _bytes.Count}: the sender ended without completing it. Records "
                + $"that arrived: {RecordsRead}."),
        RecordsRead,
        _position + _bytes.Count);

    // What must be there before anything can be done: a record, or a block with texts, or the header of the next one.
    private long NextPiece => _remaining == 0 ? RecordStreamFormat.BlockHeaderLength : HasTails ? RestOfBlock : _sent.Size;

    /// <summary>Whether so many bytes are there, or will never come. Else there is room for them now.</summary>
    private bool IsThere(long count) => _bytes.Has(count) || _sourceEnded;

    /// <summary>
    /// Passes over the texts and lists of a block whose records were all used. They were there before those, unless this build does not know them.
    /// </summary>
    /// <returns><see langword="false"/> where more of them must be read first.</returns>
    private bool TrySkipTail()
    {
        while (_remaining == 0 && _tailLength != 0)
        {
            if (_bytes.Count == 0)
            {
                if (!IsThere(1))
                {
                    return false;
                }

                throw CutBeforeNext();
            }

            int there = (int)Math.Min(_tailLength, _bytes.Count);
            Skip(there);
            _tailLength -= (uint)there;
        }

        return true;
    }

    /// <summary>
    /// How much may be read without taking a byte of what follows this stream on the same pipe: the rest of the block,
    /// and the block header that always comes after it.
    /// </summary>
    private long BytesWithinStream()
    {
        if (!_framed || (_readsAhead && !HasTails))
        {
            return long.MaxValue;
        }

        long ahead = RestOfBlock + RecordStreamFormat.BlockHeaderLength + (_headerTaken ? 0 : HeaderLength);
        return ahead - _bytes.Count + (_readsAhead ? MostAhead : 0);
    }

    private ReadOnlySpan<byte> Front(int count) => _bytes.Front(count);

    private void Skip(int count)
    {
        _bytes.Skip(count);
        _position += count;
    }
}
