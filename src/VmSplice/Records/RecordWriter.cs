using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Memory;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Writes records one after another into page-aligned chunks and moves each full chunk into the pipe. Records are built
/// in place: <see cref="Next"/> hands out the slot.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
/// <remarks>
/// Not for several threads at once. <see cref="Dispose"/> completes the stream, as a compressing stream does; call
/// <see cref="Abandon"/> where the records so far must not pass for all of them. Nothing is allocated per record or chunk.
/// </remarks>
public sealed unsafe partial class RecordWriter<T> : IBufferWriter<T>, IDisposable
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>Bytes that are cleared in one go: well within a first-level cache, long enough for the processor's bulk store.</summary>
    private const int AcquireWindow = 16 * 1024;

    private readonly SpliceWriter _writer;
    private readonly bool _sharesChunks;
    private readonly bool _header;
    private readonly bool _leaveOpen;
    private readonly int _chunkSize;
    private readonly int _blockHeaderLength;
    private readonly long _startPosition;

    private PageBlock? _block;
    private long _ticket;
    private byte* _first;
    private byte* _next;
    private byte* _cleared;
    private byte* _acquired;
    private byte* _limit;
    private PageMemoryManager<T>? _memory;
    private long _blockFirstRecord;
    private long _sentBytes;
    private bool _headerSent;
    private IOException? _failure;
    private bool _ended;

    /// <summary>Creates a writer on the sending end of a pipe, which it owns from now on.</summary>
    /// <param name="writer">The sending end.</param>
    /// <param name="options">How to lay out the stream; the reader must agree.</param>
    public RecordWriter(SpliceWriter writer, RecordStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        options ??= RecordStreamOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.ChunkSize);
        _writer = writer;
        _header = options.Header;
        _leaveOpen = options.LeaveOpen;
        _blockHeaderLength = _header ? RecordStreamFormat.BlockHeaderLength : 0;
        _chunkSize = Math.Max(options.ChunkSize == 0 ? RecordStreamFormat.DefaultChunkSize : options.ChunkSize, _blockHeaderLength + sizeof(T));
        _sharesChunks = writer.WouldShare((nuint)_chunkSize);
        _startPosition = writer.BytesAccepted;
        Debug.Assert(T.Layout.Size == sizeof(T), "the generator computed another size than the runtime");
    }

    /// <summary>Gets the records written so far, sent or not.</summary>
    public long RecordsWritten => _blockFirstRecord + _flushedRecords + Pending;

    private int Pending => (int)((_next - _first) / sizeof(T));

    /// <summary>
    /// Hands out the slot of the next record, cleared. Fill it before the next call of any member: then the writer moves
    /// on, and the reference must not be used again (VMS2003).
    /// </summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed or abandoned.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Next()
    {
        if (_next >= _cleared)
        {
            ClearNext();
        }

        // SAFETY: between _first and _limit lie whole records of a block that this writer owns.
        byte* slot = _next;
        _next = slot + sizeof(T);
        return ref *(T*)slot;
    }

    /// <summary>Copies a record.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    public void Write(in T record)
    {
        if (_next >= _cleared)
        {
            ClearNext();
        }

        // SAFETY: as in Next.
        *(T*)_next = record;
        _next += sizeof(T);
    }

    /// <summary>Copies records.</summary>
    /// <param name="records">The records.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    [SuppressMessage("Style", "IDE0057:Use range operator", Justification = "two slices of one place read better so")]
    public void Write(ReadOnlySpan<T> records)
    {
        while (!records.IsEmpty)
        {
            Span<T> free = GetSpan();
            int count = Math.Min(free.Length, records.Length);
            records.Slice(0, count).CopyTo(free);
            Advance(count);
            records = records.Slice(count);
        }
    }

    /// <summary>Gets free slots; their content is unspecified. Valid until the next call of another member (VMS2003).</summary>
    /// <param name="sizeHint">The fewest slots wanted; 0 for at least one.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    public Span<T> GetSpan(int sizeHint = 0)
    {
        byte* end = Reserve(sizeHint);

        // SAFETY: as in Next; Reserve made at least one slot.
        return new Span<T>(_next, (int)((end - _next) / sizeof(T)));
    }

    /// <summary>As <see cref="GetSpan"/>. Once the chunk was sent, an access throws.</summary>
    /// <param name="sizeHint">The fewest slots wanted; 0 for at least one.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    public Memory<T> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        _memory ??= new PageMemoryManager<T>(_block!, _ticket, (nuint)_blockHeaderLength, (int)((_limit - _first) / sizeof(T)));
        return _memory.Memory[Pending..];
    }

    /// <summary>Says that the first <paramref name="count"/> slots of the last span or memory were filled.</summary>
    /// <param name="count">Records.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than there are slots.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (_limit - _next) / sizeof(T));
        _next += (nint)count * sizeof(T);

        // Whoever had the span may have written beyond what it advances.
        _cleared = _next;
    }

    /// <summary>Sends what was written. A few records are copied (write(2)), many are moved.</summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed or abandoned.</exception>
    public void Flush()
    {
        ThrowIfUnusable();
        try
        {
            SendHeader();
            SendPending();
        }
        catch (IOException e)
        {
            throw Fail(e);
        }
    }

    /// <summary>Sends what was written and ends the stream, so that the reader knows that this is all. Once is enough.</summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    public void Complete()
    {
        if (_ended)
        {
            return;
        }

        if (_failure is null)
        {
            Flush();
            SendEnd();
        }

        End();
    }

    /// <summary>
    /// Ends without completing: what was not sent is dropped, and the reader gets an exception that says how many records
    /// arrived (without <see cref="RecordStreamOptions.Header"/> it cannot know).
    /// </summary>
    public void Abandon() => End();

    /// <summary>Completes the stream, unless it was abandoned or failed, and closes the sending end.</summary>
    /// <exception cref="BrokenPipeException">The reader left before the last records; says how many got through.</exception>
    public void Dispose()
    {
        try
        {
            Complete();
        }
        finally
        {
            End();
            if (!_leaveOpen)
            {
                _writer.Dispose();
            }
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        ThrowIfFlushing();
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <summary>Makes room for at least <paramref name="sizeHint"/> records (at least one) and returns where it ends.</summary>
    private byte* Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int records = Math.Max(sizeHint, 1);
        if ((_limit - _next) / sizeof(T) < records)
        {
            MoveOn(records);
        }

        // Whoever gets the span may write into it what it likes.
        _cleared = _next;
        if (!_sharesChunks)
        {
            return _limit;
        }

        Acquire(records);
        return _acquired;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ClearNext()
    {
        if (_limit - _next < sizeof(T))
        {
            MoveOn(1);
            if (_next < _cleared)
            {
                // Fresh from the kernel: all of the chunk is.
                return;
            }
        }

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
        new Span<byte>(from, (int)(_acquired - from)).Clear();
    }

    /// <summary>Sends the chunk and takes a new one with room for at least <paramref name="records"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveOn(int records)
    {
        Flush();
        nuint bytes = Math.Max((nuint)_chunkSize, (nuint)_blockHeaderLength + ((nuint)records * (nuint)sizeof(T)));
        if (_block is not null && _block.Length < bytes)
        {
            ReturnBlock();
        }

        if (_block is null)
        {
            _block = _writer.RentBlock(bytes, out _ticket);
            _first = _next = (byte*)_block.Address + _blockHeaderLength;
            _limit = _first + ((bytes - (nuint)_blockHeaderLength) / (nuint)sizeof(T) * (nuint)sizeof(T));
            _acquired = _cleared = _block.IsZeroed ? _limit : _first;
        }
    }

    private void SendHeader()
    {
        if (_headerSent || !_header)
        {
            return;
        }

        Span<byte> header = stackalloc byte[RecordStreamFormat.HeaderLength];
        RecordStreamFormat.WriteHeader(header, T.Layout, _writer.Recycles);
        _writer.Write(header);
        _headerSent = true;
        _sentBytes += header.Length;
    }

    private void SendPending()
    {
        int pending = Pending;
        if (pending == 0)
        {
            return;
        }

        Debug.Assert(_block is not null, "records lie in a block");
        if (_header)
        {
            // SAFETY: the block starts with room for its header.
            RecordStreamFormat.WriteBlockHeader(new Span<byte>((void*)_block.Address, _blockHeaderLength), pending, _blockFirstRecord);
        }

        nuint bytes = (nuint)_blockHeaderLength + ((nuint)pending * (nuint)sizeof(T));
        if (_writer.WouldShare(bytes))
        {
            PageBlock block = _block;
            bool left = block.TryLeave(_ticket, PageBufferState.Sent);
            Debug.Assert(left, "nobody else has the ticket");
            ForgetBlock();
            _writer.SendBlock(block, bytes);
        }
        else
        {
            _writer.WriteBlock(_block.Address, bytes);
            _next = _cleared = _acquired = _first;
        }

        _sentBytes += (long)bytes;
        _blockFirstRecord += pending;
        Instruments.CountRecords(Instruments.Transmit, pending);
    }

    private void SendEnd()
    {
        if (!_header)
        {
            return;
        }

        Span<byte> end = stackalloc byte[RecordStreamFormat.BlockHeaderLength];
        RecordStreamFormat.WriteBlockHeader(end, 0, _blockFirstRecord);
        try
        {
            _writer.Write(end);
        }
        catch (IOException e)
        {
            throw Fail(e);
        }
    }

    private IOException Fail(IOException cause)
    {
        if (cause is BrokenPipeException broken)
        {
            long accepted = _blockFirstRecord + RecordsOfPartialBlock(broken.BytesAccepted);
            long unread = Math.Min(accepted, (broken.BytesUnread + sizeof(T) - 1) / sizeof(T));
            cause = BrokenPipeException.ForRecords(broken, accepted, unread, T.Layout.Name);
        }

        _failure = cause;
        return cause;
    }

    // What the pipe took of the block that failed: everything accepted since, less the headers.
    private long RecordsOfPartialBlock(long bytesAccepted)
    {
        long ofBlock = bytesAccepted - _startPosition - _sentBytes - _blockHeaderLength;
        return Math.Max(0, ofBlock / sizeof(T));
    }

    private void End()
    {
        _ended = true;
        if (_block is not null)
        {
            ReturnBlock();
        }
    }

    private void ReturnBlock()
    {
        PageBlock block = _block!;
        bool left = block.TryLeave(_ticket, PageBufferState.Disposed);
        Debug.Assert(left, "nobody else has the ticket");
        ForgetBlock();
        block.Pool.Return(block, BlockFate.Reusable);
    }

    private void ForgetBlock()
    {
        _block = null;
        _memory = null;
        _first = _next = _cleared = _acquired = _limit = null;
    }
}
