using VmSplice.Buffers;
using VmSplice.CompilerServices;

namespace VmSplice;

/// <summary>
/// A list of a buffer: <c>[Segment(MaxLength = 1000)] public partial ListSegment&lt;Line&gt; Lines { get; }</c>. <see cref="Add()"/> hands out the next item,
/// which is filled in place: <c>ref Line line = ref order.Lines.Add()</c>.
/// </summary>
/// <typeparam name="TItem">Whatever a field of a record may be, without text or lists: a number, an enum, a spliceable struct.</typeparam>
/// <remarks>
/// A view of the buffer's pages: once that was sent or disposed, each access of an item throws <see cref="ObjectDisposedException"/> (VMS2001, VMS2002).
/// It starts empty. The count and the items are checked on arrival. What travels is the same as with <c>Span&lt;TItem&gt;</c>, so the other side may declare
/// that.
/// </remarks>
public readonly ref struct ListSegment<TItem>
    where TItem : unmanaged
{
    private const string Unit = "item";

    private readonly SegmentRoom<TItem> _room;

    internal ListSegment(BufferPages pages, int segment) => _room = new SegmentRoom<TItem>(pages, segment);

    /// <summary>Gets the number of items. Legal in every state of the buffer.</summary>
    public int Count => _room.Length;

    /// <summary>Gets the most items, as declared.</summary>
    public int MaxLength => _room.MaxLength;

    /// <summary>Gets whether there is no item in it. Legal in every state of the buffer.</summary>
    public bool IsEmpty => _room.Length == 0;

    /// <summary>Gets the items, in the buffer's memory.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public Span<TItem> Items => _room.Elements;

    /// <summary>Gets an item by reference.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such item.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public ref TItem this[int index] => ref _room.Elements[index];

    /// <summary>Adds an item of zeros at the end.</summary>
    /// <returns>Where it lies, to be filled.</returns>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxLength"/> items.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public ref TItem Add()
    {
        ref TItem slot = ref TakeSlot();
        slot = default;
        return ref slot;
    }

    /// <summary>Adds a copy of an item at the end.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxLength"/> items.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public void Add(in TItem item) => TakeSlot() = item;

    /// <summary>Adds copies of items at the end: all of them, or none.</summary>
    /// <param name="items">The items.</param>
    /// <exception cref="ArgumentException">There would be more than <see cref="MaxLength"/>.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public void AddRange(params ReadOnlySpan<TItem> items) => items.CopyTo(_room.Add(Count, items.Length, Unit));

    /// <summary>Makes it empty.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public void Clear() => _room.Add(0, 0, Unit);

    /// <summary>Enumerates the items, by reference where asked for: <c>foreach (ref Line line in order.Lines)</c>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public Span<TItem>.Enumerator GetEnumerator() => Items.GetEnumerator();

    private ref TItem TakeSlot()
    {
        int count = Count;
        if (_room.IsFull)
        {
            throw new InvalidOperationException(_room.Overflow(count, 1, Unit));
        }

        return ref _room.Add(count, 1, Unit)[0];
    }
}
