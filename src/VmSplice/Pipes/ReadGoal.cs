using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>What a read wants: where to, and when it has enough.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="ElementSize">What to count the result in, in bytes.</param>
/// <param name="UntilFull">Whether to go on until the destination is full or the stream ends.</param>
/// <param name="MustBeFull">Whether the end of the stream before is an error.</param>
internal readonly record struct ReadGoal(ReadDestination Destination, int ElementSize, bool UntilFull, bool MustBeFull)
{
    /// <summary>Checks what arrived before the stream ended.</summary>
    /// <returns>What to throw where it is too little, or ends in an element.</returns>
    internal EndOfStreamException? Check(int filled)
        => MustBeFull && filled < Destination.Length ? SpliceReader.TooShort(filled, Destination.Length)
            : filled % ElementSize != 0 ? SpliceReader.CutElement(filled, ElementSize)
            : null;
}
