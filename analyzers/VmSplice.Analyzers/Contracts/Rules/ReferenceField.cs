using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1002: a value that is valid in one process only.</summary>
internal static class ReferenceField
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.Reference,
        "A spliceable type must not hold references, pointers, delegates or handles",
        "'{0}' is {1}, which means nothing in another process; {2}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Addresses and handles are valid only in the process that made them.",
        helpLinkUri: RuleHelp.For(RuleIds.Reference));
}
