using System.Globalization;
using VmSplice.Buffers;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Pipes;

/// <summary>What is wrong with a stream of spliceable buffers, in words: which buffer, segment and byte.</summary>
internal static class BufferStreamErrors
{
    /// <summary>The pipe ended, and nothing says that this was all.</summary>
    internal static BufferStreamException NotCompleted(BufferLayout layout, long received) => new(
        received == 0 ? StreamFault.NotBegun : StreamFault.Cut,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The pipe ended before the next {layout.Name}, and its sender did not complete the stream: it died, or disposed its writer without "
                + $"CompleteBuffers. Buffers that arrived: {received}."),
        null,
        0);

    /// <summary>It ended inside of a header.</summary>
    internal static BufferStreamException CutHeader(BufferPages pages, long filled) => new(
        StreamFault.Cut,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The stream was cut {Counted.Bytes(filled)} into the header of a {pages.Layout.Name} ({pages.HeaderLength} bytes): the sender ended without "
                + $"completing it."),
        null,
        filled);

    /// <summary>It ended inside of a segment.</summary>
    internal static BufferStreamException Cut(BufferPages pages, long filled)
    {
        int segment = 0;
        while (filled >= pages.SizeOf(segment))
        {
            filled -= pages.SizeOf(segment++);
        }

        string name = pages.Layout.Items[segment].Name;
        return new BufferStreamException(
            StreamFault.Cut,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The stream was cut {Counted.Bytes(filled)} into {pages.Layout.Name}.{name} ({Counted.Bytes(pages.SizeOf(segment))}): the sender ended "
                    + $"without completing it."),
            name,
            filled);
    }

    /// <summary>An element has a value that its type cannot have.</summary>
    internal static BufferStreamException Invalid(BufferPages pages, int segment, int element)
    {
        BufferSegment described = pages.Layout.Items[segment];
        ReadOnlySpan<byte> bytes = pages.BytesOf(segment, element);
        const int Most = 64;
        string shown = Convert.ToHexString(bytes[..Math.Min(bytes.Length, Most)]) + (bytes.Length > Most ? "…" : "");
        long offset = (long)element * described.ElementSize;
        return new BufferStreamException(
            StreamFault.InvalidValue,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Element {element} of {pages.Layout.Name}.{described.Name} is no valid {described.Type}: its bytes are {shown} at byte "
                    + $"{offset} of the segment."),
            described.Name,
            offset);
    }

    /// <summary>The sender completed the stream, and a buffer must come.</summary>
    internal static EndOfStreamException Ended(BufferLayout layout)
        => new($"The stream has ended; no further {layout.Name} comes. Use TryReceive where that is to be expected.");

    /// <summary>Lengths vary, and the stream does not carry them.</summary>
    internal static InvalidOperationException NobodyTellsLengths(BufferLayout layout)
        => new($"{layout.Name} has segments whose length varies, and without framing nobody tells it. Set the lengths of a buffer of your own and receive "
            + "into that, or leave Framed on at both ends.");
}
