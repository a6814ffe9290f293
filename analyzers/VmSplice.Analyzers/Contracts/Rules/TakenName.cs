using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1011: a convenient member is left out, because the user's type has its name.</summary>
internal static class TakenName
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.TakenName,
        "A generated member is left out, because its name is taken",
        "'{0}' {1} called '{2}', so the generated one is left out; rename yours, or write '{3}' where you need it",
        ContractRules.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The generator adds members by which a record or buffer is created. Where the name is taken it leaves its own out, "
            + "and the examples of the documentation do not compile.",
        helpLinkUri: RuleHelp.For(RuleIds.TakenName));
}
