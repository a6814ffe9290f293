using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts.Rules;

/// <summary>VMS1013: a declaration and the layout file say different things. An error where others were promised another layout, else a warning.</summary>
internal static class RecordedLayouts
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        RuleIds.RecordedLayout,
        "A spliceable layout must be the one in the layout file",
        "'{0}' {1}",
        ContractRules.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A project that has a file VmSplice.Layouts.txt records there what programs in the field know: "
            + "each version of each record, and each buffer. They refuse anything else, so a change that is not a new version is an error.",
        helpLinkUri: RuleHelp.For(RuleIds.RecordedLayout));
}
