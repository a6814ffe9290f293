namespace VmSplice.Analyzers.Usage;

/// <summary>What becomes of the number of bytes that a raw call returns.</summary>
internal enum ResultUse
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is compared with -1 or 0, or only mentioned in a message.</summary>
    FailureOnly,

    /// <summary>It is compared with a length, added, returned or passed on; or discarded in so many words (<c>_ =</c>).</summary>
    Counted,
}
