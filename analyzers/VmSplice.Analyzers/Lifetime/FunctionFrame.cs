using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>A graph that is being run: the member's, or that of a lambda or local function in it. Immutable.</summary>
internal sealed class FunctionFrame(ControlFlowGraph graph, bool isOutermost, SyntaxNode? calledAt = null)
{
    private Dictionary<CaptureId, IOperation?>? _captured;
    private NamedConditions? _names;
    private Overwrites? _overwrites;

    public ControlFlowGraph Graph => graph;

    /// <summary>Where the returned value is kept.</summary>
    public AccessPath Result { get; } = new(new object(), ".result");

    public bool IsOutermost => isOutermost;

    /// <summary>Of a lambda or local function: the call that runs it; null where that is not known.</summary>
    public SyntaxNode? CalledAt => calledAt;

    /// <summary>Conditions that the function has given a name.</summary>
    public NamedConditions Names => _names ??= new NamedConditions(graph);

    /// <summary>Of the outermost graph alone: a lambda's graph does not show where its captures are used after it.</summary>
    public LastMentions? LastMentions { get; } = isOutermost ? Flow.LastMentions.Of(graph) : null;

    /// <summary>Where a local is assigned before it is read again.</summary>
    public Overwrites Overwrites => _overwrites ??= new Overwrites(graph);

    /// <summary>The operation whose value a temporary holds; null where branches meet in it, and it may be one of several.</summary>
    public IOperation? OnlyCaptured(CaptureId temporary) => (_captured ??= Captures(graph)).TryGetValue(temporary, out IOperation? only) ? only : null;

    private static Dictionary<CaptureId, IOperation?> Captures(ControlFlowGraph graph)
    {
        Dictionary<CaptureId, IOperation?> captured = [];
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                if (operation is IFlowCaptureOperation capture)
                {
                    captured[capture.Id] = captured.ContainsKey(capture.Id) ? null : capture.Value;
                }
            }
        }

        return captured;
    }
}
