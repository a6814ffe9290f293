namespace VmSplice.Pipes;

/// <summary>What an exchange with a child waits for next.</summary>
internal enum ExchangeStep
{
    /// <summary>One of the two sides is at work.</summary>
    WaitForSides,

    /// <summary>Both sides went well, and the child has not ended.</summary>
    WaitForChild,

    /// <summary>The exchange has failed: the child is to be ended, and all that it started.</summary>
    EndTree,

    /// <summary>Nothing is left to wait for.</summary>
    Return,
}
