using VmSplice.Diagnostics;

namespace VmSplice;

/// <summary>
/// A list as a field of a record. The record holds 8 bytes that say where it lies; the items lie behind the records of the same block.
/// <see cref="RecordWriter{T}.AddList"/> makes one; <see cref="RecordReader{T}.GetList"/> reads it.
/// </summary>
/// <typeparam name="TItem">A number, or a <see cref="SpliceableAttribute">[Spliceable]</see> struct without text or lists of its own.</typeparam>
/// <remarks>
/// It is a place, not the items: valid in the record for which it was added, and at the reader until that moves on to the next batch.
/// <see langword="default"/> is the empty list.
/// </remarks>
public readonly struct SpliceList<TItem>
    where TItem : unmanaged
{
    internal SpliceList(TailPlace place) => Place = place;

    /// <summary>Gets the number of items, at most 16,777,215.</summary>
    public int Count => Place.Items;

    /// <summary>Gets whether there is no item in it.</summary>
    public bool IsEmpty => Place.Items == 0;

    internal TailPlace Place { get; }

    /// <summary>Says how long it is. The items are known to the reader alone.</summary>
    public override string ToString() => $"list of {Counted.Of(Count, "item")} (RecordReader.GetList reads it)";
}
