using Microsoft.CodeAnalysis.Diagnostics.Telemetry;

namespace VmSplice.AnalyzerCost;

/// <summary>One analyzer's part of an analysis.</summary>
internal readonly struct AnalyzerTelemetry(AnalyzerTelemetryInfo info)
{
    /// <summary>Wall-clock time in the analyzer's own code, over all threads. What the driver does for it is not in here.</summary>
    public double Milliseconds { get; } = info.ExecutionTime.TotalMilliseconds;

    /// <summary>Whether it asked for anything after it saw the compilation. Where it did not, the driver has no work for it.</summary>
    public bool Registered { get; } =
        info.SymbolActionsCount + info.SymbolStartActionsCount + info.SyntaxNodeActionsCount + info.SyntaxTreeActionsCount + info.SemanticModelActionsCount
        + info.OperationActionsCount + info.OperationBlockActionsCount + info.OperationBlockStartActionsCount + info.OperationBlockEndActionsCount
        + info.CodeBlockActionsCount + info.CodeBlockStartActionsCount + info.CodeBlockEndActionsCount
        + info.CompilationEndActionsCount + info.CompilationActionsCount > 0;
}
