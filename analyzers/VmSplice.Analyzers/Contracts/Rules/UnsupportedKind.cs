using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1007: a kind of type that has no bytes of its own to send.</summary>
internal static class UnsupportedKind
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.Kind,
        "A spliceable type must be of a supported kind",
        "'{0}' cannot be spliced: {1}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A record is a struct that is not generic, not a ref struct and not empty; a buffer is a class that is created over its pages alone.",
        helpLinkUri: RuleHelp.For(RuleIds.Kind));
}
