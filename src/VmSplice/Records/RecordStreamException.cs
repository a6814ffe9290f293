namespace VmSplice;

/// <summary>What arrived is not the stream of records that was expected: cut, damaged, of another layout, or with an invalid value.</summary>
public sealed class RecordStreamException : IOException
{
    internal RecordStreamException(string message, long recordIndex, long byteOffset)
        : base(message)
    {
        RecordIndex = recordIndex;
        ByteOffset = byteOffset;
    }

    /// <summary>Gets the record at which it was noticed, counted from 0. All records before it are good.</summary>
    public long RecordIndex { get; }

    /// <summary>Gets where in the stream it was noticed, in bytes from its start.</summary>
    public long ByteOffset { get; }
}
