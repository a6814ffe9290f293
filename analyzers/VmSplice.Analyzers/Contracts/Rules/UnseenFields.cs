using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1010: another source generator adds what the layout was generated without.</summary>
internal static class UnseenFields
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.UnseenFields,
        "A spliceable type must not depend on another source generator",
        "The layout of '{0}' was generated without {1}, which another source generator adds: no generator sees another's output; {2}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "What is generated for a spliceable type describes the fields that stand in the source; "
            + "with one more, every record after the first would be wrong.",
        helpLinkUri: RuleHelp.For(RuleIds.UnseenFields));
}
