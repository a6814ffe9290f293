using System.Buffers;

namespace VmSplice.Memory;

/// <summary>A <see cref="Memory{T}"/> over a block. It asks for the ticket at each access, so that a stale one throws.</summary>
internal sealed unsafe class PageMemoryManager<T>(PageBlock block, long ticket, nuint byteOffset, int length) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan()
    {
        ThrowIfGone();

        // SAFETY: the ticket is current, so the block's pages are mapped and belong to the holder of this memory.
        return new Span<T>((byte*)block.Address + byteOffset, length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
        ThrowIfGone();

        // SAFETY: mapped memory does not move; nothing is to be pinned.
        return new MemoryHandle((T*)((byte*)block.Address + byteOffset) + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private void ThrowIfGone()
    {
        if (!block.IsOwned(ticket))
        {
            throw new ObjectDisposedException($"PageBuffer<{typeof(T).Name}>", "The buffer of this memory was sent, gifted, frozen or disposed. Rent "
                + "another buffer for the next data.");
        }
    }
}
