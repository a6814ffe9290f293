using System.Buffers;

namespace VmSplice.Memory;

/// <summary>A <see cref="Memory{T}"/> over a block. It asks for the ticket at each access, so that a stale one throws.</summary>
internal sealed unsafe class PageMemoryManager<T>(PageBlock block, long ticket, nuint byteOffset, int length) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(!block.IsOwned(ticket), typeof(PageBuffer<T>));

        // SAFETY: the ticket is current, so the block's pages are mapped and belong to the holder of this memory.
        return new Span<T>((byte*)block.Address + byteOffset, length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
        ObjectDisposedException.ThrowIf(!block.IsOwned(ticket), typeof(PageBuffer<T>));

        // SAFETY: mapped memory does not move; nothing is to be pinned.
        return new MemoryHandle((T*)((byte*)block.Address + byteOffset) + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
