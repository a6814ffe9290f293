namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>Records as messages of a serializer.</summary>
internal interface IRecordCodec
{
    /// <summary>Gets the records of one message.</summary>
    int RecordsInMessage { get; }

    /// <summary>Fills records and writes them as one message.</summary>
    /// <param name="first">The number of the first record.</param>
    /// <param name="frames">Where to.</param>
    void Write(long first, FrameWriter frames);

    /// <summary>Reads a message and sums its records.</summary>
    long Sum(ReadOnlySpan<byte> message);
}
