namespace VmSplice;

/// <summary>What arrived is not the stream of records that was expected: cut, damaged, of another layout, or with an invalid value.</summary>
public sealed class RecordStreamException : IOException
{
    internal RecordStreamException(StreamFault fault, string message, long recordIndex, long byteOffset, string? field = null)
        : base(message)
    {
        Fault = fault;
        Field = field;
        RecordIndex = recordIndex;
        ByteOffset = byteOffset;
    }

    /// <summary>Gets what is wrong, for code that decides by it.</summary>
    public StreamFault Fault { get; }

    /// <summary>
    /// Gets the name of the field that has an invalid value, or that is the first to differ from the sender's;
    /// <see langword="null"/> where it is no matter of a field, or cannot be told.
    /// </summary>
    public string? Field { get; }

    /// <summary>Gets the record at which it was noticed, counted from 0. All records before it are good.</summary>
    public long RecordIndex { get; }

    /// <summary>Gets where in the stream it was noticed, in bytes from its start.</summary>
    public long ByteOffset { get; }
}
