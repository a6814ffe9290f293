using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>
/// VMS1012: a type is used as a record or a buffer, and nothing makes it one. Stands beside the compiler's error, which speaks of constraints.
/// </summary>
internal static class UnmarkedType
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.UnmarkedType,
        "A type that is sent or received must be marked [Spliceable]",
        "'{0}' {1}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The generator writes what records and buffers need for types marked [Spliceable]. "
            + "Without the mark the compiler says only that an interface or a member is missing (CS0315, CS0311, CS0117).",
        helpLinkUri: RuleHelp.For(RuleIds.UnmarkedType));
}
