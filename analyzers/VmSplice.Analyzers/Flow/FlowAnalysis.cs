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
    private readonly ControlFlowGraph graph;
    private readonly FlowPolicy<TState> policy;
    private readonly FlowBudget budget;
    private readonly ExceptionHandlers handlers;
    private readonly SortedDictionary<int, (ControlFlowRegion Region, TState State)> finallyEntries = [];

    /// <summary>Whether a <c>finally</c> is to be replayed with what none of the paths through it had by itself.</summary>
    private bool joinsInFinally;

    /// <summary>Blocks with findings that hang on an earlier round of a loop.</summary>
    private readonly List<int> loopDoubts = [];

    private FlowAnalysis(ControlFlowGraph graph, FlowPolicy<TState> policy, FlowBudget budget)
    {
        this.graph = graph;
        this.policy = policy;
        this.budget = budget;
        handlers = new ExceptionHandlers(graph);
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
        var frame = new Frame(0, graph.Blocks.Length - 1, around: null);
        FlowMode before = policy.Mode;
        policy.Mode = FlowMode.Solving;
        try
        {
            analysis.Solve(frame, entry);
            if (report && budget.Exceeded is null && (policy.NeedsReplay || analysis.joinsInFinally))
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
    private void Solve(Frame frame, TState entry)
    {
        Propagate(frame, frame.First, entry);
        while (frame.TryTake(out int ordinal) && budget.Visit())
        {
            TState entering = frame.StateOf(ordinal)!;
            if (budget.Carry(policy.Weight(entering)))
            {
                Step(frame, graph.Blocks[ordinal], policy.Copy(entering), follow: true);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void Step(Frame frame, BasicBlock block, TState state, bool follow)
    {
        if (ExceptionHandlers.Begins(block))
        {
            policy.EnterHandler(state);
        }

        // Along a branch the state was told before it came here; no branch leads to a handler.
        if (block.Predecessors.IsEmpty)
        {
            policy.EnterBlock(block, state);
        }

        // What an operation finds reaches the handlers too, unless it cannot throw before it has done what it does.
        ExceptionHandler[] around = follow ? handlers.Of(block) : [];
        bool[] told = new bool[around.Length];
        foreach (IOperation operation in block.Operations)
        {
            RaiseBefore(frame, around, told, operation, state);
            if (policy.Visit(operation, state))
            {
                Raise(frame, around, told, state);
            }
        }

        if (block.BranchValue is { } value)
        {
            RaiseBefore(frame, around, told, value, state);
            bool returns = block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return;
            if (returns ? policy.Return(value, state) : policy.Visit(value, state))
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
        TState leaving = policy.Copy(state);
        if (!isConditional || Holds(block.BranchValue!, jumpsWhen == branch.IsConditionalSuccessor, leaving))
        {
            foreach (ControlFlowRegion region in branch.LeavingRegions)
            {
                policy.Leave(region, leaving);
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void Branch(Frame frame, BasicBlock block, TState state)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None)
        {
            Follow(frame, block.FallThroughSuccessor, state);
            return;
        }

        bool jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        TState other = policy.Copy(state);
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
    private bool Holds(IOperation condition, bool value, TState state) =>
        condition.ConstantValue is { HasValue: true, Value: bool known } ? known == value : policy.Assume(condition, value, state);

    [MethodImpl(Hot.Path)]
    private void Follow(Frame frame, ControlFlowBranch? branch, TState state)
    {
        if (branch is null)
        {
            return;
        }

        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            JoinFinallyEntry(region, state);
            if (RunFinally(frame, region, state) is not { } after)
            {
                return;
            }

            state = after;
        }

        foreach (ControlFlowRegion region in branch.LeavingRegions)
        {
            policy.Leave(region, state);
        }

        if (branch.Destination is { } destination)
        {
            policy.EnterBlock(destination, state);
            Propagate(frame, destination.Ordinal, state);
        }
        else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            frame.JoinEnd(state, policy);
        }
    }

    [MethodImpl(Hot.Path)]
    private TState? RunFinally(Frame around, ControlFlowRegion region, TState state)
    {
        var frame = new Frame(region.FirstBlockOrdinal, region.LastBlockOrdinal, around);
        Solve(frame, state);
        return frame.End;
    }

    [MethodImpl(Hot.Path)]
    private void JoinFinallyEntry(ControlFlowRegion region, TState state)
    {
        if (finallyEntries.TryGetValue(region.FirstBlockOrdinal, out (ControlFlowRegion, TState State) known))
        {
            joinsInFinally |= policy.Join(known.State, state, visits: 0);
        }
        else
        {
            finallyEntries.Add(region.FirstBlockOrdinal, (region, policy.Copy(state)));
        }
    }

    [MethodImpl(Hot.Path)]
    private void RaiseBefore(Frame frame, ExceptionHandler[] around, bool[] told, IOperation operation, TState state)
    {
        for (int i = 0; i < around.Length; i++)
        {
            if (!told[i] && policy.MayThrowBefore(operation, around[i].Caught))
            {
                Raise(frame, around[i], state);
                told[i] = true;
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void Raise(Frame frame, ExceptionHandler[] around, bool[] told, TState state)
    {
        for (int i = 0; i < around.Length; i++)
        {
            Raise(frame, around[i], state);
            told[i] = true;
        }
    }

    [MethodImpl(Hot.Path)]
    private void Raise(Frame frame, ExceptionHandler handler, TState state)
    {
        budget.Carry(policy.Weight(state));
        Propagate(frame, handler.Ordinal, state);
    }

    [MethodImpl(Hot.Path)]
    private void Propagate(Frame frame, int ordinal, TState state)
    {
        // A handler around a finally belongs to the run around it.
        Frame? target = frame;
        while (target is not null && !target.Contains(ordinal))
        {
            target = target.Around;
        }

        target?.Enter(ordinal, state, policy);
    }

    [MethodImpl(Hot.Path)]
    private void Replay(Frame frame)
    {
        ReplayBlocks(frame, FlowMode.Reporting, inFinally: false);

        // Frames of a finally are made anew: what is known now is the join over all paths that leave through it.
        foreach ((ControlFlowRegion region, TState state) in finallyEntries.Values.ToArray())
        {
            policy.Mode = FlowMode.Solving;
            var normal = new Frame(region.FirstBlockOrdinal, region.LastBlockOrdinal, around: null);
            Solve(normal, policy.Copy(state));
            ReplayBlocks(normal, FlowMode.Reporting, inFinally: false);
        }

        ReplayBlocks(frame, FlowMode.ReportingExceptional, inFinally: true);
    }

    [MethodImpl(Hot.Path)]
    private void ReplayBlocks(Frame frame, FlowMode mode, bool inFinally)
    {
        policy.Mode = mode;
        for (int ordinal = frame.First; ordinal <= frame.Last; ordinal++)
        {
            BasicBlock block = graph.Blocks[ordinal];
            if (frame.StateOf(ordinal) is { } state && IsInFinally(block, frame) == inFinally && budget.Visit())
            {
                Step(frame, block, policy.Copy(state), follow: false);
                if (policy.TakeLoopDoubt() && !inFinally)
                {
                    loopDoubts.Add(ordinal);
                }
            }
        }
    }

    /// <summary>
    /// The first round of a loop and the others meet at its head, and what every one of the others does is no more than
    /// possible there. So the loop is solved once more, from what comes back to its head alone.
    /// </summary>
    private void LaterRounds(Frame frame)
    {
        foreach (int ordinal in loopDoubts)
        {
            foreach ((int head, int last) in LoopsAround(ordinal))
            {
                if (frame.StateOf(ordinal) is null)
                {
                    // In a finally, which has states of its own.
                    continue;
                }

                policy.Mode = FlowMode.Solving;
                var back = new Frame(head, head, around: null);
                for (int source = head; source <= last; source++)
                {
                    if (BranchesTo(graph.Blocks[source], head) && frame.StateOf(source) is { } state && budget.Visit())
                    {
                        Step(back, graph.Blocks[source], policy.Copy(state), follow: true);
                    }
                }

                if (back.StateOf(head) is { } later)
                {
                    var rounds = new Frame(head, last, around: null);
                    Solve(rounds, later);
                    if (rounds.StateOf(ordinal) is { } again)
                    {
                        policy.Mode = FlowMode.ReportingLaterRound;
                        Step(rounds, graph.Blocks[ordinal], policy.Copy(again), follow: false);
                    }
                }
            }
        }
    }

    /// <summary>The loops that a block is in, innermost first: from the target of a branch back to the last of its sources.</summary>
    private IEnumerable<(int Head, int Last)> LoopsAround(int ordinal)
    {
        var loops = new SortedDictionary<int, int>();
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (ControlFlowBranch? branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Destination is { } head && head.Ordinal <= ordinal && ordinal <= block.Ordinal)
                {
                    loops[head.Ordinal] = block.Ordinal;
                }
            }
        }

        return loops.Reverse().Select(pair => (pair.Key, pair.Value));
    }

    private static bool BranchesTo(BasicBlock block, int head) =>
        block.FallThroughSuccessor?.Destination?.Ordinal == head || block.ConditionalSuccessor?.Destination?.Ordinal == head;

    [MethodImpl(Hot.Path)]
    private static bool IsInFinally(BasicBlock block, Frame frame)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
            {
                // The finally that the frame is a run of does not count.
                return region.FirstBlockOrdinal != frame.First || region.LastBlockOrdinal != frame.Last;
            }
        }

        return false;
    }

    /// <summary>The states of one run over a range of blocks: the whole graph, or one <c>finally</c>.</summary>
    private sealed class Frame(int first, int last, Frame? around)
    {
        private readonly TState?[] states = new TState?[last - first + 1];
        private readonly int[] visits = new int[last - first + 1];
        private readonly bool[] waiting = new bool[last - first + 1];

        /// <summary>Nothing before it waits.</summary>
        private int next;

        public int First => first;

        public int Last => last;

        public Frame? Around => around;

        /// <summary>What holds where the <c>finally</c> ends.</summary>
        public TState? End { get; private set; }

        public bool Contains(int ordinal) => ordinal >= first && ordinal <= last;

        public TState? StateOf(int ordinal) => states[ordinal - first];

        [MethodImpl(Hot.Path)]
        public bool TryTake(out int ordinal)
        {
            // Lowest first: blocks are numbered about in the order of the source, so loops settle before what follows.
            while (next < waiting.Length && !waiting[next])
            {
                next++;
            }

            ordinal = first + next;
            if (next == waiting.Length)
            {
                return false;
            }

            waiting[next] = false;
            return true;
        }

        [MethodImpl(Hot.Path)]
        public void Enter(int ordinal, TState state, FlowPolicy<TState> policy)
        {
            int index = ordinal - first;
            if (states[index] is { } known)
            {
                if (policy.Join(known, state, ++visits[index]))
                {
                    Await(index);
                }
            }
            else
            {
                states[index] = policy.Copy(state);
                Await(index);
            }
        }

        [MethodImpl(Hot.Path)]
        private void Await(int index)
        {
            waiting[index] = true;
            next = Math.Min(next, index);
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
    }
}
