using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1004: bytes that belong to no field.</summary>
internal static class Padding
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.Padding,
        "A spliceable type must not have padding",
        "'{0}' has {1} of padding after '{2}', {3}, where old memory of this process would reach the reader; {4}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Padding bytes have no defined value: they waste the pipe, carry whatever the memory held, and change with the order of the fields.",
        helpLinkUri: RuleHelp.For(RuleIds.Padding));
}
