using VmSplice.CompilerServices;

namespace VmSplice.Records;

/// <summary>Copies records with texts and lists from a reader's block into a chunk, where each record gets texts and lists of its own.</summary>
internal static unsafe class TailCopy<T>
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>Copies as many records as there is room for.</summary>
    /// <param name="slots">The chunk.</param>
    /// <param name="records">The records, which were checked.</param>
    /// <param name="tail">Where their texts and lists lie.</param>
    /// <returns>How many; fewer where the chunk must be sent before the next one.</returns>
    /// <exception cref="RecordStreamException">The sender has changed a record since it was checked (docs/safety.md).</exception>
    internal static int CopyIn(ChunkSlots<T> slots, ReadOnlySpan<T> records, in BatchTail tail)
    {
        slots.StopClearing();
        for (int i = 0; i < records.Length; i++)
        {
            // Once: what lies in the sender's memory it could change between two looks.
            T record = records[i];
            if (!slots.TryMakeRoom(LengthOf(ref record, tail)))
            {
                return i;
            }

            CopyTails(slots, ref record, tail);

            // SAFETY: there is room for it, in a chunk that the call owns.
            *slots.Take() = record;
            slots.CloseLast();
            slots.StopClearing();
        }

        return records.Length;
    }

    // The most that they take: each may begin anywhere.
    private static long LengthOf(ref T record, in BatchTail tail)
    {
        long length = 0;
        foreach (ref readonly TailField field in TailFields<T>.All)
        {
            length += ItemsOf(ref record, field, tail).Length + field.Item.Alignment - 1;
        }

        return length;
    }

    private static void CopyTails(ChunkSlots<T> slots, ref T record, in BatchTail tail)
    {
        foreach (ref readonly TailField field in TailFields<T>.All)
        {
            ReadOnlySpan<byte> items = ItemsOf(ref record, field, tail);
            if (items.IsEmpty)
            {
                continue;
            }

            slots.TryTakeTail(items.Length, field.Item.Alignment, reserved: 1, out Span<byte> copy);
            items.CopyTo(copy);
            ref TailPlace place = ref TailFields<T>.PlaceOf(ref record, field);
            place = slots.Tail.PlaceOfLast(place.Items);
        }
    }

    private static ReadOnlySpan<byte> ItemsOf(ref T record, in TailField field, in BatchTail tail)
    {
        TailPlace place = TailFields<T>.PlaceOf(ref record, field);
        return place.IsNone ? default : tail.TryFind(place, field.Item, out ReadOnlySpan<byte> items) ? items : throw new RecordStreamException(
            StreamFault.Damaged,
            $"{T.Layout.Name}.{field.Name} of a record had a valid place when it arrived, and has none now: its sender has changed it since. Switch "
                + $"{nameof(RecordReaderOptions)}.{nameof(RecordReaderOptions.InPlace)} off where a sender is not trusted.",
            0,
            0,
            field.Name);
    }
}
