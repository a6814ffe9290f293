using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Memory;

/// <summary>
/// Hands out blocks of pages and takes them back with their fate. Steady state allocates nothing: regions, mappings and
/// block objects are reused.
/// </summary>
/// <param name="regionLength">Bytes of a region, a power of two; longer blocks get a region of their own.</param>
/// <param name="consumed">How far the pipe was read, where blocks may come back with <see cref="BlockFate.ReusableOnceConsumed"/>.</param>
/// <param name="owner">Whose it is, for the exception of whoever rents after the end.</param>
internal sealed class PagePool(nuint regionLength, Func<long>? consumed, string owner = nameof(PagePool)) : IBlockPool, IDisposable
{
    /// <summary>Fresh pages come by the region: long enough that a pipe holds less and that giving it up is rare, short enough for a cache.</summary>
    internal const int FreshRegionLength = 4 * 1024 * 1024;

    /// <summary>Recycled pages come by the huge page; while one is in flight, another is filled.</summary>
    internal const int RecycledRegionLength = 2 * 1024 * 1024;

    /// <summary>
    /// The first block that a pool hands out, if it is no longer than this, comes in small pages: most streams are short, and
    /// the first byte in a huge page costs the clearing of all of it.
    /// </summary>
    internal const int StarterLength = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<PageRegion> _regions = [];
    private readonly List<PageMapping> _mappings = [];
    private readonly Queue<PageBlock> _spareBlocks = [];
    private PageRegion? _current;
    private PageRegion? _starter;
    private PageMapping? _uncut;
    private nuint _uncutLength;
    private long _consumed;
    private int _owned;
    private volatile bool _disposed;

    // A block that counts as handed out while it comes and goes: back from a send by write(2), offered, and on to whoever rents its length next. So a
    // program that sends short buffers goes past the lock, both times.
    private PageBlock? _kept;

    /// <summary>Gets the pool of buffers that belong to no writer. Their pages may be anywhere, so they are always discarded.</summary>
    internal static PagePool Shared { get; } = new(FreshRegionLength, consumed: null);

    /// <summary>
    /// Hands out at least <paramref name="bytes"/> in whole pages, of which the first <see cref="PageBlock.Dirty"/> bytes may hold earlier
    /// content.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="SystemCallException">No memory could be mapped.</exception>
    internal PageBlock Rent(nuint bytes, out long ticket)
    {
        nuint pageSize = (nuint)Environment.SystemPageSize;
        nuint length = Math.Max(pageSize, (bytes + pageSize - 1) & ~(pageSize - 1));
        if (TryTakeKept(length, out PageBlock? kept, out ticket))
        {
            Instruments.CountPages(length, fresh: false);
            return kept;
        }

        lock (_gate)
        {
            // What came back must not hold back the memory around it.
            GiveBackKept();
            if (_disposed)
            {
                throw WasDisposed();
            }

            if (_current is null || !_current.Fits(length))
            {
                _current = FindFree(length) ?? AddRegion(length);
            }

            if (!_spareBlocks.TryDequeue(out PageBlock? block))
            {
                block = new PageBlock(this);
            }

            ticket = block.HandOut(_current, length);
            Instruments.CountPages(length, fresh: block.Dirty == 0);
            if (RuntimeSwitches.Guard && !block.TryProtect(SysMman.PROT_READ | SysMman.PROT_WRITE))
            {
                // Not handed out, and nothing of it is readable: it stays taken.
                throw SystemCallException.Create("mprotect", Marshal.GetLastPInvokeError(), "pages under guard");
            }

            _owned++;
            return block;
        }
    }

    /// <inheritdoc/>
    public void TakeBack(PageBlock block, BlockFate fate, long inFlightUntil)
    {
        Debug.Assert(fate != BlockFate.ReusableOnceConsumed || consumed is not null, "nobody tells how far the pipe was read");
        if (RuntimeSwitches.Guard)
        {
            // What cannot be guarded is still given back: the guard finds mistakes, it does not prevent them.
            _ = block.TryProtect(SysMman.PROT_NONE);
        }
        else if (fate == BlockFate.Reusable && TryKeep(block))
        {
            return;
        }

        lock (_gate)
        {
            // First what came back before it: it may have been cut behind this one, which is then the last again.
            GiveBackKept();
            Forget(block);
            GiveBack(block, fate, inFlightUntil);
        }
    }

    /// <summary>Unmaps everything; where blocks are still owned, as soon as the last one comes back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;

            // See TryKeep: whoever keeps a block after this is visible sees it, and what was kept before is seen here.
            Interlocked.MemoryBarrier();
            if (_kept is not null)
            {
                Interlocked.MemoryBarrierProcessWide();
                GiveBackKept();
            }

