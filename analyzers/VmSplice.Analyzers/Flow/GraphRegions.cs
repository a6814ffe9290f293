using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Flow;

/// <summary>Regions of one graph.</summary>
internal static class GraphRegions
{
    /// <summary>
    /// The region around another in the same graph. The compiler goes on from the root of a lambda's graph to the region of the other graph that the
    /// lambda is in, whose blocks are counted anew.
    /// </summary>
    public static ControlFlowRegion? Around(this ControlFlowRegion region)
        => region.Kind == ControlFlowRegionKind.Root ? null : region.EnclosingRegion;
}
