using System.Diagnostics.CodeAnalysis;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.InPlace;

/// <summary>
/// The blocks of a stream that several readers get: some chunks of equal length, in memory that readers can map where that is to be had. The
/// one that came back last is handed out first, because it is still in a cache. Steady state allocates nothing.
/// </summary>
internal sealed class BroadcastBlocks : IBlockPool, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<BroadcastBlock> _free = new();
    private readonly IDisposable _memory;
    private readonly nint _address;
    private readonly nuint _length;
    private readonly int _most;
    private readonly Action _onReturn;

    // Blocks that are handed out, with those that are kept and without.
    private int _out;
    private int _taken;
    private bool _disposed;

    /// <summary>Maps memory; no page of it exists before it is written to.</summary>
    /// <param name="length">Bytes of a block.</param>
    /// <param name="most">How many can be out at once.</param>
    /// <param name="spares">How many more there are for those that are kept.</param>
    /// <param name="mayBeShared">Whether to make memory that readers can map.</param>
    /// <param name="onReturn">Is told that a block came back.</param>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    internal BroadcastBlocks(int length, int most, int spares, bool mayBeShared, Action onReturn)
    {
        _length = Pages((nuint)length);
        _most = most;
        _onReturn = onReturn;
        nuint all = _length * (nuint)(most + spares);
        if (mayBeShared && all <= InPlaceSender.MostLength)
        {
            Offered = OfferedBlocks.TryCreate((long)all, out int errno);
            if (Offered is null)
            {
                Instruments.CountFallback(Instruments.InPlace, errno, "the blocks of a broadcast");
            }
        }

        if (Offered is not null)
        {
            (_memory, _address) = (Offered.Memory, Offered.Memory.Address);
        }
        else
        {
            PageMapping mapped = PageMapping.Map(all, hugePages: false);
            (_memory, _address) = (mapped, mapped.Address);
        }

        for (int i = most + spares - 1; i >= 0; i--)
        {
            _free.Push(new BroadcastBlock(this, (long)_length * i));
        }
    }

    /// <summary>Gets the memory that readers can be offered, if it is such.</summary>
    internal OfferedBlocks? Offered { get; }

    /// <summary>Gets whether a block can be handed out.</summary>
    internal bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return _taken < _most;
            }
        }
    }

    /// <summary>Hands out a block, where one is free. One that is longer than others lies elsewhere.</summary>
    internal bool TryRent(nuint bytes, [NotNullWhen(true)] out PageBlock? rented, out long ticket)
    {
        (rented, ticket) = (null, 0);
        lock (_gate)
        {
            if (_taken >= _most || _disposed)
            {
                return false;
            }

            BroadcastBlock block = bytes <= _length
                ? _free.Peek() : new BroadcastBlock(this, place: -1) { OwnMemory = PageMapping.Map(Pages(bytes), hugePages: false) };
            nint address = block.OwnMemory?.Address ?? _address + (nint)block.Place;
            nuint length = block.OwnMemory?.Length ?? _length;
            if (RuntimeSwitches.Guard)
            {
                PageMapping.Protect(address, length, SysMman.PROT_READ | SysMman.PROT_WRITE);
            }

            if (block.OwnMemory is null)
            {
                _free.Pop();
            }

            Instruments.CountPages(length, fresh: !block.WasUsed);
            ticket = block.HandOut(address, length, dirty: block.WasUsed ? length : 0);
            block.WasUsed = true;
            _out++;
            _taken++;
            rented = block;
            return true;
        }
    }

    /// <summary>Takes a block out of use until the end: somebody may look at it for ever.</summary>
    internal void Keep(BroadcastBlock block)
    {
        lock (_gate)
        {
            if (!block.IsKept)
            {
                block.IsKept = true;
                _taken--;
            }
        }

        _onReturn();
    }

    void IBlockPool.TakeBack(PageBlock block, BlockFate fate, long inFlightUntil)
    {
        var back = (BroadcastBlock)block;
        lock (_gate)
        {
            _out--;
            _taken -= back.IsKept ? 0 : 1;
            if (back.OwnMemory is not null)
            {
                back.OwnMemory.Dispose();
            }
            else
            {
                if (RuntimeSwitches.Guard)
                {
                    // What cannot be guarded is still given back: the guard finds mistakes, it does not prevent them.
                    _ = back.TryProtect(SysMman.PROT_NONE);
                }

                _free.Push(back);
            }

            UnmapIfUnused();
        }

        _onReturn();
    }

    /// <summary>Unmaps the memory here; where a block is still sent, as soon as it comes back. The readers keep what they have mapped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                Offered?.Close();
                UnmapIfUnused();
            }
        }
    }

    private static nuint Pages(nuint bytes)
    {
        nuint pageSize = (nuint)Environment.SystemPageSize;
        return (bytes + pageSize - 1) & ~(pageSize - 1);
    }

    private void UnmapIfUnused()
    {
        if (_disposed && _out == 0)
        {
            _memory.Dispose();
        }
    }
}
