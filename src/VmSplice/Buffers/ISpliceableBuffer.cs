using VmSplice.CompilerServices;

namespace VmSplice;

/// <summary>
/// A buffer type whose segments were proved at compile time: every byte of every segment is a value, and every process
/// that agrees on <see cref="BufferLayout.Fingerprint"/> reads the same values out of the same bytes.
/// </summary>
/// <typeparam name="TSelf">The buffer type itself.</typeparam>
/// <remarks>
/// Implemented by generated code alone: mark a partial class <see cref="SpliceableAttribute">[Spliceable]</see> and its
/// properties <see cref="SegmentAttribute">[Segment]</see>.
/// </remarks>
public interface ISpliceableBuffer<TSelf> : IDisposable
    where TSelf : class, ISpliceableBuffer<TSelf>
{
    /// <summary>Gets the segments; one instance per type.</summary>
    static abstract BufferLayout Layout { get; }

    /// <summary>Gets the memory and who has it.</summary>
    BufferPages Pages { get; }

    /// <summary>Creates a buffer over memory.</summary>
    /// <param name="pages">The memory, laid out by <see cref="Layout"/>.</param>
    static abstract TSelf Create(BufferPages pages);

    /// <summary>Finds the first element of a segment whose bytes are not a value of its type.</summary>
    /// <param name="pages">The memory, as it arrived.</param>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    /// <returns>The element's index, or −1 where every element is valid.</returns>
    static abstract int IndexOfInvalidElement(BufferPages pages, int segment);
}
