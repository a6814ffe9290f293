using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using VmSplice.CompilerServices;
using VmSplice.Memory;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Reads records in batches, straight out of the memory that read(2) filled: one copy, by the kernel; or out of the
/// sender's own memory, without a copy (<see cref="IsInPlace"/>). Checks that the
/// stream is of the right layout and whole, and that every <see cref="bool"/> and enum has a valid value.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
/// <remarks>
/// Not for several threads at once. Nothing is allocated per record; <see cref="ReadBatchAsync"/> allocates one small object a batch, which
/// is what lets a batch that was kept throw.
/// </remarks>
public sealed class RecordReader<T> : IDisposable, IAsyncEnumerable<ReadOnlyMemory<T>>
    where T : unmanaged, ISpliceable<T>
{
    private readonly SpliceReader _reader;
    private readonly BatchSteps<T> _steps;
    private readonly BatchRead<T> _batches;
    private readonly bool _framed;
    private readonly bool _leaveOpen;

    /// <summary>Creates a reader on the receiving end of a pipe, which it owns from now on.</summary>
    /// <param name="reader">The receiving end.</param>
    /// <param name="options">How the stream is laid out; the writer must agree.</param>
    /// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
    /// <exception cref="NotSupportedException">Its records have texts or lists, and the stream is not framed.</exception>
    public RecordReader(SpliceReader reader, RecordReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        options ??= RecordReaderOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.ReadSize);
        if (!options.Framed)
        {
            TailFields<T>.ThrowIfAny("a stream that is not framed");
        }

        _reader = reader;
        _framed = options.Framed;
        _leaveOpen = options.LeaveOpen;
        _steps = new BatchSteps<T>(
            reader.Receiver,
            options.Framed,
            options.ReadSize,
            readsAhead: !_leaveOpen && reader.Receiver.End.IsExclusive,
            mayJoin: options.InPlace);
        _batches = new BatchRead<T>(_steps, new CallGate($"RecordReader<{typeof(T).Name}>", "record reader"), reader.Receiver);
    }

    /// <summary>
    /// Gets whether records are read in the sender's own memory (<see cref="RecordReaderOptions.InPlace"/>). Not so at first, and never with
    /// another user's sender.
    /// </summary>
    public bool IsInPlace => _steps.IsInPlace;

    /// <summary>Gets the records handed out so far.</summary>
    public long RecordsRead => _steps.RecordsRead;

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
        _batches.RunHeader();
        return new RecordStreamHeader(_steps.Sender);
    }

    /// <summary>Reads the stream's header as <see cref="ReadHeader"/> does, and waits for it without a thread.</summary>
    /// <param name="cancellationToken">Ends the wait. Nothing is lost.</param>
    /// <inheritdoc cref="ReadHeader"/>
    public async ValueTask<RecordStreamHeader> ReadHeaderAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfUnframed();
        await _batches.StartHeader(cancellationToken).ConfigureAwait(false);
        return new RecordStreamHeader(_steps.Sender);
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
    public ReadOnlySpan<T> ReadBatch() => _batches.Run();

    /// <summary>Reads the next records of one block as <see cref="ReadBatch"/> does, and waits without a thread where none is.</summary>
    /// <param name="cancellationToken">Ends the wait. Nothing is lost: the next call goes on where this one stopped.</param>
    /// <returns>
    /// The records; empty at the end of the stream. They are valid until the next call of any member that reads, or
    /// <see cref="Dispose"/>: the memory is the reader's own. An access afterwards throws <see cref="ObjectDisposedException"/>. Copy
    /// what you want to keep.
    /// </returns>
    /// <exception cref="RecordStreamException">As of <see cref="ReadBatch"/>.</exception>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the batch was waited for.</exception>
    public ValueTask<ReadOnlyMemory<T>> ReadBatchAsync(CancellationToken cancellationToken = default) => _batches.Start(cancellationToken);

    /// <summary>
    /// Copies all records that are left to a writer, with their texts and lists, and sends what came before it waits for more. The way to pass a stream on
    /// of which records were read, also where that is done in place (<see cref="IsInPlace"/>).
    /// </summary>
    /// <param name="destination">
    /// It stays open, and goes on behind these records: its stream is not completed. Do not use it before this has ended.
    /// </param>
    /// <returns>How many records were copied, all of them sent.</returns>
    /// <remarks>
    /// Also where this fails, no record is lost and none is copied twice: <see cref="RecordsRead"/> says how many this reader is done with, and it goes
    /// on behind them. Where the destination's pipe is broken, that is behind the last record that it accepted
    /// (<see cref="BrokenPipeException.RecordsAccepted"/>): copy the rest to another writer.
    /// A batch read before is not valid any more (VMS2003), nor are slots of the destination. All of a read, or of a block that lies in the sender's memory,
    /// is sent before the next one. Of records that an older or newer build sent, the destination gets those of this build.
    /// </remarks>
    /// <exception cref="RecordStreamException">As of <see cref="ReadBatch"/>; the good records before it were copied and sent.</exception>
    /// <exception cref="BrokenPipeException">The destination's reader is gone.</exception>
    /// <exception cref="IncompleteSendException">An earlier flush of the destination was cancelled or failed half-way.</exception>
    /// <exception cref="InvalidOperationException">Another call of this reader or of the destination is under way.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The destination was completed, or one of the two disposed, before or while this waited: at once for the one that it waits for, and for the other
    /// one when that wait is over.
    /// </exception>
    public long CopyTo(RecordWriter<T> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return RecordCopy<T>.Run(_batches, _steps, destination.Sender);
    }

    /// <summary>Copies all records that are left as <see cref="CopyTo"/> does, and waits without a thread, for more and for room.</summary>
    /// <param name="destination">As of <see cref="CopyTo"/>.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. Nothing is lost: what the destination took and has not sent is still in it (<see cref="RecordWriter{T}.RecordsWritten"/>), and goes
    /// with its next flush; this reader goes on behind that. Where its pipe had accepted a part of what was sent, nothing can follow there
    /// (<see cref="IncompleteSendException"/>), and this reader goes on behind the last whole record of that part.
    /// </param>
    /// <inheritdoc cref="CopyTo"/>
    public Task<long> CopyToAsync(RecordWriter<T> destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return RecordCopy<T>.RunAsync(_batches, _steps, destination.Sender, cancellationToken);
    }

    /// <summary>Gets the characters of a text, in UTF-8. They lie in the reader's memory; nothing is copied.</summary>
    /// <param name="text">A field of a record of the last batch, or of a copy of one.</param>
    /// <returns>Valid as long as the batch (VMS2003). That it is UTF-8 is not checked.</returns>
    /// <exception cref="InvalidOperationException">The record is of a batch that the reader has moved on from; or another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    public ReadOnlySpan<byte> GetText(SpliceText text) => GetItems(text.Place, 1, 1);

    /// <summary>Gets a text as a string, which may be kept. What is no valid UTF-8 becomes U+FFFD.</summary>
    /// <inheritdoc cref="GetText"/>
    /// <returns>A new string; the one empty string for an empty text.</returns>
    public string GetString(SpliceText text) => Encoding.UTF8.GetString(GetText(text));

    /// <summary>Gets the items of a list. They lie in the reader's memory; nothing is copied.</summary>
    /// <typeparam name="TItem">As the field says it.</typeparam>
    /// <param name="list">A field of a record of the last batch, or of a copy of one.</param>
    /// <returns>Valid as long as the batch (VMS2003).</returns>
    /// <inheritdoc cref="GetText"/>
    public ReadOnlySpan<TItem> GetList<TItem>(SpliceList<TItem> list)
        where TItem : unmanaged
        => MemoryMarshal.Cast<byte, TItem>(GetItems(list.Place, Unsafe.SizeOf<TItem>(), TailItem.AlignmentOf<TItem>()));

    /// <summary>Gets an enumerator over all the records that are left: <c>foreach (ref readonly Tick tick in reader)</c>.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>
    /// Walks through all batches that are left: <c>await foreach (ReadOnlyMemory&lt;Tick&gt; batch in reader)</c>. A batch
    /// is valid until the loop asks for the next one.
    /// </summary>
    /// <param name="cancellationToken">Ends the loop. Nothing is lost.</param>
    public async IAsyncEnumerator<ReadOnlyMemory<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ReadOnlyMemory<T> batch = await ReadBatchAsync(cancellationToken).ConfigureAwait(false);
            if (batch.IsEmpty)
            {
                yield break;
            }

            yield return batch;
        }
    }

    /// <summary>
    /// Closes the receiving end. A call that waits, in a thread or without one, ends with
    /// <see cref="ObjectDisposedException"/>. Batches handed out must not be used any more: their memory is unmapped, beside a
    /// call once that has ended.
    /// </summary>
    public void Dispose()
    {
        if (!_batches.TryEnd())
        {
            return;
        }

        if (!_leaveOpen)
        {
            _reader.Dispose();
        }
        else
        {
            _reader.Receiver.Interrupt();
        }
    }

    private ReadOnlySpan<byte> GetItems(TailPlace place, int size, int alignment)
    {
        _batches.ThrowIfBusy();
        if (place.IsNone)
        {
            return default;
        }

        // Looked at again, although it was when it arrived: a sender in place could have changed it, and a copy may be an old one.
        return _steps.Tail.TryFind(place, size, alignment, out ReadOnlySpan<byte> items) ? items : throw new InvalidOperationException(
            "This text or list is of a batch that the reader has moved on from, and its memory holds others. Read it before the next batch, and copy "
                + "what you want to keep (GetString, ToArray).");
    }

    private void ThrowIfUnframed()
    {
        if (!_framed)
        {
            throw new InvalidOperationException("This stream has no header: its options say that it is not framed. Nothing is known of its sender, so "
                + "read the records and do not pass its pages on.");
        }
    }

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
