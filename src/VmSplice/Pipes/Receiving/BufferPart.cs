namespace VmSplice.Pipes;

/// <summary>What of a buffer is received in one go.</summary>
internal enum BufferPart
{
    /// <summary>What every buffer's header has, and by which it is known.</summary>
    HeaderStart,

    /// <summary>The rest of the header.</summary>
    HeaderRest,

    /// <summary>The segments, once their lengths are known.</summary>
    Segments,
}
