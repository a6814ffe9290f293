using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1003: a layout that two processes could see differently.</summary>
internal static class UnprovableLayout
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.Layout,
        "The layout of a spliceable type must be fixed, without overlaps or gaps",
        "The layout of '{0}' {1}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Both processes must find the same fields at the same offsets, and every byte must belong to one field.",
        helpLinkUri: RuleHelp.For(RuleIds.Layout));
}
