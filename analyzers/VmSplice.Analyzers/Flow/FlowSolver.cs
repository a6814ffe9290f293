using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// The fixpoint: steps through the blocks of a frame until no state changes any more. Two things are not plain:
/// <list type="bullet">
/// <item>Exceptions: the state before and after each operation in a <c>try</c> also reaches its handlers.</item>
/// <item><c>finally</c>: solved once for each exit edge with that edge's state, so that an early <c>return</c> does not weaken the state after the
/// block. Once more as code that an exception enters.</item>
/// </list>
/// </summary>
internal sealed class FlowSolver<TState> where TState : class
{
    private readonly ControlFlowGraph _graph;
    private readonly FlowPolicy<TState> _policy;
    private readonly FlowBudget _budget;
    private readonly ExceptionHandlers _handlers;
    private readonly ThrownExceptions _thrown;
    private readonly SingleRoundLoops _singleRounds;

    /// <summary>Operations after which the path may be at its end, each looked at once.</summary>
    private readonly Dictionary<IOperation, bool> _mayEnd = [];

    public FlowSolver(ControlFlowGraph graph, FlowPolicy<TState> policy, FlowBudget budget)
    {
        _graph = graph;
        _policy = policy;
        _budget = budget;
        _handlers = new ExceptionHandlers(graph);
        _thrown = new ThrownExceptions(graph, _handlers, policy.MayThrow);
        _singleRounds = SingleRoundLoops.Of(graph);
        FinallyEntries = new FinallyEntries<TState>(policy);
    }

    /// <summary>The states in which each <c>finally</c> is entered without an exception.</summary>
    public FinallyEntries<TState> FinallyEntries { get; }

    [MethodImpl(Hot.Path)]
    public void Solve(FlowFrame<TState> frame, TState entry)
    {
        Propagate(frame, frame.First, entry);
        while (frame.TryTake(out int ordinal) && _budget.Visit())
        {
            TState entering = frame.StateOf(ordinal)!;
            if (_budget.Carry(_policy.SizeOf(entering)))
            {
                Step(frame, _graph.Blocks[ordinal], _policy.Copy(entering), follow: true);
            }
        }
    }

    /// <summary>One block from the state in which it is entered; its successors too where <paramref name="follow"/>.</summary>
    [MethodImpl(Hot.Path)]
    public void Step(FlowFrame<TState> frame, BasicBlock block, TState state, bool follow)
    {
        if (ExceptionHandlers.Begins(block))
        {
            _policy.EnterHandler(state);
        }

        // Along a branch the state was told before it came here; no branch leads to a handler.
        if (block.Predecessors.IsEmpty)
        {
            _policy.EnterBlock(block, state);
        }

        // What an operation finds reaches the handlers too, unless it cannot throw before it has done what it does.
        ExceptionHandler[] around = follow ? _handlers.Of(block) : [];
        bool[] told = new bool[around.Length];
        foreach (IOperation operation in block.Operations)
        {
            RaiseBefore(frame, around, told, operation, state);
            if (_policy.Visit(operation, state))
            {
                RaiseAfter(frame, around, told, operation, state);
            }

            if (!Continues(operation, state))
            {
                Raise(frame, around, told, state);
                return;
            }
        }

        if (block.BranchValue is { } value)
        {
            RaiseBefore(frame, around, told, value, state);
            bool returns = block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return;
            if (returns ? _policy.Return(value, state) : _policy.Visit(value, state))
            {
                RaiseAfter(frame, around, told, value, state);
            }
        }

        RaiseAtEnd(frame, around, told, block, state);

        if (follow)
        {
            Branch(frame, block, state);
        }
        else
        {
            ReplayBranches(block, state);
        }
    }

    [MethodImpl(Hot.Path)]
    private bool Continues(IOperation operation, TState state)
    {
        if (!_mayEnd.TryGetValue(operation, out bool mayEnd))
        {
            _mayEnd.Add(operation, mayEnd = Termination.EndsAt(operation) || Termination.DemandOf(operation) is not null);
        }

        return !mayEnd || _policy.Continues(operation, state);
    }

    // What ends with a region may be reported as well.
    [MethodImpl(Hot.Path)]
    private void ReplayBranches(BasicBlock block, TState state)
    {
        ReplayBranch(block, block.FallThroughSuccessor, state);
        ReplayBranch(block, block.ConditionalSuccessor, state);
    }

