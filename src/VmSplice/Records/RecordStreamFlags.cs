namespace VmSplice.Records;

/// <summary>What the header of a stream says of its sender.</summary>
[Flags]
internal enum RecordStreamFlags : byte
{
    None = 0,

    /// <summary>Pages are used again once they were read, so they must not be passed on.</summary>
    Recycles = 1,

    /// <summary>Chunks lie in the sender's own pages, not in copies of them.</summary>
    SharesPages = 2,
}
