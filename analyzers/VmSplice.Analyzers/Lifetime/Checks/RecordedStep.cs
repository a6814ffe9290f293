using VmSplice.Analyzers.Flow;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>What was recorded of one statement.</summary>
internal sealed class RecordedStep(FlowMode mode)
{
    /// <summary>On which paths the replay came there.</summary>
    public FlowMode Mode => mode;

    public List<LifetimeEvent> Events { get; } = [];
}
