using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Bounds one analysis in what costs time: operations visited, size of states copied, depth of functions entered.
/// Shared by the runs for lambdas inside a body, so that the bound is one of the body.
/// </summary>
internal sealed class FlowBudget(int blocks, CancellationToken cancellation)
{
    /// <summary>A fixpoint over a lattice of small height visits a block a few times; sixty-four is far beyond.</summary>
    private const int VisitsPerBlock = 64;

    /// <summary>Copies and joins of about 100 ns each: half a second.</summary>
    private const long MaxStateSize = 5_000_000;

    private const int MaxDepth = 4;

    private long _visitsLeft = 4_096 + (long)VisitsPerBlock * blocks;
    private long _sizeLeft = MaxStateSize;
    private int _depth;

    /// <summary>Why the analysis gave up (VMS9999); null while it has not.</summary>
    public string? Exceeded { get; private set; }

    public CancellationToken Cancellation { get; } = cancellation;

    [MethodImpl(Hot.Path)]
    public bool Visit()
    {
        Cancellation.ThrowIfCancellationRequested();
        return --_visitsLeft >= 0 || GiveUp("too many paths");
    }

    public bool Carry(int size) => (_sizeLeft -= size) >= 0 || GiveUp("too much state");

    /// <summary>Enters a lambda or local function; false where too deep, which is not a reason to give up.</summary>
    public bool Enter() => ++_depth <= MaxDepth;

    public void Exit() => _depth--;

    private bool GiveUp(string reason)
    {
        Exceeded ??= reason;
        return false;
    }
}
