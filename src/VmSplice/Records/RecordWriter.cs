using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using VmSplice.Memory;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Writes records one after another into page-aligned chunks and moves each full chunk into the pipe. Records are built
/// in place: <see cref="Next"/> hands out the slot.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
/// <remarks>
/// Not for several threads at once: a call beside one that sends throws <see cref="InvalidOperationException"/>. Only <see cref="Complete"/> ends the stream well. <see cref="Dispose"/> without it abandons the
/// stream, as a transaction scope does, so that an exception inside <c>using</c> does not pass for the end (VMS2014). Nothing is
/// allocated per record or chunk.
/// </remarks>
public sealed unsafe partial class RecordWriter<T> : IBufferWriter<T>, IDisposable
    where T : unmanaged, ISpliceable<T>
{
    private readonly SpliceWriter _writer;
    private readonly bool _sharesChunks;
    private readonly RecordFraming _framing;
    private readonly bool _leaveOpen;
    private readonly int _chunkSize;
    private readonly int _blockHeaderLength;

    private readonly CallGate _gate = new($"RecordWriter<{typeof(T).Name}>", "record writer");
    private bool _completed;

    /// <summary>Creates a writer on the sending end of a pipe, which it owns from now on.</summary>
    /// <param name="writer">The sending end.</param>
    /// <param name="options">How to lay out the stream; the reader must agree.</param>
    public RecordWriter(SpliceWriter writer, RecordWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        options ??= RecordWriterOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.ChunkSize);
        _writer = writer;
        _framing = new RecordFraming(writer, CheckedLayout.Of<T>(), options.Framed);
        _leaveOpen = options.LeaveOpen;
        _blockHeaderLength = _framing.BlockHeaderLength;
        _chunkSize = Math.Max(options.ChunkSize == 0 ? RecordStreamFormat.DefaultChunkSize : options.ChunkSize, _blockHeaderLength + sizeof(T));
        _sharesChunks = writer.Sender.Sharing.WouldShare((nuint)_chunkSize);
    }

    /// <summary>Gets the records written so far, sent or not.</summary>
    public long RecordsWritten => _framing.RecordsSent + _flushedRecords + Pending;

    /// <summary>
    /// Hands out the slot of the next record, cleared. Fill it before the next call of any member: then the writer moves
    /// on, and the reference must not be used again (VMS2003).
    /// </summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
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
    public void Write(ReadOnlySpan<T> records)
    {
        while (!records.IsEmpty)
        {
            Span<T> free = GetSpan();
            int count = Math.Min(free.Length, records.Length);
            records[..count].CopyTo(free);
            Advance(count);
            records = records[count..];
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
        _gate.ThrowIfBusy();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (_limit - _next) / sizeof(T));
        _next += (nint)count * sizeof(T);

        // Whoever had the span may have written beyond what it advances.
        _cleared = _next;
    }

    /// <summary>Sends what was written. A few records are copied (write(2)), many are moved.</summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
    public void Flush()
    {
        Enter();
        try
        {
            Send();
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>
    /// Sends what was written and ends the stream, so that the reader knows that this is all. The last call on a way that went well;
    /// once is enough.
    /// </summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="TornSendException">An earlier flush was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">A flush is not awaited, or another thread's call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed before, or while this waited.</exception>
    public void Complete()
    {
        if (_completed)
        {
            return;
        }

        Enter();
        try
        {
            Send();
            SendEnd();
            _completed = true;
        }
        finally
        {
            Exit();
        }

        End();
    }

    /// <summary>
    /// Closes the sending end. Where the stream was not completed, this abandons it: what was not sent is dropped, and the reader gets
    /// a <see cref="RecordStreamException"/> that says how many records arrived (without <see cref="RecordWriterOptions.Framed"/>
    /// it cannot know). Neither waits nor throws. A call that waits, in a thread or without one, ends with
    /// <see cref="ObjectDisposedException"/>. Where it had sent a part of a block to an end that stays open
    /// (<see cref="RecordWriterOptions.LeaveOpen"/>), nothing can follow there: the next send throws <see cref="TornSendException"/>.
    /// </summary>
    public void Dispose()
    {
        End();
        if (!_leaveOpen)
        {
            _writer.Dispose();
        }
        else
        {
            _writer.Sender.Interrupt(_gate);
        }
    }

    /// <summary>Begins a call that may send.</summary>
    private void Enter()
    {
        ThrowIfCompleted();
        _gate.Enter();
        if (_framing.Failure is { } failure)
        {
            Exit();
            throw failure;
        }
    }

    /// <summary>Ends a call. Where this was disposed beside it, the call does now what is left to do.</summary>
    private void Exit()
    {
        if (_gate.Exit())
        {
            GiveUp();
        }
    }

    private void ThrowIfCompleted()
    {
        if (_completed)
        {
            throw new ObjectDisposedException($"RecordWriter<{typeof(T).Name}>", "The stream was completed: nothing can follow in it. Create another record writer for more.");
        }
    }

    /// <summary>Sends what was written. The caller has entered.</summary>
    private void Send()
    {
        try
        {
            SendHeader();
            SendPending();
        }
        catch (IOException e)
        {
            throw _framing.Fail(e);
        }
    }

    private void SendHeader()
    {
        if (_framing.NeedsHeader)
        {
            Span<byte> header = stackalloc byte[RecordStreamFormat.HeaderLength];
            _framing.WriteHeader(header, _sharesChunks);
            _writer.Sender.Write(header, _gate);
            _framing.HeaderIsSent();
        }
    }

    private void SendPending()
    {
        int pending = Pending;
        if (pending == 0)
        {
            return;
        }

        Debug.Assert(_block is not null, "records lie in a block");
        PageBlock block = _block;
        nuint bytes = _framing.Frame(block, pending);

        // The chunk stays here while it waits, and slots that are cleared ahead would be handed out to another thread without a question.
        _cleared = _next;
        if (_writer.Sender.Sharing.WouldShare(bytes))
        {
            bool left = block.TryLeave(_ticket, PageBufferState.Sent);
            Debug.Assert(left, "nobody else has the ticket");
            ForgetBlock();
            _writer.Sender.SendBlock(block, bytes, _gate);
        }
        else
        {
            _writer.Sender.Write(block.Address, bytes, _gate);
            _next = _cleared = _acquired = _first;
        }

        _framing.BlockIsSent(bytes, pending);
    }

    private void SendEnd()
    {
        if (!_framing.IsFramed)
        {
            return;
        }

        Span<byte> end = stackalloc byte[RecordStreamFormat.BlockHeaderLength];
        _framing.WriteEnd(end);
        try
        {
            _writer.Sender.Write(end, _gate);
        }
        catch (IOException e)
        {
            throw _framing.Fail(e);
        }
    }

    private void End()
    {
        if (_gate.TryEnd(out bool isUnused) && isUnused)
        {
            GiveUp();
        }
    }

    /// <summary>
    /// Gives the chunk back. Where the stream was neither completed nor has failed, says that no more comes and that this is not all:
    /// the pipe's end alone would say so too, but it does not come where the pipe is left open.
    /// </summary>
    private void GiveUp()
    {
        ReturnBlock();
        if (_completed || _framing.Failure is not null || !_framing.IsFramed)
        {
            return;
        }

        // Dropped where the writer is disposed before there is room.
        int headerLength = _framing.NeedsHeader ? RecordStreamFormat.HeaderLength : 0;
        byte[] mark = new byte[headerLength + RecordStreamFormat.BlockHeaderLength];
        if (headerLength != 0)
        {
            _framing.WriteHeader(mark, _sharesChunks);
        }

        _framing.WriteAbandoned(mark.AsSpan(headerLength));
        _ = SendMarkAsync(mark);
    }
}
