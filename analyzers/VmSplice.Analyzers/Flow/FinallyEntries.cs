using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>With what the paths that leave through a <c>finally</c> enter it, joined over them.</summary>
internal sealed class FinallyEntries<TState>(FlowPolicy<TState> policy) where TState : class
{
    private readonly SortedDictionary<int, (ControlFlowRegion Region, TState State)> _known = [];

    /// <summary>Whether one is entered with a state that none of the paths has by itself.</summary>
    public bool AnyJoined { get; private set; }

    /// <summary>In the order of the source, as they are now.</summary>
    public (ControlFlowRegion Region, TState State)[] All => [.. _known.Values];

    public void Join(ControlFlowRegion region, TState state)
    {
        if (_known.TryGetValue(region.FirstBlockOrdinal, out (ControlFlowRegion, TState State) before))
        {
            AnyJoined |= policy.Join(before.State, state, visits: 0);
        }
        else
        {
            _known.Add(region.FirstBlockOrdinal, (region, policy.Copy(state)));
        }
    }
}
