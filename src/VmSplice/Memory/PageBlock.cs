using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.Kernel;

namespace VmSplice.Memory;

/// <summary>
/// Some pages that were handed out together. The object is reused for other pages later; whoever holds it also holds
/// the ticket that it was handed out with, and a ticket that is no longer current opens nothing.
/// </summary>
internal class PageBlock(IBlockPool pool)
{
    private const int StateBits = 8;

    // Beside the state that the last owner left: nobody has the pages, and whoever sets a ticket of his own has them.
    private const long Offered = 1 << (StateBits - 1);

    // Generation and state in one word, so that one compare-and-swap decides who may send, freeze or dispose.
    private long _word;

    // The pages are handed out again, or unmapped, once no call has their address any more.
    private UseCount _uses;
    private BlockUsers _users;
    private BlockFate _fate;
    private long _inFlightUntil;

    internal IBlockPool Pool => pool;

    /// <summary>Gets the region that the block was cut from, where it was.</summary>
    internal PageRegion? Region { get; private set; }

    /// <summary>
    /// Gets whether a pipe may refer to its pages. Not to those that another process has mapped: they are used again when that one has
    /// returned them, whatever the pipe still holds.
    /// </summary>
    internal bool MayBeShared => Region is not null;

    /// <summary>Gets whether readers have mapped its pages: lines of it lie in their processors' caches when it comes back.</summary>
    internal virtual bool IsMappedByReaders => false;

    internal nint Address { get; private set; }

    /// <summary>Gets the length in bytes: whole pages.</summary>
    internal nuint Length { get; private set; }

    /// <summary>Gets the bytes at its start that may have an earlier owner's content. What follows is zeros.</summary>
    internal nuint Dirty { get; private set; }

    /// <summary>Puts the block to use for new pages and returns the ticket of their owner. Called under the pool's lock.</summary>
    internal long HandOut(PageRegion region, nuint length)
    {
        nuint dirty = Math.Min(region.Dirty, length);
        Region = region;
        return HandOut(region.Take(length), length, dirty);
    }

    /// <summary>The same for pages that are cut from no region.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="length">Bytes, whole pages.</param>
    /// <param name="dirty">As of <see cref="Dirty"/>.</param>
    internal long HandOut(nint address, nuint length, nuint dirty)
    {
        Address = address;
        Length = length;
        Dirty = dirty;
        ResetUses();
        return NewTicket();
    }

    /// <summary>
    /// Keeps the pages for a call that has their address, until <see cref="Release"/>. <see langword="false"/> where the
    /// ticket is no longer current.
    /// </summary>
    /// <param name="ticket">The owner's ticket.</param>
    /// <param name="user">Is told when the owner sends or disposes the pages meanwhile.</param>
    internal bool TryUse(long ticket, IBlockUser user)
    {
        if (!_uses.TryAdd())
        {
            return false;
        }

        // Added before the ticket is read, and read by TryLeave after the ticket is spent: one of the two sees the other.
        // A stale ticket may add itself beside the next owner's calls, and takes nothing but itself away.
        _users.Add(user);
        if (IsOwned(ticket))
        {
            return true;
        }

        Release(user);
        return false;
    }

    /// <summary>Ends what <see cref="TryUse"/> began.</summary>
    internal void Release(IBlockUser user)
    {
        _users.Remove(user);
        if (_uses.Release())
        {
            pool.TakeBack(this, _fate, _inFlightUntil);
        }
    }

    /// <summary>Gives the pages, which their owner has left, back to the pool: now, or by the last call that uses them.</summary>
    /// <param name="fate">What must happen before the pages are used again.</param>
    /// <param name="inFlightUntil">For <see cref="BlockFate.ReusableOnceConsumed"/>: the position in the stream that must have been read.</param>
    internal void Return(BlockFate fate, long inFlightUntil = 0)
    {
        Debug.Assert((_word & Offered) == 0 && (PageBufferState)(byte)_word != PageBufferState.Owned, "returned twice, or somebody owns it still");
        if (!_uses.IsUsed)
        {
            // The ticket was spent, by a full fence, before this looked. A call that adds itself now finds it spent, and uses nothing.
            pool.TakeBack(this, fate, inFlightUntil);
            return;
        }

        (_fate, _inFlightUntil) = (fate, inFlightUntil);
        bool first = _uses.TryEnd(out bool isUnused);
        Debug.Assert(first, "returned twice");
        if (isUnused)
        {
            pool.TakeBack(this, fate, inFlightUntil);
        }
    }

    /// <summary>Gives the same pages a new owner: of a send that was cancelled before it touched the pipe.</summary>
    internal long HandOutAgain()
    {
        Debug.Assert((PageBufferState)(byte)_word == PageBufferState.Sent, "somebody owns it still");
        Dirty = Length;
        return NewTicket();
    }

    /// <summary>Lets whoever comes first have the pages, which came back and to which no pipe refers. The caller gives them up.</summary>
    internal void Offer()
    {
        Dirty = Length;
        ResetUses();
        Volatile.Write(ref _word, _word | Offered);
    }

    /// <summary>Takes pages that are offered. Of several threads that try, one succeeds.</summary>
    internal bool TryTakeOffered(out long ticket)
    {
        long word = Volatile.Read(ref _word);
        ticket = TicketAfter(word);
        return (word & Offered) != 0 && Interlocked.CompareExchange(ref _word, ticket, word) == word;
    }

    /// <summary>Takes an offer back: the pages are the caller's to give back, and nobody's else. Handles go on saying how they lost them.</summary>
    internal bool TryWithdraw()
    {
        long word = Volatile.Read(ref _word);
        return (word & Offered) != 0 && Interlocked.CompareExchange(ref _word, word & ~Offered, word) == word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOwned(long ticket) => Volatile.Read(ref _word) == ticket;

    internal PageBufferState StateFor(long ticket)
    {
        long word = Volatile.Read(ref _word);
        return word >> StateBits == ticket >> StateBits
            ? (PageBufferState)(word & (Offered - 1))
            : PageBufferState.Disposed;
    }

    /// <summary>Ends the ownership that the ticket stands for. Of several threads that try, one succeeds.</summary>
    internal bool TryLeave(long ticket, PageBufferState state)
    {
        long left = (ticket >> StateBits << StateBits) | (long)state;
        if (Interlocked.CompareExchange(ref _word, left, ticket) != ticket)
        {
            return false;
        }

        _users.Tell();
        return true;
    }

    private static long TicketAfter(long word) => (((word >> StateBits) + 1) << StateBits) | (long)PageBufferState.Owned;

    private long NewTicket()
    {
        long ticket = TicketAfter(Volatile.Read(ref _word));
        Volatile.Write(ref _word, ticket);
        return ticket;
    }

    // Where the uses were not ended, a call with a spent ticket may be counted for this moment, and takes itself away.
    private void ResetUses()
    {
        if (_uses.IsEnded)
        {
            _uses.Reset();
        }
    }

    /// <exception cref="SystemCallException">mprotect(2) failed (ENOMEM).</exception>
    internal void Protect(int protection) => PageMapping.Protect(Address, Length, protection);

    /// <summary>Removes what an earlier owner left in the first bytes. Pages that are fresh from the kernel are not touched.</summary>
    internal unsafe void Clear(nuint bytes)
    {
        // SAFETY: the pages are mapped, and the caller's, who has not handed them on yet.
        NativeMemory.Clear((void*)Address, Math.Min(bytes, Dirty));
    }

    internal bool TryProtect(int protection) => PageMapping.TryProtect(Address, Length, protection);
}
