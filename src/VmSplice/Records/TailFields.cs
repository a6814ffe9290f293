using System.Globalization;
using System.Runtime.CompilerServices;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Records;

/// <summary>The texts and lists of a record. Of a record without one, nothing of it remains in compiled code.</summary>
internal static unsafe class TailFields<T>
    where T : unmanaged, ISpliceable<T>
{
    private static readonly TailField[] s_all =
    [
        .. T.Layout.Fields.Where(field => field.Tail is not null).Select(field => new TailField(field.Name, field.Offset, field.Tail!)),
    ];

    private static readonly bool s_any = s_all.Length != 0;

    /// <summary>Gets whether there is one.</summary>
    internal static bool Any
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_any;
    }

    internal static ReadOnlySpan<TailField> All => s_all;

    /// <summary>Whether there is one among the first fields, of so many bytes: an earlier version may have had none.</summary>
    internal static bool AnyWithin(int recordSize) => Any && s_all[0].Offset < recordSize;

    /// <summary>Gets where a field of a record lies.</summary>
    internal static ref TailPlace PlaceOf(ref T record, in TailField field)
        => ref Unsafe.As<byte, TailPlace>(ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref record), (nint)field.Offset));

    /// <summary>Counts the records, from the first on, whose texts and lists all lie in a tail.</summary>
    internal static int CountWithin(ReadOnlySpan<T> records, in BatchTail tail)
    {
        for (int i = 0; i < records.Length; i++)
        {
            if (IndexOfOutside(in records[i], tail) >= 0)
            {
                return i;
            }
        }

        return records.Length;
    }

    /// <summary>Says which text or list of a record is wrong.</summary>
    /// <param name="record">The record.</param>
    /// <param name="tail">Where its texts should lie.</param>
    /// <param name="index">Which record of the stream it is.</param>
    /// <param name="position">Where it starts in the stream, in bytes.</param>
    internal static RecordStreamException Invalid(ref readonly T record, in BatchTail tail, long index, long position)
    {
        TailField field = s_all[IndexOfOutside(in record, tail)];
        TailPlace place = PlaceOf(ref Unsafe.AsRef(in record), field);
        string what = tail.TryFind(place, field.Item, out ReadOnlySpan<byte> items)
            ? string.Create(CultureInfo.InvariantCulture, $"has no valid item {field.Item.IndexOfInvalid(items)} in")
            : string.Create(CultureInfo.InvariantCulture, $"has no valid place in");
        return new RecordStreamException(
            StreamFault.InvalidValue,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Record {index} {what} {T.Layout.Name}.{field.Name}: {Counted.Of(place.Items, "item")} of {Counted.Bytes(field.Item.Size)}, "
                    + $"{Counted.Bytes(place.FromEnd)} before the end of a block with {Counted.Bytes(tail.Length)} of texts and lists, at byte "
                    + $"{position + field.Offset} of the stream."),
            index,
            position + field.Offset,
            field.Name);
    }

    /// <exception cref="InvalidOperationException">A record that is copied has a text or a list, which lies in the block of another record.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ThrowIfNotEmpty(ReadOnlySpan<T> records)
    {
        if (Any)
        {
            CheckEmpty(records);
        }
    }

    private static void CheckEmpty(ReadOnlySpan<T> records)
    {
        foreach (ref readonly T record in records)
        {
            foreach (ref readonly TailField field in s_all.AsSpan())
            {
                if (!PlaceOf(ref Unsafe.AsRef(in record), field).IsNone)
                {
                    throw new InvalidOperationException(
                        $"{T.Layout.Name}.{field.Name} lies in the block of another record, and would not be sent with this one. Take a slot with Next(), and "
                            + "give it its text with AddText or its list with AddList.");
                }
            }
        }
    }

    /// <summary>Checks before a chunk is sent that each record has texts of its own: no later one may lie before those of the records before it.</summary>
    /// <param name="records">All of the chunk.</param>
    /// <param name="tail">Its texts and lists.</param>
    /// <param name="firstRecord">Which record of the stream the first one is.</param>
    /// <exception cref="InvalidOperationException">A text of one record was given to another.</exception>
    internal static void ThrowIfShared(ReadOnlySpan<T> records, in BatchTail tail, long firstRecord)
    {
        uint before = 0;
        for (int i = 0; i < records.Length; i++)
        {
            uint last = before;
            foreach (ref readonly TailField field in s_all.AsSpan())
            {
                TailPlace place = PlaceOf(ref Unsafe.AsRef(in records[i]), field);
                if (place.IsNone)
                {
                    continue;
                }

                if (!tail.TryFind(place, field.Item, out ReadOnlySpan<byte> items) || place.FromEnd - (uint)items.Length < before)
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{T.Layout.Name}.{field.Name} of record {firstRecord + i} is the text or list of another record. Each has its own: call AddText or "
                            + $"AddList again after Next()."));
                }

                last = Math.Max(last, place.FromEnd);
            }

            before = last;
        }
    }

    /// <summary>Gets the layout of a record that has neither.</summary>
    /// <exception cref="NotSupportedException">There is one.</exception>
    internal static RecordLayout LayoutWithoutAny(string who)
    {
        RecordLayout layout = CheckedLayout.Of<T>();
        ThrowIfAny(who);
        return layout;
    }

    /// <exception cref="NotSupportedException">There is one.</exception>
    internal static void ThrowIfAny(string who)
    {
        if (Any)
        {
            throw new NotSupportedException(
                $"{T.Layout.Name}.{s_all[0].Name} is a text or a list, which lies behind the records of a block: {who} does not carry those. Send such "
                    + "records with a RecordWriter, framed.");
        }
    }

    private static int IndexOfOutside(ref readonly T record, in BatchTail tail)
    {
        for (int i = 0; i < s_all.Length; i++)
        {
            ref readonly TailField field = ref s_all[i];
            TailPlace place = PlaceOf(ref Unsafe.AsRef(in record), field);
            if (!place.IsNone
                && !(tail.TryFind(place, field.Item, out ReadOnlySpan<byte> items) && (!field.Item.NeedsValidation || field.Item.IndexOfInvalid(items) < 0)))
            {
                return i;
            }
        }

        return -1;
    }
}
