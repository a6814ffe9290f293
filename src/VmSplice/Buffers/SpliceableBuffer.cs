using VmSplice.Memory;

namespace VmSplice;

/// <summary>What can be done with a buffer type without a writer or a reader.</summary>
public static class SpliceableBuffer
{
    /// <summary>Allocates a buffer of zeros that belongs to no writer. <see cref="SpliceWriter.Rent{TBuffer}()"/> is faster for what one writer sends.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public static TBuffer Allocate<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => TBuffer.Create(BufferPages.Rent(PagePool.Shared, TBuffer.Layout));
}
