namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>How memory is accessed, and so which ownership states forbid it.</summary>
internal enum AccessKind
{
    /// <summary>Read through a view.</summary>
    Read,

    /// <summary>Read through the buffer itself, which only its owner may do.</summary>
    Query,
    Write,

    /// <summary>Sent, gifted or frozen.</summary>
    Transfer,
}
