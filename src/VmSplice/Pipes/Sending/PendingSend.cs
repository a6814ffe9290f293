using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>One send: what is left of it, how it goes, and for whom.</summary>
internal struct PendingSend(OutgoingMemory memory)
{
    /// <summary>What is sent.</summary>
    internal OutgoingMemory Memory = memory;

    /// <summary>Whether the rest goes by vmsplice(2), not by write(2).</summary>
    internal bool Shares;

    /// <summary>For vmsplice(2).</summary>
    internal SpliceFlags Flags;

    /// <summary>Which send of its writer it is, counted from 0.</summary>
    internal long Index;

    /// <summary>Who wants to know how it ended, and may keep the block of a send that did not even start.</summary>
    internal ISendOwner? Owner;

    /// <summary>The call that it is a part of, which may be ended while this waits; none where only the writer can be disposed.</summary>
    internal CallGate? Caller;

    /// <summary>Gets the bytes of the whole send.</summary>
    internal nuint Length { get; } = memory.Remaining;

    /// <summary>Gets the bytes that the pipe accepted.</summary>
    internal readonly nuint Accepted => Length - Memory.Remaining;
}
