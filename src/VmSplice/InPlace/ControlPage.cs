using VmSplice.Kernel;

namespace VmSplice.InPlace;

/// <summary>
/// The page that both processes write to: the sender says in it where its blocks are, the reader that it has joined and which blocks it
/// has returned. Each number stands in a cache line of its writer's own.
/// </summary>
/// <remarks>
/// <code>
/// sender      0 key (u64)   8 bytes of the blocks' memory (u64)   16 blocks, 32 wake-ups, 48 pipe: device (u64), inode (u64) of each
///            64 the sender's descriptor of the blocks (i32)   68 of the wake-ups' write end (i32)
/// both      128 state (i32)
/// reader    192 the last block that was returned, by its sequence (i64)
/// both      256 the block at whose return the sender wants to be woken; 0 for none (i64)
/// sender    320 whether it has dropped this reader: 1 (i32)
/// </code>
/// What the other process writes is read once, and checked before it is used.
/// </remarks>
internal readonly unsafe struct ControlPage(nint address)
{
    private const int DescriptorsOffset = 64;
    private const int StateOffset = 128;
    private const int ReturnedOffset = 192;
    private const int WakeAtOffset = 256;
    private const int DroppedOffset = 320;

    /// <summary>Nobody has joined yet.</summary>
    private const int Offered = 0;
    private const int Joined = 1;

    /// <summary>The sender has closed what a reader would open.</summary>
    private const int Withdrawn = 2;

    /// <summary>Gets whether a reader has joined.</summary>
    internal bool IsJoined => Volatile.Read(ref State) == Joined;

    /// <summary>Gets or sets the sequence of the last block that was returned.</summary>
    internal long Returned
    {
        get => Volatile.Read(ref Number(ReturnedOffset));
        set => Volatile.Write(ref Number(ReturnedOffset), value);
    }

    /// <summary>
    /// Gets whether the sender has dropped this reader. The reader asks behind each <see cref="Return"/>, before it looks at another block: that
    /// one may be overwritten.
    /// </summary>
    internal bool IsDropped => Volatile.Read(ref *(int*)(address + DroppedOffset)) != 0;

    // SAFETY of every access: the page is mapped for as long as the object lives that made this; the offsets lie in it, and are aligned.
    private ref int State => ref *(int*)(address + StateOffset);

    /// <summary>Writes down what is offered. The page is nobody else's yet.</summary>
    internal void WriteOffer(in BlockOffer offer)
    {
        ulong* page = (ulong*)address;
        page[0] = offer.Key;
        page[1] = offer.Length;
        Write(page + 2, offer.Blocks);
        Write(page + 4, offer.WakeUps);
        Write(page + 6, offer.Pipe);
        int* descriptors = (int*)(address + DescriptorsOffset);
        descriptors[0] = offer.BlocksDescriptor;
        descriptors[1] = offer.WakeUpsDescriptor;
    }

    /// <summary>Reads what is offered.</summary>
    internal BlockOffer ReadOffer()
    {
        ulong* page = (ulong*)address;
        int* descriptors = (int*)(address + DescriptorsOffset);
        return new BlockOffer(page[0], page[1], Read(page + 2), descriptors[0], Read(page + 4), descriptors[1], Read(page + 6));
    }

    /// <summary>The reader joins. <see langword="false"/> where another one did, or the offer was withdrawn.</summary>
    internal bool TryJoin() => Interlocked.CompareExchange(ref State, Joined, Offered) == Offered;

    /// <summary>The sender withdraws its offer. <see langword="false"/> where a reader has joined meanwhile.</summary>
    internal bool TryWithdraw() => Interlocked.CompareExchange(ref State, Withdrawn, Offered) == Offered;

    /// <summary>The sender wants to be woken when a block is returned, or does not any more (0). A full fence.</summary>
    internal void SetWakeAt(long sequence) => Interlocked.Exchange(ref Number(WakeAtOffset), sequence);

    /// <summary>The reader returns a block, and all before it.</summary>
    /// <returns>Whether the sender waits for it and is to be woken.</returns>
    internal bool Return(long sequence)
    {
        // Stored before the wish is looked at, as the sender stores its wish before it looks here: one of the two sees the other.
        Interlocked.Exchange(ref Number(ReturnedOffset), sequence);
        long wakeAt = Volatile.Read(ref Number(WakeAtOffset));
        return wakeAt != 0 && wakeAt <= sequence && Interlocked.CompareExchange(ref Number(WakeAtOffset), 0, wakeAt) == wakeAt;
    }

    /// <summary>The sender drops this reader: it shall look at no further block.</summary>
    /// <returns>The last block that was returned. The one behind it may still be read; no other one, unless the reader breaks the rule.</returns>
    internal long Drop()
    {
        // Stored before the return is looked at, as the reader returns before it looks here: one of the two sees the other.
        Interlocked.Exchange(ref *(int*)(address + DroppedOffset), 1);
        return Returned;
    }

    private static void Write(ulong* place, FileIdentity file) => (place[0], place[1]) = (file.Device, file.Inode);

    private static FileIdentity Read(ulong* place) => new(place[0], place[1]);

    private ref long Number(int offset) => ref *(long*)(address + offset);
}
