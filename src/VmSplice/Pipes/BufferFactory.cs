using System.ComponentModel;
using VmSplice.Memory;

namespace VmSplice.CompilerServices;

/// <summary>Makes spliceable buffers. For generated code: <c>Frame.Rent(writer)</c> says it without a type argument.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BufferFactory
{
    /// <summary>Allocates a buffer of zeros that belongs to no writer.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public static TBuffer Allocate<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => TBuffer.Create(BufferPages.Rent(PagePool.Shared, TBuffer.Layout));

    /// <summary>
    /// Rents a buffer, to be filled and sent by a writer. Its segments are zeros, also where one whose length varies is made longer;
    /// those start with no element.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public static TBuffer Rent<TBuffer>(SpliceWriter writer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ArgumentNullException.ThrowIfNull(writer);
        return TBuffer.Create(BufferPages.Rent(writer.Sender.Pool, TBuffer.Layout));
    }

    /// <summary>
    /// Rents as <see cref="Rent{TBuffer}"/> does, but does not clear. The segments are unspecified: zeros, or what an earlier buffer of
    /// this writer held. Whatever is not overwritten goes to the reader.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public static TBuffer RentUninitialized<TBuffer>(SpliceWriter writer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ArgumentNullException.ThrowIfNull(writer);
        return TBuffer.Create(BufferPages.Rent(writer.Sender.Pool, TBuffer.Layout, clear: false));
    }
}
