namespace VmSplice.Analyzers.Library;

/// <summary>What a call does to the memory behind an argument.</summary>
internal enum MemoryAccess
{
    /// <summary>Passes it on, as a slice or a cast does.</summary>
    None,
    Read,
    Write,
}
