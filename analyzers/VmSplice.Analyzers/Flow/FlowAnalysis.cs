using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// A forward analysis of a control flow graph: a fixpoint (<see cref="FlowSolver{TState}"/>), then one replay in which the policy reports, when every
/// state is final. In the replay a <c>finally</c> sees the join of the paths that leave through it. Blocks whose reports depend on an earlier
/// iteration of a loop are looked at again (<see cref="LaterRounds"/>).
/// </summary>
internal sealed class FlowAnalysis<TState> where TState : class
{
    private readonly ControlFlowGraph _graph;
    private readonly FlowPolicy<TState> _policy;
    private readonly FlowBudget _budget;
    private readonly FlowSolver<TState> _solver;

    /// <summary>Blocks with findings that depend on an earlier iteration of a loop.</summary>
    private readonly List<int> _loopDoubts = [];

    private FlowAnalysis(ControlFlowGraph graph, FlowPolicy<TState> policy, FlowBudget budget)
    {
        _graph = graph;
        _policy = policy;
        _budget = budget;
        _solver = new FlowSolver<TState>(graph, policy, budget);
    }

    /// <summary>
    /// Runs <paramref name="policy"/> from <paramref name="entry"/>, and replays for reports unless told not to.
    /// Returns the state at the normal end; null where there is none, or where the budget is exceeded.
    /// </summary>
    public static TState? Run(
        ControlFlowGraph graph, FlowPolicy<TState> policy, TState entry, FlowBudget budget, bool report)
    {
        var analysis = new FlowAnalysis<TState>(graph, policy, budget);
        var frame = new FlowFrame<TState>(0, graph.Blocks.Length - 1, around: null);
        FlowMode before = policy.Mode;
        policy.Mode = FlowMode.Solving;
        try
        {
            analysis._solver.Solve(frame, entry);
            if (report && budget.Exceeded is null && (policy.NeedsReplay || analysis._solver.FinallyEntries.AnyJoined))
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

    private void Replay(FlowFrame<TState> frame)
    {
        ReplayBlocks(frame, FlowMode.Reporting, inFinally: false);

        // Frames of a finally are made anew: what is known now is the join over all paths that leave through it.
        foreach ((ControlFlowRegion region, TState state) in _solver.FinallyEntries.All)
        {
            _policy.Mode = FlowMode.Solving;
            var normal = new FlowFrame<TState>(region.FirstBlockOrdinal, region.LastBlockOrdinal, around: null);
            _solver.Solve(normal, _policy.Copy(state));
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
                _solver.Step(frame, block, _policy.Copy(state), follow: false);
                if (_policy.TakeLoopDoubt() && !inFinally)
                {
                    _loopDoubts.Add(ordinal);
                }
            }
        }
    }

    /// <summary>
    /// The first iteration of a loop and the others meet at its head. What every one of the others does is no more than possible there. So the
    /// loop is solved once more, from what comes back to its head alone.
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
                        _solver.Step(back, _graph.Blocks[source], _policy.Copy(state), follow: true);
                    }
                }

                if (back.StateOf(head) is { } later)
                {
                    var rounds = new FlowFrame<TState>(head, last, around: null);
                    _solver.Solve(rounds, later);
                    if (rounds.StateOf(ordinal) is { } again)
                    {
                        _policy.Mode = FlowMode.ReportingLaterRound;
                        _solver.Step(rounds, _graph.Blocks[ordinal], _policy.Copy(again), follow: false);
                    }
                }
            }
        }
    }
}
