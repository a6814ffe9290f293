using VmSplice.Diagnostics;

namespace VmSplice.Records;

/// <summary>
/// Gives texts and lists to the record that was handed out last. Where its chunk has no room for one, the next chunk is begun with that
/// record, and nothing is sent yet: the caller still fills its slot in the full chunk. The next call of the writer moves it.
/// </summary>
/// <param name="source">Where chunks come from.</param>
/// <param name="slots">The chunk that is being filled.</param>
/// <param name="headerLength">Room before its records.</param>
internal sealed class NextChunk<T>(IChunkSource source, ChunkSlots<T> slots, int headerLength)
    where T : unmanaged, ISpliceable<T>
{
    private readonly ChunkSlots<T> _next = new(source, headerLength);
    private bool _hasMoved;

    /// <summary>Gets whether the next chunk was begun: what is in the present one is sent before.</summary>
    internal bool IsBegun { get; private set; }

    /// <summary>Gets the records in it.</summary>
    internal int Pending => IsBegun ? _next.Pending : 0;

    /// <summary>Takes room in the present chunk, or in the next one where that was begun.</summary>
    /// <returns><see langword="false"/> where there is none: <see cref="Take"/> makes some.</returns>
    internal bool TryTake(int bytes, int alignment, out Span<byte> items)
        => (IsBegun ? _next : slots).TryTakeTail(bytes, alignment, IsBegun && !_hasMoved ? 1 : 0, out items);

    /// <summary>Takes room, and begins the next chunk, or makes it longer, where there is none.</summary>
    internal Span<byte> Take(int bytes, int alignment)
    {
        Span<byte> items;
        while (!TryTake(bytes, alignment, out items))
        {
            // Twice what is there at least, so that many texts of one record are moved only now and then.
            long more = bytes + alignment + (IsBegun ? _next.Tail.Length : 0);
            nuint length = _next.LengthFor(_hasMoved ? 0 : 1, more);
            if (length > RecordStreamFormat.MostBlockLength)
            {
                throw new ArgumentException(
                    $"The texts and lists of one record have at most about half of {Counted.Bytes(RecordStreamFormat.MostBlockLength)}. "
                        + "Send them in several records.");
            }

            _next.MoveIntoBlock(length);
            if (!IsBegun)
            {
                IsBegun = true;
                slots.Close();
            }
        }

        return items;
    }

    /// <summary>Says where the items lie that were taken last.</summary>
    internal TailPlace PlaceOfLast(int items) => (IsBegun ? _next : slots).Tail.PlaceOfLast(items);

    /// <summary>Moves the record for which the next chunk was begun into that, with the texts that it had before. Once is enough.</summary>
    internal unsafe void MoveRecord()
    {
        if (!IsBegun || _hasMoved)
        {
            return;
        }

        // SAFETY: the next chunk was begun with room for this record.
        *_next.Take() = slots.Last;
        _hasMoved = true;
        BatchTail old = slots.Tail.AsBatchTail();
        foreach (ref readonly TailField field in TailFields<T>.All)
        {
            TailPlace place = TailFields<T>.PlaceOf(ref _next.Last, field);
            if (!place.IsNone && old.TryFind(place, field.Item, out ReadOnlySpan<byte> items))
            {
                items.CopyTo(Take(items.Length, field.Item.Alignment));
                TailFields<T>.PlaceOf(ref _next.Last, field) = PlaceOfLast(place.Items);
            }
        }

        slots.TakeLastOut();
    }

    /// <summary>What was in the present chunk is sent: the next one becomes that.</summary>
    internal void Begin()
    {
        slots.Adopt(_next);
        (IsBegun, _hasMoved) = (false, false);
    }

    /// <summary>Gives its memory back, with whatever is in it.</summary>
    internal void GiveBack() => _next.GiveBack();
}