    private void ReplayBranch(BasicBlock block, ControlFlowBranch? branch, TState state)
    {
        if (branch is null || branch.LeavingRegions.IsEmpty)
        {
            return;
        }

        bool isConditional = block.ConditionKind != ControlFlowConditionKind.None;
        bool jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        TState leaving = _policy.Copy(state);
        if (!isConditional || Holds(block.BranchValue!, jumpsWhen == branch.IsConditionalSuccessor, leaving))
        {
            foreach (ControlFlowRegion region in branch.LeavingRegions)
            {
                _policy.Leave(region, leaving);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void Branch(FlowFrame<TState> frame, BasicBlock block, TState state)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None)
        {
            Follow(frame, block.FallThroughSuccessor, state);
            return;
        }

        bool jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        if (_singleRounds.IsHead(block))
        {
            Follow(frame, jumpsWhen ? block.ConditionalSuccessor : block.FallThroughSuccessor, state);
            return;
        }

        if (_singleRounds.IsEnd(block))
        {
            Follow(frame, jumpsWhen ? block.FallThroughSuccessor : block.ConditionalSuccessor, state);
            return;
        }

        TState other = _policy.Copy(state);
        if (Holds(block.BranchValue!, jumpsWhen, state))
        {
            Follow(frame, block.ConditionalSuccessor, state);
        }

        if (Holds(block.BranchValue!, !jumpsWhen, other))
        {
            Follow(frame, block.FallThroughSuccessor, other);
        }
    }

    [MethodImpl(Hot.Path)]
    private bool Holds(IOperation condition, bool value, TState state)
        => condition.ConstantValue is { HasValue: true, Value: bool known } ? known == value : _policy.Assume(condition, value, state);

    [MethodImpl(Hot.Path)]
    private void Follow(FlowFrame<TState> frame, ControlFlowBranch? branch, TState state)
    {
        if (branch is null)
        {
            return;
        }

        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            FinallyEntries.Join(region, state);
            if (RunFinally(frame, region, state) is not { } after)
            {
                return;
            }

            state = after;
        }

        foreach (ControlFlowRegion region in branch.LeavingRegions)
        {
            _policy.Leave(region, state);
        }

        if (branch.Destination is { } destination)
        {
            if (branch.Source.Ordinal >= destination.Ordinal && _singleRounds.IsHead(destination))
            {
                // The one round is over.
                Follow(frame, destination.ConditionKind == ControlFlowConditionKind.WhenTrue
                    ? destination.FallThroughSuccessor : destination.ConditionalSuccessor, state);
                return;
            }

            _policy.EnterBlock(destination, state);
            Propagate(frame, destination.Ordinal, state);
        }
        else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            frame.JoinEnd(state, _policy);
        }
    }

    [MethodImpl(Hot.Path)]
    private TState? RunFinally(FlowFrame<TState> around, ControlFlowRegion region, TState state)
    {
        var frame = new FlowFrame<TState>(region.FirstBlockOrdinal, region.LastBlockOrdinal, around);
        Solve(frame, state);
        return frame.End;
    }

    [MethodImpl(Hot.Path)]
    private void RaiseBefore(FlowFrame<TState> frame, ExceptionHandler[] around, bool[] told, IOperation operation, TState state)
    {
        for (int i = 0; i < around.Length; i++)
        {
            if (!told[i] && _policy.MayThrowBefore(operation, around[i].Caught))
            {
                Raise(frame, around[i], state);
                told[i] = true;
            }
        }
    }

    private void RaiseAfter(FlowFrame<TState> frame, ExceptionHandler[] around, bool[] told, IOperation operation, TState state)
    {
        for (int i = 0; i < around.Length; i++)
        {
            if (_policy.MayThrow(operation, around[i].Caught))
            {
                Raise(frame, around[i], state);
                told[i] = true;
            }
        }
    }

    /// <summary>What the block brought to no handler yet: all of them learn how it ends, if it ends in a <c>throw</c> or they catch anything.</summary>
    private void RaiseAtEnd(FlowFrame<TState> frame, ExceptionHandler[] around, bool[] told, BasicBlock block, TState state)
    {
        if (Array.IndexOf(told, false) < 0)
        {
            return;
        }

        bool throws = block.FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow;
        for (int i = 0; i < around.Length; i++)
        {
            if (throws || _policy.IsCaughtAnywhere(around[i].Caught) || !_thrown.IsThrown(around[i]))
            {
                Raise(frame, around[i], state);
            }
        }
    }

    private void Raise(FlowFrame<TState> frame, ExceptionHandler[] around, bool[] told, TState state)
    {
        for (int i = 0; i < around.Length; i++)
        {
            Raise(frame, around[i], state);
            told[i] = true;
        }
    }

    private void Raise(FlowFrame<TState> frame, ExceptionHandler handler, TState state)
    {
        _budget.Carry(_policy.SizeOf(state));
        Propagate(frame, handler.Ordinal, state);
    }

    private void Propagate(FlowFrame<TState> frame, int ordinal, TState state)
    {
        // A handler around a finally belongs to the run around it.
        FlowFrame<TState>? target = frame;
        while (target is not null && !target.Contains(ordinal))
        {
            target = target.Around;
        }

        target?.Enter(ordinal, state, _policy);
    }
}
