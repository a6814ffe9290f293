using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1001: the generator has no place to add to.</summary>
internal static class NotPartial
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.NotPartial,
        "A spliceable type, and every type around it, must be partial",
        "'{0}' must be partial: {1}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The generator implements ISpliceable in a second part of the type.",
        helpLinkUri: RuleHelp.For(RuleIds.NotPartial));
}
