using System.Globalization;
using VmSplice.Diagnostics;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Reads records in batches, straight out of the memory that read(2) filled: one copy, by the kernel. Checks that the
/// stream is of the right layout and whole, and that every <see cref="bool"/> and enum has a valid value.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
/// <remarks>Not for several threads at once. Nothing is allocated per record; <see cref="ReadBatchAsync"/> allocates one small object a batch, which is what lets a batch that was kept throw.</remarks>
public sealed unsafe partial class RecordReader<T> : IDisposable
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>The most bytes to read at once: places in the buffer, which holds a little more, are 32-bit numbers.</summary>
    private const int MostReadSize = 1 << 30;

    /// <summary>Bytes of a batch whose records must be checked one by one.</summary>
    private const int ValidatedBatch = 16 * 1024;

    private readonly RecordLayout _layout;
    private readonly SpliceReader _reader;
    private readonly bool _framed;
    private readonly bool _leaveOpen;
    private readonly bool _choosesReadSize;
    private readonly PageMapping _memory;
    private readonly CallGate _gate = new($"RecordReader<{typeof(T).Name}>", "record reader");
    private int _readSize;

    private int _start;
    private int _end;
    private long _position;
    private long _remaining;
    private bool _headerRead;
    private bool _ended;
    private RecordStreamFlags _sender;

    /// <summary>Creates a reader on the receiving end of a pipe, which it owns from now on.</summary>
    /// <param name="reader">The receiving end.</param>
    /// <param name="options">How the stream is laid out; the writer must agree.</param>
    public RecordReader(SpliceReader reader, RecordReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        options ??= RecordReaderOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.ReadSize);
        _layout = CheckedLayout.Of<T>();
        _reader = reader;
        _framed = options.Framed;
        _leaveOpen = options.LeaveOpen;
        _choosesReadSize = options.ReadSize == 0;
        _readSize = Math.Clamp(_choosesReadSize ? RecordStreamFormat.DefaultChunkSize : options.ReadSize, RecordStreamFormat.BlockHeaderLength, MostReadSize);

        // Room for a whole read behind the cut record that the last one left.
        nuint pageSize = (nuint)Environment.SystemPageSize;
        nuint wanted = (nuint)_readSize + (nuint)sizeof(T) + RecordStreamFormat.BlockHeaderLength;
        _memory = PageMapping.Map((wanted + pageSize - 1) & ~(pageSize - 1), hugePages: false);
        _remaining = _framed ? 0 : long.MaxValue;
    }

    /// <summary>Gets the records handed out so far.</summary>
    public long RecordsRead { get; private set; }

    /// <summary>
    /// Reads the stream's header, and waits for it where it is not there yet: so it is known that the sender has begun, that its
    /// layout is this one, and what it does with its pages. Whoever does not ask need not call this; the first batch reads it too.
    /// </summary>
    /// <returns>What it says; the same each time.</returns>
    /// <exception cref="RecordStreamException">The header is cut, or that of another stream or layout.</exception>
    /// <exception cref="InvalidOperationException">
    /// The stream has no header (<see cref="RecordReaderOptions.Framed"/>); or another call is under way: of another thread, or
    /// one that was not awaited.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the header was waited for.</exception>
    public RecordStreamHeader ReadHeader()
    {
        ThrowIfUnframed();
        _gate.Enter();
        try
        {
            TakeHeader();
        }
        finally
        {
            Exit();
        }

        return new RecordStreamHeader(_sender);
    }

    /// <summary>
    /// Reads the next records of one block, as many of it as are there, and waits where none is. A block is what the sender sent
    /// at once: a chunk, or what it flushed. So 50 flushes that wait in the pipe are at least 50 batches.
    /// </summary>
    /// <returns>The records, valid until the next call or <see cref="Dispose"/> (VMS2003); empty at the end of the stream.</returns>
    /// <exception cref="RecordStreamException">
    /// The stream is cut, damaged, laid out differently, or has a record with an invalid value; says which record and byte.
    /// Good records before it in the same batch are handed out first.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another call is under way: of another thread, or one that was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the batch was waited for.</exception>
    public ReadOnlySpan<T> ReadBatch()
    {
        _gate.Enter();
        ReadOnlySpan<T> batch;
        try
        {
            EndBatch("The reader has moved on to another batch, and reuses this one's memory. Copy what you want to keep.");
            batch = NextBatch();
        }
        finally
        {
            Exit();
        }

        // What was read lies in memory that is unmapped by now.
        _gate.ThrowIfEnded();
        return batch;
    }

    /// <summary>Gets an enumerator over all the records that are left: <c>foreach (ref readonly Tick tick in reader)</c>.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>
    /// Closes the receiving end. A call that waits, in a thread or without one, ends with
    /// <see cref="ObjectDisposedException"/>. Batches handed out must not be used any more: their memory is unmapped, beside a
    /// call once that has ended.
    /// </summary>
    public void Dispose()
    {
        if (!_gate.TryEnd(out bool isUnused))
        {
            return;
        }

        EndBatch("The reader was disposed, and its memory with it. Copy what you want to keep.");
        if (isUnused)
        {
            _memory.Dispose();
        }

        if (!_leaveOpen)
        {
            _reader.Dispose();
        }
        else
        {
            _reader.InterruptRead();
        }
    }

    /// <summary>Gets what lets one call at a time in.</summary>
    internal CallGate Gate => _gate;

    /// <summary>Ends a call. <see langword="true"/> where the reader was disposed meanwhile.</summary>
    internal bool Exit()
    {
        bool isLast = _gate.Exit();
        if (isLast)
        {
            _memory.Dispose();
        }

        return isLast;
    }

    private void ThrowIfUnframed()
    {
        if (!_framed)
        {
            throw new InvalidOperationException("This stream has no header: its options say that it is not framed. Nothing is known of its sender, so read the records and do not pass its pages on.");
        }
    }

    private ReadOnlySpan<T> NextBatch()
    {
        TakeHeader();
        while (!_ended)
        {
            int whole = (int)Math.Min(_remaining, (_end - _start) / sizeof(T));
            if (whole > 0)
            {
                return Take(whole);
            }

            if (_remaining > 0)
            {
                FillRecord();
            }
            else
            {
                ReadBlockHeader();
            }
        }

        return default;
    }

    private ReadOnlySpan<T> Take(int whole)
    {
        // SAFETY: [_start, _end) was filled by read(2); this object owns the mapping. Every block header is a multiple of
        // a cache line and every record of its alignment, so the records are aligned.
        var batch = new ReadOnlySpan<T>((byte*)_memory.Address + _start, whole);
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

        _start += batch.Length * sizeof(T);
        _position += (long)batch.Length * sizeof(T);
        RecordsRead += batch.Length;
        if (_framed)
        {
            _remaining -= batch.Length;
        }

        Instruments.CountRecords(Instruments.Receive, batch.Length);
        return batch;
    }

    private void TakeHeader()
    {
        if (_headerRead || !_framed)
        {
            return;
        }

        if (!Fill(RecordStreamFormat.HeaderLength))
        {
            throw new RecordStreamException(
                _end == _start ? StreamFault.NotBegun : StreamFault.Cut,
                string.Create(CultureInfo.InvariantCulture, $"The stream ended before its header ({_end - _start} of {RecordStreamFormat.HeaderLength} bytes): the sender ended without flushing or completing anything."),
                0,
                _end - _start);
        }

        _sender = RecordStreamFormat.ReadHeader(Buffered(RecordStreamFormat.HeaderLength), _layout);
        if (_choosesReadSize && _sender.HasFlag(RecordStreamFlags.SharesPages))
        {
            _readSize = RecordStreamFormat.SharedReadSize;
        }

        if (_sender.HasFlag(RecordStreamFlags.Recycles))
        {
            _reader.NoteSenderRecycles();
        }

        Skip(RecordStreamFormat.HeaderLength);
        _headerRead = true;
    }

    private void ReadBlockHeader()
    {
        if (!Fill(RecordStreamFormat.BlockHeaderLength))
        {
            throw new RecordStreamException(
                StreamFault.Cut,
                string.Create(CultureInfo.InvariantCulture, $"The stream was cut before record {RecordsRead}, at byte {_position + _end - _start}: the sender ended without completing it. Records that arrived: {RecordsRead}."),
                RecordsRead,
                _position + _end - _start);
        }

        _remaining = RecordStreamFormat.ReadBlockHeader(Buffered(RecordStreamFormat.BlockHeaderLength), RecordsRead, _position);
        Skip(RecordStreamFormat.BlockHeaderLength);
        _ended = _remaining == 0;
    }

    /// <summary>Reads until at least one whole record is there, or the stream ends where it may.</summary>
    private void FillRecord()
    {
        if (Fill(sizeof(T)))
        {
            return;
        }

        if (!_framed && _end == _start)
        {
            _ended = true;
            return;
        }

        throw new RecordStreamException(
            StreamFault.Cut,
            string.Create(CultureInfo.InvariantCulture, $"The stream was cut {Counted.Bytes(_end - _start)} into record {RecordsRead} of {Counted.Bytes(sizeof(T))}, at byte {_position + _end - _start}. Records that arrived whole: {RecordsRead}."),
            RecordsRead,
            _position + _end - _start);
    }

    /// <summary>Reads until <paramref name="count"/> bytes are buffered; <see langword="false"/> where the stream ends before.</summary>
    private bool Fill(int count)
    {
        MakeRoom(count);
        while (_end - _start < count)
        {
            int read = 0;
            while (!_sourceEnded && !_reader.TryRead(Room(), ref read))
            {
                _reader.WaitForData();
                _gate.ThrowIfEnded();
            }

            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    /// <summary>Where the next read goes. The call keeps the memory.</summary>
    private ReadGoal Room()
        => new(new ReadDestination(_memory.Address + _end, NextRead, block: null, ticket: 0), ElementSize: 1, UntilFull: false, MustBeFull: false);

    /// <summary>Moves what is buffered to the front where the next <paramref name="count"/> bytes need it.</summary>
    private void MakeRoom(int count)
    {
        if (_end - _start < count && _start != 0)
        {
            // At most a cut record or header: a few bytes, where a ring would cut every span in two.
            Span<byte> all = Buffer;
            all[_start.._end].CopyTo(all);
            _end -= _start;
            _start = 0;
        }
    }

    private int NextRead => (int)Math.Min(BytesWithinStream(), Math.Min(_readSize, Buffer.Length - _end));

    /// <summary>
    /// How much may be read without taking a byte of what follows this stream on the same pipe: the rest of the block,
    /// and the block header that always comes after it.
    /// </summary>
    private long BytesWithinStream()
    {
        if (!_framed)
        {
            return long.MaxValue;
        }

        long ahead = (_remaining * sizeof(T)) + RecordStreamFormat.BlockHeaderLength + (_headerRead ? 0 : RecordStreamFormat.HeaderLength);
        return ahead - (_end - _start);
    }

    private ReadOnlySpan<byte> Buffered(int count) => Buffer.Slice(_start, count);

    private void Skip(int count)
    {
        _start += count;
        _position += count;
    }

    // SAFETY: this object owns the mapping until it is disposed, and then until the call under way has ended.
    private Span<byte> Buffer => new((void*)_memory.Address, (int)_memory.Length);

    /// <summary>Walks through all records, batch by batch.</summary>
    public ref struct Enumerator
    {
        private readonly RecordReader<T> _reader;
        private ReadOnlySpan<T> _batch;
        private int _index;

        internal Enumerator(RecordReader<T> reader)
        {
            _reader = reader;
            _index = -1;
        }

        /// <summary>Gets the current record, valid until the next <see cref="MoveNext"/>.</summary>
        public readonly ref readonly T Current => ref _batch[_index];

        /// <summary>Moves to the next record, and waits where none is there.</summary>
        public bool MoveNext()
        {
            if (++_index < _batch.Length)
            {
                return true;
            }

            _batch = _reader.ReadBatch();
            _index = 0;
            return !_batch.IsEmpty;
        }
    }
}
