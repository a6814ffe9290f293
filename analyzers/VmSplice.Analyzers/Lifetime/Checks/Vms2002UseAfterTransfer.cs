using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2002: any other use of pages that are not the caller's any more, and a transfer of what was disposed or frozen.</summary>
internal sealed class Vms2002UseAfterTransfer : AccessCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.UseAfterTransfer, DiagnosticSeverity.Error, "Use of a buffer after it was handed over",
        "{0} is used after {1}: the memory is no longer yours, and neither is any span, reference or pointer of it. "
            + "Use it before the call, or rent another buffer.",
        "Sending, gifting and freezing are moves: afterwards the caller holds nothing, neither the buffer nor a view taken from it.");

    public override DiagnosticDescriptor Rule => s_rule;

    protected override Priority Priority => Priority.Use;

    public override bool Claims(InvalidAccess access)
        => access.Kind == AccessKind.Transfer ? (access.Invalid & OwnershipState.Transferred) == 0
        : access.Site.Kind != AllocationKind.Slot
        && (access.Kind != AccessKind.Write || (access.Invalid & (OwnershipState.Transferred | OwnershipState.InFlight | OwnershipState.Frozen)) == 0);

    /// <summary>A view that is returned out of the life of its memory.</summary>
    public override IEnumerable<Finding> AtEnd(EndOfBody end)
        => ReturnedViews.Gone(end).Where(static one => one.IsCertain && one.Site.Kind == AllocationKind.Pages).Select(gone =>
            new Finding(Rule, gone.Site, gone.Node, gone.Cause, Wording.Subject(Wording.AliasOf(gone.Node), gone.Site), Wording.Past(gone.Site, gone.Cause))
            {
                Priority = Priority,
                Alias = Wording.AliasOf(gone.Node),
            });
}
