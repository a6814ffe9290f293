using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// The graph has no edges for exceptions. These are they: the first blocks of every handler that an exception in a
/// block may reach. All enclosing ones, not the innermost alone, since a handler may not match.
/// </summary>
internal sealed class ExceptionHandlers(ControlFlowGraph graph)
{
    private readonly ExceptionHandler[]?[] _known = new ExceptionHandler[graph.Blocks.Length][];

    public ExceptionHandler[] Of(BasicBlock block) => _known[block.Ordinal] ??= Find(block.EnclosingRegion);

    /// <summary>Whether the block is the first of a <c>catch</c> or of a filter.</summary>
    [MethodImpl(Hot.Path)]
    public static bool Begins(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region?.FirstBlockOrdinal == block.Ordinal; region = region.Around())
        {
            if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter)
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(Hot.Path)]
    private static ExceptionHandler[] Find(ControlFlowRegion? region)
    {
        List<ExceptionHandler>? handlers = null;
        for (; region?.Around() is { } around; region = around)
        {
            if (region.Kind != ControlFlowRegionKind.Try)
            {
                continue;
            }

            foreach (ControlFlowRegion sibling in around.NestedRegions)
            {
                if (sibling != region)
                {
                    // A filter comes first in its region, and a true one branches to its handler.
                    (handlers ??= []).Add(new ExceptionHandler(sibling.FirstBlockOrdinal, sibling.ExceptionType));
                }
            }
        }

        return handlers?.ToArray() ?? [];
    }
}
