using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1008: a segment that the generator cannot implement, or a buffer that has none.</summary>
internal static class MalformedSegment
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.Segment,
        "A spliceable buffer must be made of well-formed segments",
        "'{0}' {1}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A buffer is a class with at least one [Segment] property: 'partial ref T' for one value, "
            + "'partial Span<T>' with a Length or a MaxLength for more, "
            + "'partial TextSegment' or 'partial ListSegment<T>' with a MaxLength for a text or a list.",
        helpLinkUri: RuleHelp.For(RuleIds.Segment));
}
