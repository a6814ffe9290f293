namespace VmSplice;

/// <summary>What arrived is not the buffer that was expected: cut, damaged, of another layout, or with an invalid value.</summary>
public sealed class BufferStreamException : IOException
{
    internal BufferStreamException(StreamFault fault, string message, string? segment, long byteOffset)
        : base(message)
    {
        Fault = fault;
        Segment = segment;
        ByteOffset = byteOffset;
    }

    /// <summary>Gets what is wrong, for code that decides by it.</summary>
    public StreamFault Fault { get; }

    /// <summary>Gets the segment at which it was noticed; <see langword="null"/> for the header.</summary>
    public string? Segment { get; }

    /// <summary>
    /// Gets where it was noticed: bytes from the start of the segment; from the start of the header, where what it says
    /// is wrong.
    /// </summary>
    public long ByteOffset { get; }
}
