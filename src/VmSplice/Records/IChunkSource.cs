using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>Where the chunks of a stream come from.</summary>
internal interface IChunkSource
{
    /// <summary>Gets the bytes of a chunk, unless more is asked for at once.</summary>
    int ChunkSize { get; }

    /// <summary>Gets the bytes in which the first records of a stream may lie on the heap, or 0.</summary>
    int HeapLength { get; }

    /// <summary>Gets whether chunks are shared with a reader, in whose cache they lie when they come back.</summary>
    bool IsShared { get; }

    /// <summary>Hands out a block of at least so many bytes.</summary>
    PageBlock Rent(nuint bytes, out long ticket);

    /// <summary>Gets what tells the texts of a chunk from those of the 255 chunks before it.</summary>
    byte NextTag();
}
