namespace VmSplice.Pipes;

/// <summary>What a stream is forwarded to.</summary>
internal enum ForwardTargetKind
{
    /// <summary>A regular file: takes everything at once, never waits for a reader.</summary>
    File,

    /// <summary>The write end of a pipe.</summary>
    Pipe,

    /// <summary>A connected stream socket, TCP or Unix.</summary>
    StreamSocket,

    /// <summary>Anything that write(2) is right for: where a <see cref="SpliceWriter"/> of standard output leads.</summary>
    Other,
}
