using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Records;

/// <summary>Puts texts and lists behind the records of a writer.</summary>
internal sealed class TailWriter<T>(RecordSender<T> sender)
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>
    /// What is longer is copied as a call of its own: a Dispose beside it would let the copy go on in memory that has its next owner by then. What is
    /// shorter is like a slot that its user fills (docs/safety.md).
    /// </summary>
    private const int LongestUnguarded = 256;

    internal SpliceText Add(ReadOnlySpan<byte> utf8)
    {
        ThrowIfTooMany(utf8.Length);
        bool isLong = utf8.Length > LongestUnguarded;
        using RecordCalls<T>.Call call = isLong ? sender.Begin() : default;
        utf8.CopyTo(sender.TakeTail(utf8.Length, alignment: 1, isLong));
        return new SpliceText(PlaceOf(utf8.Length));
    }

    internal SpliceText Add(ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        ThrowIfTooMany(length);
        bool isLong = length > LongestUnguarded;
        using RecordCalls<T>.Call call = isLong ? sender.Begin() : default;
        Encoding.UTF8.GetBytes(text, sender.TakeTail(length, alignment: 1, isLong));
        return new SpliceText(PlaceOf(length));
    }

    internal SpliceList<TItem> AddList<TItem>(ReadOnlySpan<TItem> items)
        where TItem : unmanaged
    {
        ThrowIfTooMany(items.Length);
        long bytes = (long)items.Length * Unsafe.SizeOf<TItem>();
        if (bytes > RecordStreamFormat.MostBlockLength / 2)
        {
            throw new ArgumentException(
                $"A list has at most {Counted.Bytes(RecordStreamFormat.MostBlockLength / 2)}; this one has {Counted.Bytes(bytes)}. Send it in parts.");
        }

        bool isLong = bytes > LongestUnguarded;
        using RecordCalls<T>.Call call = isLong ? sender.Begin() : default;
        MemoryMarshal.AsBytes(items).CopyTo(sender.TakeTail((int)bytes, TailItem.AlignmentOf<TItem>(), isLong));
        return new SpliceList<TItem>(PlaceOf(items.Length));
    }

    // An empty one lies nowhere.
    private TailPlace PlaceOf(int items) => items == 0 ? default : sender.PlaceOfLast(items);

    private static void ThrowIfTooMany(int items)
    {
        if (items > TailPlace.MostItems)
        {
            throw new ArgumentException(
                $"A text has at most {Counted.Bytes(TailPlace.MostItems)}, a list as many items; this one has {items}. Send it in parts, or in a "
                    + "[Spliceable] buffer.");
        }
    }
}
