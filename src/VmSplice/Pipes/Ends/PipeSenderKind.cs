namespace VmSplice;

/// <summary>What the other end of a pipe does with the pages that it sent. The user's word; the kernel does not tell.</summary>
public enum PipeSenderKind
{
    /// <summary>
    /// Nothing is known: the pages may be those of a file that somebody overwrites, as where <c>pv</c> sends it, or memory
    /// that the sender uses again. Safe with any sender: what goes on to another pipe or to a socket is copied.
    /// </summary>
    Unknown,

    /// <summary>
    /// Nobody ever writes again to what was sent: the sender calls write(2), as nearly every program does, or is a
    /// <see cref="SpliceWriter"/>. Its pages are passed on by reference, which is fastest. Wrong for a sender that splices
    /// a file, or that gives memory to vmsplice(2) and reuses it: the end of the chain would see the later content. A
    /// <see cref="SpliceWriter"/> that reuses its pages says so at the pipe, and is copied all the same.
    /// </summary>
    Immutable,
}
