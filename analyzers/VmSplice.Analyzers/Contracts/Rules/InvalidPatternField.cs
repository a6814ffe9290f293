using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1006: a field type that arriving bytes could break.</summary>
internal static class InvalidPatternField
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.InvalidPatterns,
        "Every bit pattern of a field must be a value of its type",
        "'{0}' is '{1}', some of whose bit patterns are not valid; store {2}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Bytes that another process sent become the field as they are; no constructor checks them.",
        helpLinkUri: RuleHelp.For(RuleIds.InvalidPatterns));
}
