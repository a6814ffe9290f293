using System.Diagnostics;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.InPlace;

/// <summary>
/// The sender's blocks in shared memory, one behind another and round again. A block is free once this process has given it back and the
/// reader has returned it, and all before it. Steady state allocates nothing.
/// </summary>
internal sealed class BlockRing(SharedMemory memory) : IBlockPool, IDisposable
{
    private readonly Lock _gate = new();
    private readonly long _length = (long)memory.Length;

    // All that is rented, or sent and not returned, in their order. The newest may still be trimmed.
    private readonly Queue<RingBlock> _taken = [];
    private readonly Queue<RingBlock> _spares = [];

    // Positions are counted on, round after round: from _tail to _head the ring is taken. Up to _written it may have been written to.
    private long _tail;
    private long _head;
    private long _written;
    private long _returned;
    private int _owned;
    private bool _disposed;

    /// <summary>Gets the sequence of the last block that was announced.</summary>
    internal long Announced { get; private set; }

    /// <summary>Gets how far the blocks that are announced and not returned fill the ring: the sequence in their middle.</summary>
    internal long MiddleOfTaken => Announced - ((Announced - _returned) / 2);

    /// <summary>Gets the records that were announced, and lie in blocks that the reader has not returned.</summary>
    internal long RecordsNotReturned
    {
        get
        {
            lock (_gate)
            {
                long records = 0;
                foreach (RingBlock block in _taken)
                {
                    records += block.Sequence > _returned ? block.Records : 0;
                }

                return records;
            }
        }
    }

    /// <summary>Whether so many bytes could be rented now.</summary>
    internal bool HasRoom(nuint bytes)
    {
        lock (_gate)
        {
            return Place(Pages(bytes)) >= 0;
        }
    }

    /// <summary>Hands out so many bytes in whole pages, if they are free.</summary>
    internal bool TryRent(nuint bytes, out PageBlock? rented, out long ticket)
    {
        rented = null;
        ticket = 0;
        long length = Pages(bytes);
        lock (_gate)
        {
            long start = Place(length);
            if (start < 0 || _disposed)
            {
                return false;
            }

            nint address = memory.Address + (nint)(start % _length);
            if (RuntimeSwitches.Guard && !PageMapping.TryProtect(address, (nuint)length, SysMman.PROT_READ | SysMman.PROT_WRITE))
            {
                return false;
            }

            if (!_spares.TryDequeue(out RingBlock? block))
            {
                block = new RingBlock(this);
            }

            long dirty = start >= _length ? length : Math.Clamp(_written - start, 0, length);
            ticket = block.HandOut(address, (nuint)length, (nuint)dirty);
            (block.Start, block.End, block.Sequence, block.Records, block.IsBack) = (start, start + length, 0, 0, false);
            if (_taken.Count == 0)
            {
                _tail = start;
            }

            _head = block.End;
            _written = Math.Max(_written, _head);
            _taken.Enqueue(block);
            _owned++;
            Instruments.CountPages((nuint)length, fresh: dirty == 0);
            rented = block;
            return true;
        }
    }

    /// <summary>A block is about to be sent. Where it is the newest, what lies behind its records can be rented.</summary>
    /// <param name="block">The block.</param>
    /// <param name="bytes">What of it is used.</param>
    /// <param name="records">The records in it.</param>
    /// <returns>The sequence by which the reader returns it.</returns>
    internal long Announce(RingBlock block, nuint bytes, int records)
    {
        lock (_gate)
        {
            Debug.Assert(!block.IsBack, "owned");
            if (block.End == _head)
            {
                _head = block.End = block.Start + Pages(bytes);
            }

            block.Records = records;
            return block.Sequence = ++Announced;
        }
    }

    /// <summary>The block that was announced last was not sent. It is its owner's again, whole.</summary>
    internal void TakeBackAnnouncement(RingBlock block)
    {
        lock (_gate)
        {
            Debug.Assert(block.Sequence == Announced, "the last one");
            if (block.End == _head)
            {
                _head = block.End = block.Start + (long)block.Length;
            }

            block.Sequence = 0;
            Announced--;
        }
    }

    /// <summary>The reader has returned all blocks up to here.</summary>
    internal void NoteReturned(long sequence)
    {
        lock (_gate)
        {
            _returned = sequence;
            FreeReturned();
        }
    }

    void IBlockPool.TakeBack(PageBlock block, BlockFate fate, long inFlightUntil)
    {
        var back = (RingBlock)block;
        lock (_gate)
        {
            back.IsBack = true;
            if (back.Sequence == 0 && back.End == _head)
            {
                // The newest one, and not sent: as if it had never been cut.
                _head = back.End = back.Start;
            }

            if (RuntimeSwitches.Guard)
            {
                // What cannot be guarded is still given back: the guard finds mistakes, it does not prevent them.
                _ = PageMapping.TryProtect(back.Address, back.Sequence == 0 ? back.Length : (nuint)(back.End - back.Start), SysMman.PROT_NONE);
            }

            _owned--;
            FreeReturned();
            UnmapIfUnused();
        }
    }

    /// <summary>Unmaps the memory here; where a block is still owned, as soon as it comes back. The reader keeps what it has mapped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            UnmapIfUnused();
        }
    }

    private static long Pages(nuint bytes)
    {
        nuint pageSize = (nuint)Environment.SystemPageSize;
        return (long)Math.Max(pageSize, (bytes + pageSize - 1) & ~(pageSize - 1));
    }

    /// <summary>Where so many bytes in one piece begin, or −1.</summary>
    private long Place(long length)
    {
        long untilEnd = _length - (_head % _length);
        long start = length <= untilEnd ? _head : _head + untilEnd;
        long tail = _taken.Count == 0 ? start : _tail;
        return start + length - tail <= _length ? start : -1;
    }

    private void FreeReturned()
    {
        while (_taken.TryPeek(out RingBlock? oldest) && oldest.IsBack && oldest.Sequence <= _returned)
        {
            _tail = oldest.End;
            _spares.Enqueue(_taken.Dequeue());
        }
    }

    private void UnmapIfUnused()
    {
        if (_disposed && _owned == 0)
        {
            memory.Dispose();
        }
    }
}
