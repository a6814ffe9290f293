namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>Of several findings about one buffer in a statement the one of the highest priority is reported: the others follow from it.</summary>
internal enum Priority
{
    /// <summary>Reported whatever else is.</summary>
    Independent,
    PossibleUse,
    PossibleWrite,
    Use,
    StaleSlot,
    Write,
    SentTwice,
}
