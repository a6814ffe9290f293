using System.Diagnostics;
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
internal sealed class PagePool(nuint regionLength, Func<long>? consumed) : IDisposable
{
    /// <summary>Fresh pages come by the region: long enough that a pipe holds less and that giving it up is rare, short enough for a cache.</summary>
    internal const int FreshRegionLength = 4 * 1024 * 1024;

    /// <summary>Recycled pages come by the huge page; while one is in flight, another is filled.</summary>
    internal const int RecycledRegionLength = 2 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<PageRegion> _regions = [];
    private readonly List<PageMapping> _mappings = [];
    private readonly Queue<PageBlock> _spareBlocks = [];
    private PageRegion? _current;
    private nint _uncut;
    private nuint _uncutLength;
    private long _consumed;
    private int _owned;
    private bool _disposed;

    /// <summary>Gets the pool of buffers that belong to no writer. Their pages may be anywhere, so they are always discarded.</summary>
    internal static PagePool Shared { get; } = new(FreshRegionLength, consumed: null);

    /// <summary>Hands out at least <paramref name="bytes"/> in whole pages; their content is unspecified.</summary>
    internal PageBlock Rent(nuint bytes, out long ticket)
    {
        nuint pageSize = (nuint)Environment.SystemPageSize;
        nuint length = Math.Max(pageSize, (bytes + pageSize - 1) & ~(pageSize - 1));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SpliceWriter));
            if (_current is null || !_current.Fits(length))
            {
                _current = FindFree(length) ?? AddRegion(length);
            }

            Instruments.CountPages(length, _current.IsZeroed);
            if (!_spareBlocks.TryDequeue(out PageBlock? block))
            {
                block = new PageBlock(this);
            }

            ticket = block.HandOut(_current, _current.Take(length), length);
            _owned++;
            if (RuntimeSwitches.Guard)
            {
                block.Protect(SysMman.PROT_READ | SysMman.PROT_WRITE);
            }

            return block;
        }
    }

    /// <summary>Takes back a block that its owner has left.</summary>
    /// <param name="block">The block; the caller's ticket for it is spent.</param>
    /// <param name="fate">What must happen before its pages are used again.</param>
    /// <param name="inFlightUntil">For <see cref="BlockFate.ReusableOnceConsumed"/>: the position in the stream that must have been read.</param>
    internal void Return(PageBlock block, BlockFate fate, long inFlightUntil = 0)
    {
        Debug.Assert(ReferenceEquals(block.Pool, this), "returned to another pool");
        Debug.Assert(fate != BlockFate.ReusableOnceConsumed || consumed is not null, "nobody tells how far the pipe was read");
        if (RuntimeSwitches.Guard)
        {
            block.Protect(SysMman.PROT_NONE);
        }

        lock (_gate)
        {
            block.Region.GiveBack(block.Address, block.Length, fate, inFlightUntil);
            _spareBlocks.Enqueue(block);
            _owned--;
            UnmapIfUnused();
        }
    }

    /// <summary>Unmaps everything; where blocks are still owned, as soon as the last one comes back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            UnmapIfUnused();
        }
    }

    private PageRegion? FindFree(nuint length)
    {
        // The cached position first: asking the kernel takes the pipe's lock, which the reader wants too.
        for (int attempt = 0; attempt < 2; attempt++)
        {
            foreach (PageRegion region in _regions)
            {
                if (region.Length >= length && !ReferenceEquals(region, _current) && region.TryReset(_consumed))
                {
                    return region;
                }
            }

            if (_current is { } current && current.Length >= length && !ShouldRest(current) && current.TryReset(_consumed))
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

    /// <summary>
    /// Whether to give up another region before this one. Two in turn: a region is longer than most pipes, so when its turn
    /// comes it was read, and giving it up frees its pages here and not in the reader. Then the kernel hands the very same
    /// pages out again, and clears them in this processor's cache instead of in main memory (docs/kernel.md, "Thresholds").
    /// </summary>
    private bool ShouldRest(PageRegion region) => region.MustDiscard && region.Length == regionLength && _regions.Count == 1;

    private PageRegion AddRegion(nuint length)
    {
        nuint hugePage = (nuint)HugePageProbe.Size;
        if (length > regionLength)
        {
            nuint whole = (length + hugePage - 1) & ~(hugePage - 1);
            return Add(Map(whole).Address, whole);
        }

        if (_uncutLength < regionLength)
        {
            nuint whole = Math.Max(hugePage, regionLength);
            _uncut = Map(whole).Address;
            _uncutLength = whole;
        }

        nint start = _uncut;
        _uncut += (nint)regionLength;
        _uncutLength -= regionLength;
        return Add(start, regionLength);
    }

    private PageMapping Map(nuint length)
    {
        PageMapping mapping = PageMapping.Map(length, hugePages: true);
        _mappings.Add(mapping);
        return mapping;
    }

    private PageRegion Add(nint address, nuint length)
    {
        var region = new PageRegion(address, length);
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
        _current = null;
    }
}
