namespace VmSplice.Pipes;

/// <summary>What became of one step of forwarding.</summary>
internal enum ForwardStep
{
    /// <summary>Something moved, or the step is to be tried again.</summary>
    Again,

    /// <summary>The pipe is empty, but not at its end.</summary>
    NeedsData,

    /// <summary>The target is full.</summary>
    NeedsSpace,

    /// <summary>Another send to the target is under way.</summary>
    NeedsTurn,

    /// <summary>Everything that was asked for moved, or the stream ended.</summary>
    Done,
}
