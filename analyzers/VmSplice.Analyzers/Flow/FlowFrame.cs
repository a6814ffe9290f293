using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>The states of one run over a range of blocks: the whole graph, or one <c>finally</c>.</summary>
internal sealed class FlowFrame<TState>(int first, int last, FlowFrame<TState>? around) where TState : class
{
    private readonly TState?[] _states = new TState?[last - first + 1];
    private readonly int[] _visits = new int[last - first + 1];
    private readonly bool[] _waiting = new bool[last - first + 1];

    /// <summary>Nothing before it waits.</summary>
    private int _next;

    public int First => first;

    public int Last => last;

    public FlowFrame<TState>? Around => around;

    /// <summary>What holds where the <c>finally</c> ends.</summary>
    public TState? End { get; private set; }

    public bool Contains(int ordinal) => ordinal >= first && ordinal <= last;

    public TState? StateOf(int ordinal) => _states[ordinal - first];

    [MethodImpl(Hot.Path)]
    public bool TryTake(out int ordinal)
    {
        // Lowest first: blocks are numbered about in the order of the source, so a loop is stable before what follows it.
        while (_next < _waiting.Length && !_waiting[_next])
        {
            _next++;
        }

        ordinal = first + _next;
        if (_next == _waiting.Length)
        {
            return false;
        }

        _waiting[_next] = false;
        return true;
    }

    [MethodImpl(Hot.Path)]
    public void Enter(int ordinal, TState state, FlowPolicy<TState> policy)
    {
        int index = ordinal - first;
        if (_states[index] is { } known)
        {
            if (policy.Join(known, state, ++_visits[index]))
            {
                Await(index);
            }
        }
        else
        {
            _states[index] = policy.Copy(state);
            Await(index);
        }
    }

    private void Await(int index)
    {
        _waiting[index] = true;
        _next = Math.Min(_next, index);
    }

    [MethodImpl(Hot.Path)]
    public void JoinEnd(TState state, FlowPolicy<TState> policy)
    {
        if (End is null)
        {
            End = policy.Copy(state);
        }
        else
        {
            policy.Join(End, state, visits: 0);
        }
    }

    /// <summary>Whether the block is in a <c>finally</c> within the range.</summary>
    [MethodImpl(Hot.Path)]
    public bool IsInFinally(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.Around())
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
            {
                // The finally that this is a run of does not count.
                return region.FirstBlockOrdinal != first || region.LastBlockOrdinal != last;
            }
        }

        return false;
    }
}
