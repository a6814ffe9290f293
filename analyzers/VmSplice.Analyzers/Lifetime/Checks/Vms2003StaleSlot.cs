using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2003: a record, slot or batch is used after its writer or reader moved on.</summary>
internal sealed class Vms2003StaleSlot : AccessCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.StaleSlot, DiagnosticSeverity.Error, "Record used after its writer or reader moved on",
        "{0} is used after {1}: it was valid until then only. Finish with a record before the next call, or copy it.",
        "A record writer hands out slots of the page that it fills, a record reader views of the memory that it fills again. Both are over when it moves on.");

    public override DiagnosticDescriptor Rule => s_rule;

    protected override Priority Priority => Priority.StaleSlot;

    public override bool Claims(InvalidAccess access)
        => access.Kind != AccessKind.Transfer && access.Site.Kind == AllocationKind.Slot;

    /// <summary>A view that is returned out of the round of its memory.</summary>
    public override IEnumerable<Finding> AtEnd(EndOfBody end)
        => ReturnedViews.Gone(end).Where(static one => one.IsCertain && one.Site.Kind == AllocationKind.Slot).Select(gone =>
            new Finding(Rule, gone.Site, gone.Node, gone.Cause, Wording.Subject(Wording.AliasOf(gone.Node), gone.Site), Wording.Past(gone.Site, gone.Cause))
            {
                Priority = Priority,
                Alias = Wording.AliasOf(gone.Node),
            });
}
