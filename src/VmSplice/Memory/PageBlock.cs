using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.Kernel;

namespace VmSplice.Memory;

/// <summary>
/// Some pages that were handed out together. The object is reused for other pages later; whoever holds it also holds
/// the ticket that it was handed out with, and a ticket that is no longer current opens nothing.
/// </summary>
internal sealed class PageBlock(PagePool pool)
{
    private const int StateBits = 8;

    // Generation and state in one word, so that one compare-and-swap decides who may send, freeze or dispose.
    private long _word;

    internal PagePool Pool => pool;

    internal PageRegion Region { get; private set; } = null!;

    internal nint Address { get; private set; }

    /// <summary>Gets the length in bytes: whole pages.</summary>
    internal nuint Length { get; private set; }

    /// <summary>Gets the bytes at its start that may have an earlier owner's content. What follows is zeros.</summary>
    internal nuint Dirty { get; private set; }

    /// <summary>Puts the block to use for new pages and returns the ticket of their owner. Called under the pool's lock.</summary>
    internal long HandOut(PageRegion region, nuint length)
    {
        Dirty = Math.Min(region.Dirty, length);
        Region = region;
        Address = region.Take(length);
        Length = length;
        return NewTicket();
    }

    /// <summary>Gives the same pages a new owner: of a send that was cancelled before it touched the pipe.</summary>
    internal long HandOutAgain()
    {
        Debug.Assert((PageBufferState)(byte)_word == PageBufferState.Sent, "somebody owns it still");
        Dirty = Length;
        return NewTicket();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOwned(long ticket) => Volatile.Read(ref _word) == ticket;

    internal PageBufferState StateFor(long ticket)
    {
        long word = Volatile.Read(ref _word);
        return word >> StateBits == ticket >> StateBits
            ? (PageBufferState)(word & ((1 << StateBits) - 1))
            : PageBufferState.Disposed;
    }

    /// <summary>Ends the ownership that the ticket stands for. Of several threads that try, one succeeds.</summary>
    internal bool TryLeave(long ticket, PageBufferState state)
    {
        long left = (ticket >> StateBits << StateBits) | (long)state;
        return Interlocked.CompareExchange(ref _word, left, ticket) == ticket;
    }

    private long NewTicket()
    {
        long generation = (Volatile.Read(ref _word) >> StateBits) + 1;
        long ticket = (generation << StateBits) | (long)PageBufferState.Owned;
        Volatile.Write(ref _word, ticket);
        return ticket;
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
