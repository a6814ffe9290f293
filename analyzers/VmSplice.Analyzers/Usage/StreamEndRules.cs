using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS2014: a stream that nobody completes.</summary>
internal static class StreamEndRules
{
    public static readonly DiagnosticDescriptor NotCompleted = new(
        RuleIds.UncompletedStream,
        "Stream disposed without being completed",
        "'{0}' is disposed, and nothing completes its stream: {1}. Call {0}.{2}() where all has been sent.",
        "VmSplice.Lifetime",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Only Complete ends a stream well. Dispose without it abandons the stream, so that an exception inside using does not pass for the end: "
            + "the reader gets an exception.",
        RuleHelp.For(RuleIds.UncompletedStream));
}
