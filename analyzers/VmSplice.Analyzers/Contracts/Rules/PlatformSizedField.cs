using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1005: a field whose size depends on the platform.</summary>
internal static class PlatformSizedField
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.PlatformSize,
        "A field of a spliceable type must have the same size on every platform",
        "'{0}' is '{1}', whose size depends on the platform; use '{2}'",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A record written by one process is read by another, which may be built for another platform.",
        helpLinkUri: RuleHelp.For(RuleIds.PlatformSize));
}
