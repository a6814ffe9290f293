namespace VmSplice.Memory;

/// <summary>Where a read that may wait puts its bytes. Looked up at each attempt, so nothing is pinned while it waits.</summary>
internal readonly struct ReadDestination
{
    private readonly Memory<byte> _managed;
    private readonly PageBlock? _block;
    private readonly long _ticket;
    private readonly nint _address;

    internal ReadDestination(Memory<byte> managed)
    {
        _managed = managed;
        Length = managed.Length;
    }

    /// <summary>Pages that a ticket gives access to; without a block, memory that its owner keeps mapped until the read ended.</summary>
    internal ReadDestination(nint address, int length, PageBlock? block, long ticket)
    {
        _address = address;
        Length = length;
        _block = block;
        _ticket = ticket;
    }

    /// <summary>Gets the length in bytes.</summary>
    internal int Length { get; }

    /// <summary>Gets whether its owner has sent or disposed it.</summary>
    internal bool IsLeft => _block?.IsOwned(_ticket) == false;

    /// <summary>Keeps the pages until <see cref="Release"/>: a call has their address.</summary>
    /// <param name="user">The call, which is told when the owner leaves the pages.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over or disposed before.</exception>
    internal void Use(IBlockUser user) => ObjectDisposedException.ThrowIf(_block?.TryUse(_ticket, user) == false, typeof(PageBuffer<>));

    /// <param name="user">The call that <see cref="Use"/> was told.</param>
    internal void Release(IBlockUser user) => _block?.Release(user);

    /// <summary>Gets what is left of it.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was handed over or disposed meanwhile.</exception>
    internal unsafe Span<byte> From(int offset)
    {
        if (_address == 0)
        {
            return _managed.Span[offset..];
        }

        if (IsLeft)
        {
            throw WasLeft();
        }

        // SAFETY: the ticket is current, or the owner keeps the memory; the length was the memory's. See also Use.
        return new Span<byte>((byte*)_address + offset, Length - offset);
    }

    /// <summary>What a read throws whose buffer is not its owner's any more.</summary>
    internal static ObjectDisposedException WasLeft() => new("PageBuffer", "The buffer was sent or disposed while this read waited.");
}
