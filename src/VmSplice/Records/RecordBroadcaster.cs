using System.Buffers;
using System.Runtime.CompilerServices;
using VmSplice.Records;

namespace VmSplice;

/// <summary>
/// Writes one stream of records to several readers, each with a pipe of its own. A record is written once. Readers of ours read it where it
/// lies, in one memory for all; any other reader gets its bytes. Each of them is an ordinary <see cref="RecordReader{T}"/>, or a foreign program.
/// </summary>
/// <typeparam name="T">A <see cref="SpliceableAttribute">[Spliceable]</see> struct.</typeparam>
/// <remarks>
/// Not for several threads at once, as <see cref="RecordWriter{T}"/>, whose members these are. What is flushed goes to the readers in the
/// background; a reader that is behind holds up nobody until it is <see cref="RecordBroadcasterOptions.Backlog"/> chunks behind. Then
/// <see cref="RecordBroadcasterOptions.SlowReader"/> decides. A reader that leaves is noted in <see cref="Readers"/>, and the others go on; where none
/// is left, every call throws <see cref="BrokenPipeException"/>. Only <see cref="Complete"/> ends the stream well (VMS2014).
/// </remarks>
public sealed class RecordBroadcaster<T> : IBufferWriter<T>, IDisposable, IAsyncDisposable
    where T : unmanaged, ISpliceable<T>
{
    private readonly BroadcastSender<T> _sender;
    private readonly ChunkSlots<T> _slots;
    private readonly bool _leaveOpen;

    /// <summary>Creates a broadcaster on the sending ends of some pipes, which it owns from now on.</summary>
    /// <param name="writers">The sending ends; none where all are <see cref="RecordBroadcasterOptions.ForeignReaders"/>.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">There is no pipe, or one of them twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option that cannot be.</exception>
    /// <exception cref="InvalidOperationException">The type has not the size that its layout describes: another source generator adds fields to it.</exception>
    public RecordBroadcaster(IEnumerable<SpliceWriter> writers, RecordBroadcasterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writers);
        options ??= RecordBroadcasterOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.ChunkSize);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Backlog);
        ArgumentOutOfRangeException.ThrowIfEqual(options.Backlog, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.DropAfter, TimeSpan.Zero);
        SpliceWriter[] all = [.. writers];
        if (all.Length + options.ForeignReaders.Count == 0)
        {
            throw new ArgumentException("A broadcast needs the pipe of at least one reader.", nameof(writers));
        }

        if (all.Concat(options.ForeignReaders).Distinct().Count() != all.Length + options.ForeignReaders.Count)
        {
            throw new ArgumentException("One pipe is given twice: its reader would get every record twice. Give each reader a pipe of its own.",
                nameof(writers));
        }

        _sender = new BroadcastSender<T>(all, options);
        _slots = _sender.Slots;
        _leaveOpen = options.LeaveOpen;
        Readers = [.. _sender.Stream.Lanes.Select(static lane => new BroadcastReader(lane))];
    }

    /// <summary>Gets the readers, in the order of their pipes: how far each is, and which one left and why.</summary>
    public IReadOnlyList<BroadcastReader> Readers { get; }

    /// <summary>Gets the records written so far, flushed or not.</summary>
    public long RecordsWritten => _sender.RecordsWritten;

    /// <summary>
    /// Gets how many records fit before one of the other members flushes the chunk, and blocks where a reader is a whole backlog behind.
    /// Asynchronous code that fills slots awaits <see cref="FlushAsync"/> at 0; <see cref="WriteAsync"/> does that itself.
    /// </summary>
    public int FreeSlots => _slots.Free;

    /// <summary>
    /// Hands out the slot of the next record, cleared. Fill it before the next call of any member: then the broadcaster moves on, and the
    /// reference must not be used again (VMS2003).
    /// </summary>
    /// <exception cref="BrokenPipeException">No reader is left.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the broadcaster disposed.</exception>
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
    /// <inheritdoc cref="Next" path="/exception"/>
    public unsafe void Write(in T record)
    {
        if (!_slots.TryTake(out T* slot))
        {
            slot = _sender.TakeNewSlot();
        }

        // SAFETY: as in Next.
        *slot = record;
    }

    /// <summary>Copies records.</summary>
    /// <param name="records">The records.</param>
    /// <inheritdoc cref="Flush" path="/exception"/>
    public void Write(ReadOnlySpan<T> records) => _sender.Write(records);

    /// <summary>
    /// Copies records, and waits without a thread where a full chunk is flushed and a reader is a whole backlog behind. The memory must not change until this
    /// has ended.
    /// </summary>
    /// <param name="records">The records; none is fine.</param>
    /// <param name="cancellationToken">Ends the wait. <see cref="RecordsWritten"/> says how many records were taken: go on behind them.</param>
    /// <inheritdoc cref="Flush" path="/exception"/>
    public ValueTask WriteAsync(ReadOnlyMemory<T> records, CancellationToken cancellationToken = default) => _sender.WriteAsync(records, cancellationToken);

    /// <summary>Gets free slots; their content is unspecified. Valid until the next call of another member (VMS2003).</summary>
    /// <param name="sizeHint">The fewest slots wanted; 0 for at least one.</param>
    /// <inheritdoc cref="Flush" path="/exception"/>
    public Span<T> GetSpan(int sizeHint = 0) => _sender.GetSpan(sizeHint);

    /// <summary>As <see cref="GetSpan"/>. Once the chunk was flushed, an access throws.</summary>
    /// <param name="sizeHint">The fewest slots wanted; 0 for at least one.</param>
    /// <inheritdoc cref="Flush" path="/exception"/>
    public Memory<T> GetMemory(int sizeHint = 0) => _sender.GetMemory(sizeHint);

    /// <summary>Says that the first <paramref name="count"/> slots of the last span or memory were filled.</summary>
    /// <param name="count">Records.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than there are slots.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the broadcaster disposed.</exception>
    public void Advance(int count) => _sender.Advance(count);

    /// <summary>
    /// Gives what was written to all readers, and does not wait: where a pipe is full, the rest follows in the background. The next chunk waits
    /// where a reader is a whole backlog behind.
    /// </summary>
    /// <exception cref="BrokenPipeException">No reader is left.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The stream was completed, or the broadcaster disposed, before or while this waited.</exception>
    public void Flush() => _sender.Flush();

    /// <summary>The same, and waits without a thread until the next chunk has memory, so that what follows does not block.</summary>
    /// <param name="cancellationToken">Ends that wait, which is no error: what was flushed is on its way.</param>
    /// <inheritdoc cref="Flush" path="/exception"/>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => _sender.FlushAsync(cancellationToken);

    /// <summary>
    /// Gives the rest to all readers and ends the stream, so that each knows that this is all. Waits until the pipe of every reader that is left has
    /// accepted it. The last call on a way that went well; once is enough.
    /// </summary>
    /// <inheritdoc cref="Flush" path="/exception"/>
    public void Complete() => _sender.Complete();

    /// <summary>As <see cref="Complete"/>, and waits without a thread. After a cancellation it can be called again.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="Flush" path="/exception"/>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => _sender.CompleteAsync(cancellationToken);

    /// <summary>
    /// Closes the pipes. Where the stream was not completed, this abandons it: what no pipe has accepted is dropped, and each reader gets a
    /// <see cref="RecordStreamException"/>. Neither waits nor throws. A call that waits ends with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        _sender.End();
        foreach (BroadcastLane lane in _sender.Stream.Lanes)
        {
            if (_leaveOpen && lane.Error is null)
            {
                lane.Interrupt();
            }
            else
            {
                lane.Writer.Dispose();
            }
        }
    }

    /// <summary>As <see cref="Dispose"/>, which does not wait either: for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
