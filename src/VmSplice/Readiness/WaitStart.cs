namespace VmSplice.Readiness;

/// <summary>What became of the wish to wait.</summary>
internal enum WaitStart
{
    /// <summary>It waits. Whoever asked must not touch it any more: another thread may be at it already.</summary>
    Waiting,

    /// <summary>Cancellation was asked for before.</summary>
    Canceled,

    /// <summary>What it wanted to wait for is disposed.</summary>
    Disposed,
}
