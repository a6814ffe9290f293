namespace VmSplice;

/// <summary>What the other end of a pipe does with the pages that it finds there. The user's word; the kernel does not tell.</summary>
public enum PipeReaderKind
{
    /// <summary>
    /// Nothing is known: it may read, or pass the pages on with splice(2) or tee(2) and hold them for ever. Safe with any
    /// reader. Pages are never reused; fresh ones are taken by the huge page.
    /// </summary>
    Unknown,

    /// <summary>
    /// The reader copies the bytes out with read(2) or a relative of it, as nearly every program does, and a
    /// <see cref="RecordReader{T}"/> always. Pages are reused once they were read, which is fastest. Wrong for a reader
    /// that splices: it would see the next data in place of the last.
    /// </summary>
    Copying,
}
