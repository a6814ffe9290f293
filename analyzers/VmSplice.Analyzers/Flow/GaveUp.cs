using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Flow;

/// <summary>VMS9999: an analysis met one of its bounds, and says so instead of nothing.</summary>
internal static class GaveUp
{
    public const string Lifetimes = "The lifetime of buffers";

    public const string Values = "What is given to vmsplice";

    public static readonly DiagnosticDescriptor Rule = new(
        RuleIds.GaveUp, "Analysis gave up", "{0} in '{1}' was not checked: {2}", "VmSplice.Analysis",
        DiagnosticSeverity.Hidden, isEnabledByDefault: true,
        "The analysis is bounded, so that it never holds the compiler up. Where a bound is exceeded it says so, and says nothing else.",
        RuleHelp.For(RuleIds.GaveUp));

    public static Diagnostic Of(string what, ISymbol? member, string reason)
        => Diagnostic.Create(Rule, member?.Locations.FirstOrDefault(), what, member?.Name ?? "top-level statements", reason);
}
