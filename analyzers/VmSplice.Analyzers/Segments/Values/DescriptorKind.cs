namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What a descriptor, or what holds one, is known to be.</summary>
internal enum DescriptorKind
{
    ReadEnd,
    WriteEnd,
    File,
    Socket,

    /// <summary>The two descriptors that <c>pipe(2)</c> stored: the read end at 0, the write end at 1.</summary>
    Pair,

    /// <summary>The server's end of an anonymous pipe; its client's handle is the other end.</summary>
    ServerReadEnd,
    ServerWriteEnd,

    /// <summary>Not one yet: the path of a file.</summary>
    FileName,
}
