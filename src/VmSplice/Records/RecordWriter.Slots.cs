using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.Memory;

namespace VmSplice;

/// <content>The chunk that is being filled, and its slots: handed out, cleared ahead, and moved on from when full.</content>
public sealed unsafe partial class RecordWriter<T>
{
    /// <summary>Bytes that are cleared in one go: well within a first-level cache, long enough for the processor's bulk store.</summary>
    private const int AcquireWindow = 16 * 1024;

    private PageBlock? _block;
    private long _ticket;
    private byte* _first;
    private byte* _next;
    private byte* _cleared;
    private byte* _acquired;
    private byte* _limit;
    private PageMemoryManager<T>? _memory;

    private int Pending => (int)((_next - _first) / sizeof(T));

    /// <summary>Makes room for at least <paramref name="sizeHint"/> records (at least one) and returns where it ends.</summary>
    private byte* Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        Enter();
        try
        {
            return ReserveRecords(Math.Max(sizeHint, 1));
        }
        finally
        {
            Exit();
        }
    }

    private byte* ReserveRecords(int records)
    {
        if ((_limit - _next) / sizeof(T) < records)
        {
            MoveOn(records);
        }

        // Whoever gets the span may write into it what it likes.
        _cleared = _next;
        if (!_sharesChunks)
        {
            return _limit;
        }

        Acquire(records);
        return _acquired;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ClearNext()
    {
        Enter();
        try
        {
            ClearSlots();
        }
        finally
        {
            Exit();
        }
    }

    private void ClearSlots()
    {
        if (_limit - _next < sizeof(T))
        {
            MoveOn(1);
            if (_next < _cleared)
            {
                // Fresh from the kernel: all of the chunk is.
                return;
            }
        }

        if (_next < _acquired)
        {
            // Among slots that were handed out as a span before: one at a time.
            new Span<byte>(_next, sizeof(T)).Clear();
            _cleared = _next + sizeof(T);
        }
        else
        {
            Acquire(1);
            _cleared = _acquired;
        }
    }

    /// <summary>
    /// Clears the next slots in one go, at least <paramref name="records"/> of them. That is more than hygiene: a page
    /// that was read lies in the reader's cache, and a store to it waits for the line to come over, while clearing whole
    /// lines takes them over without (docs/kernel.md, "Thresholds").
    /// </summary>
    private void Acquire(int records)
    {
        byte* wanted = _next + ((nint)records * sizeof(T));
        if (wanted <= _acquired)
        {
            return;
        }

        byte* from = _acquired > _next ? _acquired : _next;
        nint window = Math.Max((nint)(wanted - from), AcquireWindow / sizeof(T) * sizeof(T));
        _acquired = from + Math.Min(window, (nint)(_limit - from));
        NativeMemory.Clear(from, (nuint)(_acquired - from));
    }

    /// <summary>Sends the chunk, if anything is in it, and takes a new one with room for at least <paramref name="records"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveOn(int records)
    {
        // Nothing is sent for the first record, not even the header: that may block, and whoever awaits FlushAsync must not.
        if (Pending != 0)
        {
            Send();
        }

        nuint bytes = Math.Max((nuint)_chunkSize, (nuint)_blockHeaderLength + ((nuint)records * (nuint)sizeof(T)));
        if (_block is not null && _block.Length < bytes)
        {
            ReturnBlock();
        }

        if (_block is null)
        {
            _block = _writer.Sender.Pool.Rent(bytes, out _ticket);
            _first = _next = (byte*)_block.Address + _blockHeaderLength;
            _limit = _first + ((bytes - (nuint)_blockHeaderLength) / (nuint)sizeof(T) * (nuint)sizeof(T));
            _acquired = _cleared = _block.Dirty == 0 ? _limit : _first;
        }
    }

    private void ReturnBlock()
    {
        if (_block is not { } block)
        {
            return;
        }

        bool left = block.TryLeave(_ticket, PageBufferState.Disposed);
        Debug.Assert(left, "nobody else has the ticket");
        ForgetBlock();
        block.Pool.Return(block, BlockFate.Reusable);
    }

    private void ForgetBlock()
    {
        _block = null;
        _memory = null;
        _first = _next = _cleared = _acquired = _limit = null;
    }
}
