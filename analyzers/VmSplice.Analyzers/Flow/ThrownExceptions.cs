using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Whether anything in a <c>try</c> is known to throw what a handler of it catches. Where nothing is, the handler is code all the same, and each block
/// may lead to it.
/// </summary>
internal sealed class ThrownExceptions(ControlFlowGraph graph, ExceptionHandlers handlers, Func<IOperation, ITypeSymbol?, bool> mayThrow)
{
    private readonly Dictionary<int, bool> _known = [];

    public bool IsThrown(ExceptionHandler handler)
    {
        if (!_known.TryGetValue(handler.Ordinal, out bool known))
        {
            _known.Add(handler.Ordinal, known = graph.Blocks.Any(block => Throws(block, handler)));
        }

        return known;
    }

    private bool Throws(BasicBlock block, ExceptionHandler handler)
        => handlers.Of(block).Any(one => one.Ordinal == handler.Ordinal)
        && (block.FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow
            || block.Operations.Any(operation => mayThrow(operation, handler.Caught))
            || (block.BranchValue is { } value && mayThrow(value, handler.Caught)));
}
