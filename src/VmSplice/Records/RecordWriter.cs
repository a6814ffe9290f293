using System.Buffers;
using System.Runtime.CompilerServices;
using VmSplice.CompilerServices;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Writes records one after another into page-aligned chunks and moves each full chunk into the pipe. Records are built
/// in place: <see cref="Next"/> hands out the slot.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
/// <remarks>
/// Not for several threads at once: a call beside one that sends throws <see cref="InvalidOperationException"/>. Only <see cref="Complete"/> ends the
/// stream well. <see cref="Dispose"/> without it abandons the
/// stream, as a transaction scope does, so that an exception inside <c>using</c> does not pass for the end (VMS2014). Nothing is
/// allocated per record or chunk. While a flush is not awaited, every other member throws <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class RecordWriter<T> : IBufferWriter<T>, IDisposable, IAsyncDisposable
    where T : unmanaged, ISpliceable<T>
{
    private readonly SpliceWriter _writer;
    private readonly RecordSender<T> _sender;
    private readonly ChunkSlots<T> _slots;
    private readonly TailWriter<T> _tails;
    private readonly bool _leaveOpen;

    /// <summary>Creates a writer on the sending end of a pipe, which it owns from now on.</summary>
    /// <param name="writer">The sending end.</param>
    /// <param name="options">How to lay out the stream; the reader must agree.</param>
    /// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
    /// <exception cref="NotSupportedException">Its records have texts or lists, and the stream is not framed.</exception>
    public RecordWriter(SpliceWriter writer, RecordWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        options ??= RecordWriterOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.ChunkSize);
        _writer = writer;
        _sender = new RecordSender<T>(writer.Sender, options.Framed, options.ChunkSize, options.InPlace);
        _slots = _sender.Slots;
        _tails = new TailWriter<T>(_sender);
        _leaveOpen = options.LeaveOpen;
    }

    /// <summary>Gets what sends, for a copy of a stream.</summary>
    internal RecordSender<T> Sender => _sender;

    /// <summary>Gets the records written so far, sent or not.</summary>
    public long RecordsWritten => _sender.RecordsWritten;

    /// <summary>
    /// Gets whether the reader has joined, so that long chunks are read where they lie. Not so at first, and never with a foreign reader
    /// or with another user's (<see cref="RecordWriterOptions.InPlace"/>).
    /// </summary>
    public bool IsInPlace => _sender.IsInPlace;

    /// <summary>
    /// Gets how many records fit before one of the other members sends the chunk, and blocks while the pipe is full. Asynchronous code
    /// that fills slots awaits <see cref="FlushAsync"/> at 0; <see cref="WriteAsync"/> does that itself.
    /// </summary>
    public int FreeSlots => _slots.Free;

    /// <summary>
    /// Hands out the slot of the next record, cleared. Fill it before the next call of any member: then the writer moves
    /// on, and the reference must not be used again (VMS2003).
    /// </summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe ref T Next()
    {
        if (!_slots.TryTake(out T* slot))
        {
            slot = _sender.TakeNewSlot();
        }

        // SAFETY: a whole record of a chunk that is owned here, until the next call.
        return ref *slot;
    }

    /// <summary>Copies a record.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    public unsafe void Write(in T record)
    {
        TailFields<T>.ThrowIfNotEmpty(new ReadOnlySpan<T>(in record));
        if (!_slots.TryTake(out T* slot))
        {
            slot = _sender.TakeNewSlot();
        }

        // SAFETY: as in Next.
        *slot = record;
        if (TailFields<T>.Any)
        {
            _slots.CloseLast();
        }
    }

    /// <summary>Copies records.</summary>
    /// <param name="records">The records.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed, before or while this waited.</exception>
    public void Write(ReadOnlySpan<T> records) => _sender.Write(records);

    /// <summary>
    /// Copies records, and waits without a thread where a full chunk must be sent and the pipe is full. What the last chunk has
    /// room for is sent by a later call. The memory must not change until this has ended.
    /// </summary>
    /// <param name="records">The records; none is fine.</param>
    /// <param name="cancellationToken">
    /// As of <see cref="FlushAsync"/>. Where the records stay, <see cref="RecordsWritten"/> says how many were taken: go on behind
    /// them.
    /// </param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier flush was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">The call before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed, before or while this waited.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<T> records, CancellationToken cancellationToken = default)
        => _sender.WriteAsync(records, cancellationToken);

    /// <summary>Gets free slots; their content is unspecified. Valid until the next call of another member (VMS2003).</summary>
    /// <param name="sizeHint">The fewest slots wanted; 0 for at least one.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    public Span<T> GetSpan(int sizeHint = 0) => _sender.GetSpan(sizeHint);

    /// <summary>As <see cref="GetSpan"/>. Once the chunk was sent, an access throws.</summary>
    /// <param name="sizeHint">The fewest slots wanted; 0 for at least one.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    public Memory<T> GetMemory(int sizeHint = 0) => _sender.GetMemory(sizeHint);

    /// <summary>Says that the first <paramref name="count"/> slots of the last span or memory were filled.</summary>
    /// <param name="count">Records.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than there are slots.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
    public void Advance(int count) => _sender.Advance(count);

    /// <summary>Puts a text behind the records, for the record whose slot <see cref="Next"/> handed out last, in UTF-8.</summary>
    /// <param name="text">The characters. What is no valid UTF-16 becomes U+FFFD.</param>
    /// <returns>What to store in a field of that record: <c>e.Message = writer.AddText(message)</c>.</returns>
    /// <remarks>Sends nothing, and leaves the slot valid (VMS2003), unlike every other member. Several texts may be added to one record.</remarks>
    /// <exception cref="ArgumentException">It has more than 16,777,215 bytes.</exception>
    /// <exception cref="InvalidOperationException">The record is not one that <see cref="Next"/> handed out last, or a call is not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
    public SpliceText AddText(ReadOnlySpan<char> text) => _tails.Add(text);

    /// <summary>As <see cref="AddText(ReadOnlySpan{char})"/>, for a text that is UTF-8 already. It is not checked.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <inheritdoc cref="AddText(ReadOnlySpan{char})"/>
    public SpliceText AddText(ReadOnlySpan<byte> utf8) => _tails.Add(utf8);

    /// <summary>
    /// As <see cref="AddText(ReadOnlySpan{char})"/>, for an interpolated string, which is formatted as UTF-8 with the invariant culture and never
    /// becomes a <see cref="string"/>: <c>e.Message = writer.AddText($"user {id} logged in")</c>.
    /// </summary>
    /// <param name="text">Made by the compiler.</param>
    /// <inheritdoc cref="AddText(ReadOnlySpan{char})"/>
    public SpliceText AddText(ref Utf8TextHandler text)
    {
        SpliceText added = _tails.Add(text.Text);
        text.Release();
        return added;
    }

    /// <summary>Puts a list behind the records, for the record whose slot <see cref="Next"/> handed out last.</summary>
    /// <typeparam name="TItem">As the field says it.</typeparam>
    /// <param name="items">The items, which are copied.</param>
    /// <returns>What to store in a field of that record: <c>s.Values = writer.AddList(values)</c>.</returns>
    /// <remarks>As of <see cref="AddText(ReadOnlySpan{char})"/>.</remarks>
    /// <exception cref="ArgumentException">There are more than 16,777,215 items, or 1 GiB.</exception>
    /// <exception cref="InvalidOperationException">The record is not one that <see cref="Next"/> handed out last, or a call is not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
    public SpliceList<TItem> AddList<TItem>(params ReadOnlySpan<TItem> items)
        where TItem : unmanaged
        => _tails.AddList(items);

    /// <summary>Sends what was written. A few records are copied (write(2)), many are moved.</summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed.</exception>
    public void Flush() => _sender.Flush();

    /// <summary>Sends what was written, and waits without a thread while the pipe is full.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait. Before the pipe accepted any of it, the records stay and can be flushed again. After a part was
    /// accepted, the <see cref="OperationCanceledException"/> has an <see cref="IncompleteSendException"/> inside, which every
    /// later call throws.
    /// </param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier flush was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">The flush before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the writer disposed, before or while the flush waited.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => _sender.FlushAsync(cancellationToken);

    /// <summary>
    /// Sends what was written and ends the stream, so that the reader knows that this is all. The last call on a way that went well;
    /// once is enough.
    /// </summary>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier flush was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">A flush is not awaited, or another thread's call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed before, or while this waited.</exception>
    public void Complete() => _sender.Complete();

    /// <summary>
    /// Sends what was written and ends the stream, so that the reader knows that this is all; waits without a thread while
    /// the pipe is full. Once is enough; after a cancellation that left the pipe untouched it can be called again.
    /// </summary>
    /// <param name="cancellationToken">As of <see cref="FlushAsync"/>.</param>
    /// <exception cref="BrokenPipeException">The reader is gone; says how many records got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier flush was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">The flush before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while this waited.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => _sender.CompleteAsync(cancellationToken);

    /// <summary>
    /// Closes the sending end. Where the stream was not completed, this abandons it: what was not sent is dropped, and the reader gets
    /// a <see cref="RecordStreamException"/> that says how many records arrived (without <see cref="RecordWriterOptions.Framed"/>
    /// it cannot know). Neither waits nor throws. A call that waits, in a thread or without one, ends with
    /// <see cref="ObjectDisposedException"/>. Where it had sent a part of a block to an end that stays open
    /// (<see cref="RecordWriterOptions.LeaveOpen"/>), nothing can follow there: the next send throws <see cref="IncompleteSendException"/>.
    /// </summary>
    public void Dispose()
    {
        _sender.End();
        if (!_leaveOpen)
        {
            _writer.Dispose();
        }
        else
        {
            _sender.Interrupt();
        }
    }

    /// <summary>As <see cref="Dispose"/>, which does not wait either: for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
