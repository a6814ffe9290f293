using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1009: a field whose own layout nobody proved.</summary>
internal static class NestedStructNotSpliceable
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.NotSpliceable,
        "A struct in a spliceable type must itself be spliceable",
        "'{0}' is {1}, which is not spliceable; {2}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The layout of a record is proved down to its last field.",
        helpLinkUri: RuleHelp.For(RuleIds.NotSpliceable));
}
