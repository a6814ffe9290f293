using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>One body from its graph to findings: solved, replayed, and what the replay recorded shown to each check.</summary>
internal static class BodyAnalysis
{
    /// <summary>Reports what is wrong in a body; <paramref name="mentions"/> is what the scan of it found.</summary>
    public static void Report(BodyEvaluation body, ControlFlowGraph graph, List<IOperation> mentions, Action<Diagnostic> report)
    {
        var method = body.Owner as IMethodSymbol;
        var policy = new LifetimePolicy(body);
        LifetimeState entry = Enter(body, graph, method, mentions);
        LifetimeState? end = Solve(body, policy, graph, entry.Copy());
        if (body.Budget.Exceeded is not null)
        {
            return;
        }

        body.Calls.Functions.RunTheRest(graph, entry);
        var findings = new FindingReporter(report);
        foreach (RecordedStep step in body.Log.Steps)
        {
            findings.Add(step);
        }

        if (end is not null)
        {
            findings.AddEnd(new EndOfBody(body, end, method));
        }

        findings.Flush();
    }

    /// <summary>Solves a body for its summary; the state at its normal end, or null.</summary>
    public static LifetimeState? Solve(BodyEvaluation body, ControlFlowGraph graph, IMethodSymbol method, List<IOperation> mentions)
        => Solve(body, new LifetimePolicy(body), graph, Enter(body, graph, method, mentions));

    private static LifetimeState Enter(BodyEvaluation body, ControlFlowGraph graph, IMethodSymbol? method, List<IOperation> mentions)
    {
        LifetimeState entry = new BodyEntry(body).Enter(method, mentions);
        body.Enter(new FunctionFrame(graph, isOutermost: true));
        return entry;
    }

    private static LifetimeState? Solve(BodyEvaluation body, LifetimePolicy policy, ControlFlowGraph graph, LifetimeState entry)
    {
        bool report = !body.Summarizes;
        TraceConditions guards = TraceConditions.Of(graph);
        if (!guards.Any)
        {
            return FlowAnalysis<LifetimeState>.Run(graph, policy, entry, body.Budget, report);
        }

        var partitioned = new TracePartitioning<LifetimeState>(policy, guards);
        TracePartitions<LifetimeState> start = TracePartitioning<LifetimeState>.Enter(entry);
        return FlowAnalysis<TracePartitions<LifetimeState>>.Run(graph, partitioned, start, body.Budget, report) is { } end ? partitioned.Merge(end) : null;
    }
}
