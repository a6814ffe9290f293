using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// A plain forward fixpoint over the control flow graph. Three things are not plain:
/// <list type="bullet">
/// <item>Exceptions: the state before and after each operation in a <c>try</c> also reaches its handlers.</item>
/// <item><c>finally</c>: a function that each leaving path calls with its own state, so that a <c>return</c> does not
/// blur what comes after; and, a second time, code that an exception enters.</item>
/// <item>Reports: made in one replay at the end, when every state is final. There a <c>finally</c> sees the join of the
/// paths that leave through it. What there hangs on an earlier round of a loop is looked at again (<see cref="LaterRounds"/>).</item>
/// </list>
/// </summary>
internal sealed class FlowAnalysis<TState> where TState : class
{
    private readonly ControlFlowGraph _graph;
    private readonly FlowPolicy<TState> _policy;
    private readonly FlowBudget _budget;
    private readonly ExceptionHandlers _handlers;
    private readonly FinallyEntries<TState> _finallyEntries;

    /// <summary>Blocks with findings that hang on an earlier round of a loop.</summary>
    private readonly List<int> _loopDoubts = [];

    /// <summary>Operations after which the path may be at its end, each looked at once.</summary>
    private readonly Dictionary<IOperation, bool> _mayEnd = [];

    private readonly SingleRoundLoops _singleRounds;

    private FlowAnalysis(ControlFlowGraph graph, FlowPolicy<TState> policy, FlowBudget budget)
    {
        _graph = graph;
        _policy = policy;
        _budget = budget;
        _handlers = new ExceptionHandlers(graph);
        _singleRounds = SingleRoundLoops.Of(graph);
        _finallyEntries = new FinallyEntries<TState>(policy);
    }

    /// <summary>
    /// Runs <paramref name="policy"/> from <paramref name="entry"/>, and replays for reports unless told not to.
    /// Returns the state at the normal end; null where there is none, or where the budget is exceeded.
    /// </summary>
    [MethodImpl(Hot.Path)]
    public static TState? Run(
        ControlFlowGraph graph, FlowPolicy<TState> policy, TState entry, FlowBudget budget, bool report)
    {
        var analysis = new FlowAnalysis<TState>(graph, policy, budget);
        var frame = new FlowFrame<TState>(0, graph.Blocks.Length - 1, around: null);
        FlowMode before = policy.Mode;
        policy.Mode = FlowMode.Solving;
        try
        {
            analysis.Solve(frame, entry);
            if (report && budget.Exceeded is null && (policy.NeedsReplay || analysis._finallyEntries.AnyJoined))
            {
                analysis.Replay(frame);
                analysis.LaterRounds(frame);
            }
        }
        finally
        {
            policy.Mode = before;
        }

        return budget.Exceeded is null ? frame.StateOf(graph.Blocks.Length - 1) : null;
    }

    [MethodImpl(Hot.Path)]
    private void Solve(FlowFrame<TState> frame, TState entry)
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

    [MethodImpl(Hot.Path)]
    private void Step(FlowFrame<TState> frame, BasicBlock block, TState state, bool follow)
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
                Raise(frame, around, told, state);
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
                Raise(frame, around, told, state);
            }
        }

        if (Array.IndexOf(told, false) >= 0)
        {
            Raise(frame, around, told, state);
        }

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

    [MethodImpl(Hot.Path)]
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
            _finallyEntries.Join(region, state);
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
                Follow(frame, destination.ConditionKind == ControlFlowConditionKind.WhenTrue ? destination.FallThroughSuccessor : destination.ConditionalSuccessor, state);
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

    [MethodImpl(Hot.Path)]
    private void Raise(FlowFrame<TState> frame, ExceptionHandler[] around, bool[] told, TState state)
    {
        for (int i = 0; i < around.Length; i++)
        {
            Raise(frame, around[i], state);
            told[i] = true;
        }
    }

    [MethodImpl(Hot.Path)]
    private void Raise(FlowFrame<TState> frame, ExceptionHandler handler, TState state)
    {
        _budget.Carry(_policy.SizeOf(state));
        Propagate(frame, handler.Ordinal, state);
    }

    [MethodImpl(Hot.Path)]
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

    [MethodImpl(Hot.Path)]
    private void Replay(FlowFrame<TState> frame)
    {
        ReplayBlocks(frame, FlowMode.Reporting, inFinally: false);

        // Frames of a finally are made anew: what is known now is the join over all paths that leave through it.
        foreach ((ControlFlowRegion region, TState state) in _finallyEntries.All)
        {
            _policy.Mode = FlowMode.Solving;
            var normal = new FlowFrame<TState>(region.FirstBlockOrdinal, region.LastBlockOrdinal, around: null);
            Solve(normal, _policy.Copy(state));
            ReplayBlocks(normal, FlowMode.Reporting, inFinally: false);
        }

        ReplayBlocks(frame, FlowMode.ReportingExceptional, inFinally: true);
    }

    [MethodImpl(Hot.Path)]
    private void ReplayBlocks(FlowFrame<TState> frame, FlowMode mode, bool inFinally)
    {
        _policy.Mode = mode;
        for (int ordinal = frame.First; ordinal <= frame.Last; ordinal++)
        {
            BasicBlock block = _graph.Blocks[ordinal];
            if (frame.StateOf(ordinal) is { } state && frame.IsInFinally(block) == inFinally && _budget.Visit())
            {
                Step(frame, block, _policy.Copy(state), follow: false);
                if (_policy.TakeLoopDoubt() && !inFinally)
                {
                    _loopDoubts.Add(ordinal);
                }
            }
        }
    }

    /// <summary>
    /// The first round of a loop and the others meet at its head, and what every one of the others does is no more than
    /// possible there. So the loop is solved once more, from what comes back to its head alone.
    /// </summary>
    private void LaterRounds(FlowFrame<TState> frame)
    {
        foreach (int ordinal in _loopDoubts)
        {
            foreach ((int head, int last) in GraphLoops.Around(ordinal, _graph))
            {
                if (frame.StateOf(ordinal) is null)
                {
                    // In a finally, which has states of its own.
                    continue;
                }

                _policy.Mode = FlowMode.Solving;
                var back = new FlowFrame<TState>(head, head, around: null);
                for (int source = head; source <= last; source++)
                {
                    if (GraphLoops.BranchesTo(_graph.Blocks[source], head) && frame.StateOf(source) is { } state && _budget.Visit())
                    {
                        Step(back, _graph.Blocks[source], _policy.Copy(state), follow: true);
                    }
                }

                if (back.StateOf(head) is { } later)
                {
                    var rounds = new FlowFrame<TState>(head, last, around: null);
                    Solve(rounds, later);
                    if (rounds.StateOf(ordinal) is { } again)
                    {
                        _policy.Mode = FlowMode.ReportingLaterRound;
                        Step(rounds, _graph.Blocks[ordinal], _policy.Copy(again), follow: false);
                    }
                }
            }
        }
    }
}
