namespace VmSplice.Pipes;

/// <summary>Owns an end of a pipe, and has calls that may wait for the other end.</summary>
internal interface IPipeEndOwner : IDisposable
{
    /// <summary>
    /// Ends the calls that wait, and lets no further one begin. The end stays open: who waits at the other end must not take its
    /// closing for the end of the stream before it is told the same.
    /// </summary>
    void EndCalls();
}
