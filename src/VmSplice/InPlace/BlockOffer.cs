using VmSplice.Kernel;

namespace VmSplice.InPlace;

/// <summary>What a sender offers to the reader of its pipe: which files to open, by which numbers of its own process.</summary>
/// <param name="Key">A number that the invitation has too and no stream before, so that neither is another stream's.</param>
/// <param name="Length">Bytes of the blocks' memory.</param>
/// <param name="Blocks">The memory that the blocks lie in.</param>
/// <param name="BlocksDescriptor">The sender's descriptor of it.</param>
/// <param name="WakeUps">The pipe by which the reader wakes the sender.</param>
/// <param name="WakeUpsDescriptor">The sender's descriptor of its write end.</param>
/// <param name="Pipe">The pipe that the stream is sent into: whoever reads the stream from another one got it from somebody else.</param>
internal readonly record struct BlockOffer(
    ulong Key,
    ulong Length,
    FileIdentity Blocks,
    int BlocksDescriptor,
    FileIdentity WakeUps,
    int WakeUpsDescriptor,
    FileIdentity Pipe);
