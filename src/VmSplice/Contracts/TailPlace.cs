namespace VmSplice;

/// <summary>
/// Where a text or a list lies in the tail of its block: behind the records, and counted from the end, so that a place stays true when
/// records are added before it.
/// </summary>
/// <remarks>
/// <code>
/// 8 bytes   0 bytes from the end of the block to the first item (u32)   4 items (24 bits), and above them the block's tag (8 bits)
/// </code>
/// All zero is the empty one. The tag tells the places of one block from those of others.
/// </remarks>
internal readonly struct TailPlace
{
    /// <summary>The most items of a text or a list: 24 bits.</summary>
    internal const int MostItems = (1 << 24) - 1;

    private readonly uint _fromEnd;
    private readonly uint _itemsAndTag;

    internal TailPlace(uint fromEnd, int items, byte tag)
    {
        _fromEnd = fromEnd;
        _itemsAndTag = (uint)items | ((uint)tag << 24);
    }

    /// <summary>Gets the bytes from the first item to the end of the block.</summary>
    internal uint FromEnd => _fromEnd;

    /// <summary>Gets the items: bytes of a text, elements of a list.</summary>
    internal int Items => (int)(_itemsAndTag & MostItems);

    /// <summary>Gets which block it lies in.</summary>
    internal byte Tag => (byte)(_itemsAndTag >> 24);

    /// <summary>Gets whether all of it is zero: the empty text or list, which lies nowhere.</summary>
    internal bool IsNone => (_fromEnd | _itemsAndTag) == 0;
}
