namespace VmSplice.Analyzers.Ownership;

/// <summary>What a method does to the memory behind one of its parameters, as far as somebody said so.</summary>
internal enum ParameterEffect
{
    Unknown,

    /// <summary>Reads it at most, and keeps nothing.</summary>
    Borrows,

    /// <summary>Writes to it while it runs, and keeps nothing.</summary>
    Writes,

    /// <summary>Takes it over.</summary>
    Consumes,
}
