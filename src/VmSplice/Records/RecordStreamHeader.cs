using VmSplice.Records;

namespace VmSplice;

/// <summary>What the header of a stream of records says of its sender.</summary>
public readonly struct RecordStreamHeader
{
    internal RecordStreamHeader(RecordStreamFlags flags)
    {
        SenderRecycles = flags.HasFlag(RecordStreamFlags.Recycles);
        SenderSharesPages = flags.HasFlag(RecordStreamFlags.SharesPages);
    }

    /// <summary>
    /// Gets whether the sender reuses its pages once they were read: then they must be read, not passed on with splice(2) or
    /// tee(2). Not so for a stream that is one short message: that was copied.
    /// </summary>
    public bool SenderRecycles { get; }

    /// <summary>Gets whether full chunks lie in the sender's own pages while they wait in the pipe, not in copies of them.</summary>
    public bool SenderSharesPages { get; }
}
