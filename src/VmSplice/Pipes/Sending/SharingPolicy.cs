namespace VmSplice.Pipes;

/// <summary>
/// Decides between sharing pages and write(2): by what is right for the reader, then by what is faster. The thresholds
/// are where the two cost the same (docs/kernel.md, "Thresholds"; tests/VmSplice.Benchmarks measures them).
/// </summary>
internal readonly struct SharingPolicy
{
    /// <summary>What is shorter is copied, whosever pages it lies in: a shared page costs a slot of the pipe and two references.</summary>
    internal const int LeastShared = 8 * 1024;

    /// <summary>
    /// The most capacity of a pipe in which sender and reader wait for each other at each send. Where both run on one processor, the copy of a
    /// short send stays in its cache, and fresh pages do not.
    /// </summary>
    internal const int SmallPipe = 128 * 1024;

    /// <summary>In a small pipe, a send of so many times its capacity is as fast by sharing fresh pages as by copying.</summary>
    private const int FreshFactor = 4;

    /// <summary>In a pipe of a page or two each page that is shared is a call of its own, and nothing is worth that.</summary>
    internal const int LeastCapacity = 16 * 1024;

    private readonly int _ownPagesThreshold;
    private readonly int _frozenThreshold;
    private readonly int _smallPipeThreshold;
    private readonly bool _reuses;

    internal SharingPolicy(KernelSupport support, PipeReaderKind reader, bool isPipe)
    {
        bool shares = isPipe && support.PageSharing == PageSharing.SharesPages;
        Shares = shares;
        _frozenThreshold = shares ? LeastShared : int.MaxValue;
        _reuses = reader == PipeReaderKind.Copying;

        // Without huge pages each fresh page costs a fault and a clearing of its own: more than its copy (docs/kernel.md).
        _ownPagesThreshold = shares && (_reuses || support.HugePages) ? LeastShared : int.MaxValue;
    }

    /// <summary>Shares whatever is at least this long, for measuring where the thresholds should lie.</summary>
    internal SharingPolicy(int threshold)
    {
        Shares = true;
        _ownPagesThreshold = threshold;
        _frozenThreshold = threshold;
    }

    private SharingPolicy(SharingPolicy policy, int capacity)
    {
        this = policy;
        _smallPipeThreshold = capacity < LeastCapacity ? int.MaxValue : capacity <= SmallPipe && !_reuses ? capacity * FreshFactor : 0;
    }

    /// <summary>Gets whether this pipe can share pages at all; a gift always does then. Not so by default.</summary>
    internal bool Shares { get; }

    /// <summary>Gets whether a buffer of the pool is shared, if it is large enough.</summary>
    internal bool SharesLargeSends => Shares && _ownPagesThreshold != int.MaxValue;

    internal bool SharesOwnPages(nuint bytes) => Shares && bytes >= (nuint)_ownPagesThreshold;

    /// <summary>Whether a send is long enough for a pipe of this capacity. Whose pages they are makes no difference, nor whether a thread waits.</summary>
    internal bool PaysInPipe(nuint bytes) => bytes >= (nuint)_smallPipeThreshold;

    /// <summary>The same policy in a pipe of some capacity.</summary>
    internal SharingPolicy For(int capacity) => new(this, capacity);

    internal bool SharesFrozenPages(nuint bytes) => Shares && bytes >= (nuint)_frozenThreshold;
}
