using VmSplice;

namespace Relay;

/// <summary>What the publishing side answers its source: everything before <see cref="Count"/> is in the log, and need not be kept.</summary>
[Spliceable]
internal partial struct Stored
{
    public long Count;

    /// <summary>How many records the log had already: they were sent again after a failure.</summary>
    public long Again;

    /// <summary>The processor time of the publishing process so far.</summary>
    public TimeSpan Busy;
}
