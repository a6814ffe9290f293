using System.Globalization;
using VmSplice.Diagnostics;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>What a read wants: where to, and when it has enough.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="ElementSize">What to count the result in, in bytes.</param>
/// <param name="UntilFull">Whether to go on until the destination is full or the stream ends.</param>
/// <param name="MustBeFull">Whether the end of the stream before is an error.</param>
internal readonly record struct ReadGoal(ReadDestination Destination, int ElementSize, bool UntilFull, bool MustBeFull)
{
    /// <summary>A buffer, until it is full or the stream ends.</summary>
    internal static unsafe ReadGoal Of<T>(PageBuffer<T> destination)
        where T : unmanaged
        => new(destination.AsReadDestination(checked(destination.Length * sizeof(T))), sizeof(T), UntilFull: true, MustBeFull: false);

    /// <summary>Checks what arrived before the stream ended.</summary>
    /// <returns>What to throw where it is too little, or ends in an element.</returns>
    internal EndOfStreamException? Check(int filled)
        => MustBeFull && filled < Destination.Length ? TooShort(filled, Destination.Length)
            : filled % ElementSize != 0 ? CutElement(filled, ElementSize)
            : null;

    internal static EndOfStreamException TooShort(int filled, int wanted)
        => new(string.Create(CultureInfo.InvariantCulture, $"The stream ended after {filled} of {Counted.Bytes(wanted)}."));

    private static EndOfStreamException CutElement(int filled, int elementSize)
        => new(string.Create(
            CultureInfo.InvariantCulture,
            $"The stream ended {Counted.Bytes(filled % elementSize)} into element {filled / elementSize} of {Counted.Bytes(elementSize)}."));
}
