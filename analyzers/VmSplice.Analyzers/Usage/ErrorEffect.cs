namespace VmSplice.Analyzers.Usage;

/// <summary>What a call does to the error number that an earlier native call left.</summary>
internal enum ErrorEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It may make native calls of its own.</summary>
    MayOverwrite,

    /// <summary>It is a native call that leaves its own error number.</summary>
    Replaces,
}
