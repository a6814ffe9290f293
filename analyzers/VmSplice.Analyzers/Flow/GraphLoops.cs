using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>Loops, by the branches that go back.</summary>
internal static class GraphLoops
{
    /// <summary>The loops that a block is in, innermost first: from the target of a branch back to the last of its sources.</summary>
    public static IEnumerable<(int Head, int Last)> Around(int ordinal, ControlFlowGraph graph)
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

    public static bool BranchesTo(BasicBlock block, int head)
        => block.FallThroughSuccessor?.Destination?.Ordinal == head || block.ConditionalSuccessor?.Destination?.Ordinal == head;
}
