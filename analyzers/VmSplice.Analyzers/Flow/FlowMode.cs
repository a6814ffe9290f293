namespace VmSplice.Analyzers.Flow;

/// <summary>Whether the engine looks for the fixpoint, or goes over the final states once more, for reports.</summary>
internal enum FlowMode
{
    /// <summary>Looking for the fixpoint; nothing may be reported.</summary>
    Solving,

    /// <summary>Once over each operation, with the final state of the paths that reach it without an exception.</summary>
    Reporting,

    /// <summary>The same for a <c>finally</c> that is reached by an exception.</summary>
    ReportingExceptional,

    /// <summary>Over operations in a loop, with what holds from its second round on.</summary>
    ReportingLaterRound,
}