            UnmapIfUnused();
        }
    }

    /// <summary>Keeps a block for the next rent. <see langword="false"/> where another one is kept: it is the caller's to give back.</summary>
    private bool TryKeep(PageBlock block)
    {
        if (!ReferenceEquals(Volatile.Read(ref _kept), block) && Interlocked.CompareExchange(ref _kept, block, null) is not null)
        {
            return false;
        }

        block.Offer();

        // Where this reads before the offer is visible to all, Dispose sees it all the same: it waits for the stores of all processors before it looks.
        if (_disposed)
        {
            lock (_gate)
            {
                GiveBackKept();
            }
        }

        return true;
    }

    private bool TryTakeKept(nuint length, [NotNullWhen(true)] out PageBlock? block, out long ticket)
    {
        ticket = 0;
        block = Volatile.Read(ref _kept);
        if (block is null || block.Length != length || _disposed || !block.TryTakeOffered(out ticket))
        {
            return false;
        }

        if (block.Length == length)
        {
            return true;
        }

        // It was another block's pages that were looked at, before they came and went.
        lock (_gate)
        {
            Forget(block);
            GiveBack(block, BlockFate.Reusable, inFlightUntil: 0);
        }

        return false;
    }

    /// <summary>Gives back what is kept for the next rent, where nobody has it. Called under the lock.</summary>
    private void GiveBackKept()
    {
        if (_kept is { } kept && kept.TryWithdraw())
        {
            Forget(kept);
            GiveBack(kept, BlockFate.Reusable, inFlightUntil: 0);
        }
    }

    private void Forget(PageBlock block) => Interlocked.CompareExchange(ref _kept, null, block);

    /// <summary>Gives a block's pages back to its region. Called under the lock.</summary>
    private void GiveBack(PageBlock block, BlockFate fate, long inFlightUntil)
    {
        block.Region!.GiveBack(block.Address, block.Length, fate, inFlightUntil);
        _spareBlocks.Enqueue(block);
        _owned--;
        UnmapIfUnused();
    }

    private ObjectDisposedException WasDisposed() => new(owner);

    private PageRegion? FindFree(nuint length)
    {
        if (_regions.Count == 0)
        {
            // Nothing was sent, so there is nothing to ask the kernel for.
            return null;
        }

        // The cached position first: asking the kernel takes the pipe's lock, which the reader wants too.
        for (int attempt = 0; attempt < 2; attempt++)
        {
            foreach (PageRegion region in _regions)
            {
                if (region.Length >= length && !ReferenceEquals(region, _current) && TryReset(region))
                {
                    return region;
                }
            }

            if (_current is { } current && current.Length >= length && !ShouldRest(current) && TryReset(current))
            {
                return current;
            }

            if (consumed is null)
            {
                return null;
            }

            _consumed = consumed();
        }

        return null;
    }

    private bool TryReset(PageRegion region)
    {
        if (ReferenceEquals(region, _starter))
        {
            return false;
        }

        try
        {
            return region.TryReset(_consumed);
        }
        catch (SystemCallException)
        {
            // Nobody knows what lies there now. It is left alone for good, and the next rent maps anew.
            _regions.Remove(region);
            _mappings.Remove(region.Mapping);
            _uncutLength = 0;
            _current = null;
            throw;
        }
    }

    /// <summary>
    /// Whether to give up another region before this one. Two in turn: a region is longer than most pipes, so when its turn
    /// comes it was read, and giving it up frees its pages here and not in the reader. Then the kernel hands the very same
    /// pages out again, and clears them in this processor's cache instead of in main memory (docs/kernel.md, "Thresholds").
    /// </summary>
    private bool ShouldRest(PageRegion region) => region.MustDiscard && region.Length == regionLength && _regions.Count - (_starter is null ? 0 : 1) == 1;

    private PageRegion AddRegion(nuint length)
    {
        if (_regions.Count == 0 && length <= StarterLength && length < regionLength)
        {
            return _starter = Add(Map(length, hugePages: false), length);
        }

        DropStarter();
        nuint hugePage = (nuint)HugePageProbe.Size;
        try
        {
            if (length > regionLength)
            {
                nuint whole = (length + hugePage - 1) & ~(hugePage - 1);
                return Add(Map(whole, hugePages: true), whole);
            }

            if (_uncutLength < regionLength)
            {
                nuint whole = Math.Max(hugePage, regionLength);
                _uncut = Map(whole, hugePages: true);
                _uncutLength = whole;
            }
        }
        catch (SystemCallException)
        {
            // Not so much, then what is needed.
            return Add(Map(length, hugePages: false), length);
        }

        nuint offset = _uncut!.Length - _uncutLength;
        _uncutLength -= regionLength;
        return Add(_uncut, regionLength, offset);
    }

    /// <summary>Unmaps the first small region as soon as nobody has any of it: huge pages have taken its place.</summary>
    private void DropStarter()
    {
        if (_starter is { } starter && starter.IsFree(_consumed))
        {
            _starter = null;
            if (ReferenceEquals(_current, starter))
            {
                // Where no other memory can be had now, the next rent must not cut from pages that are gone.
                _current = null;
            }

            _regions.Remove(starter);
            _mappings.Remove(starter.Mapping);
            starter.Mapping.Dispose();
        }
    }

    private PageMapping Map(nuint length, bool hugePages)
    {
        PageMapping mapping = PageMapping.Map(length, hugePages);
        _mappings.Add(mapping);
        return mapping;
    }

    private PageRegion Add(PageMapping mapping, nuint length, nuint offset = 0)
    {
        var region = new PageRegion(mapping, mapping.Address + (nint)offset, length);
        _regions.Add(region);
        return region;
    }

    private void UnmapIfUnused()
    {
        if (!_disposed || _owned != 0)
        {
            return;
        }

        foreach (PageMapping mapping in _mappings)
        {
            mapping.Dispose();
        }

        _mappings.Clear();
        _regions.Clear();
        _current = _starter = null;
        _uncut = null;
    }
}
