using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2010: a buffer is passed to a method whose effect on it is not known.</summary>
internal sealed class Vms2010UnknownEffect : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.UnknownEffect, DiagnosticSeverity.Info, "Effect of a method on a buffer is not known",
        "What '{1}' does with {0} is not known, so nothing after it is checked: {2}",
        "Ownership is followed across methods by annotations, by a table of the base library and by the source. Where none of them tells, the analysis stops.");

    public override DiagnosticDescriptor Rule => s_rule;

    public override Finding? Of(LifetimeEvent recorded) => recorded is PassedToUnknown passed
        ? new Finding(
            Rule, passed.Site, passed.Node, cause: null,
            $"'{(passed.Node == passed.Site.Node ? passed.Site.Name : Wording.AliasOf(passed.Node))}'", passed.Callee, Wording.WayToSay(passed.Parameter))
        : null;
}
