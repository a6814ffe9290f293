using System.Buffers;
using VmSplice.Memory;

namespace VmSplice;

/// <summary>
/// Pages whose content never changes: read-only memory (mprotect(2)) that can be sent any number of times, to any number
/// of pipes, without a copy. A write to it faults.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class FrozenPages<T> : IDisposable, IHeldPages
    where T : unmanaged
{
    private readonly int _length;
    private readonly PageBlock _pages;
    private UseCount _uses;

    internal FrozenPages(PageBlock block, int length)
    {
        _pages = block;
        _length = length;
    }

    /// <summary>Gets the length in elements.</summary>
    public int Length => _length;

    /// <summary>Gets the elements.</summary>
    /// <exception cref="ObjectDisposedException">The pages were given up.</exception>
    public unsafe ReadOnlySpan<T> Span
    {
        get
        {
            // SAFETY: the block is this object's until it is disposed; its pages are mapped readable.
            return new ReadOnlySpan<T>((void*)Address, _length);
        }
    }

    /// <summary>Gets the elements as <see cref="ReadOnlyMemory{T}"/>.</summary>
    /// <exception cref="ObjectDisposedException">The pages were given up.</exception>
    public ReadOnlyMemory<T> Memory => new View(this).Memory;

    /// <summary>Gets the address of the first element: the start of a page.</summary>
    /// <exception cref="ObjectDisposedException">The pages were given up.</exception>
    public nint Address
    {
        get
        {
            return _uses.IsEnded ? throw Gone() : _pages.Address;
        }
    }

    /// <summary>
    /// Gives the pages up, as soon as no send of them waits any more. Readers that have them in flight keep them. Spans
    /// taken before must not be used again.
    /// </summary>
    public void Dispose()
    {
        if (_uses.TryEnd(out bool isUnused) && isUnused)
        {
            GiveUp();
        }
    }

    /// <summary>Keeps the pages until <see cref="IHeldPages.Release"/>, and returns their address.</summary>
    /// <exception cref="ObjectDisposedException">The pages were given up.</exception>
    internal nint Hold()
    {
        return _uses.TryAdd() ? _pages.Address : throw Gone();
    }

    private static ObjectDisposedException Gone() => new($"FrozenPages<{typeof(T).Name}>", "These pages were given up. Freeze another buffer.");

    void IHeldPages.Release()
    {
        if (_uses.Release())
        {
            GiveUp();
        }
    }

    private void GiveUp()
    {
        // Pages that stay read-only (ENOMEM: vm.max_map_count) are not handed out again.
        if (_pages.TryProtect(Interop.SysMman.PROT_READ | Interop.SysMman.PROT_WRITE))
        {
            _pages.Return(BlockFate.Discarded);
        }
    }

    private sealed unsafe class View(FrozenPages<T> pages) : MemoryManager<T>
    {
        // SAFETY (both): MemoryManager wants a Span; only ReadOnlyMemory leaves this class, and the pages are read-only.
        public override Span<T> GetSpan() => new((void*)pages.Address, pages._length);

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)pages._length, nameof(elementIndex));
            return new MemoryHandle((T*)pages.Address + elementIndex);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
