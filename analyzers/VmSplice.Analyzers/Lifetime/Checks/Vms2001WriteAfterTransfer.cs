using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2001: pages are written after they were sent or gifted, or while the raw call has them in flight.</summary>
internal sealed class Vms2001WriteAfterTransfer : AccessCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.WriteAfterTransfer, DiagnosticSeverity.Error, "Write to memory that was given away",
        "{0} is written after {1}: the reader may still see these pages, and gets the new bytes. Write before the call, or rent another buffer.",
        "The pages stay shared with the reader until it has consumed them, and nothing tells when. A store to them changes what the reader reads.");

    public override DiagnosticDescriptor Rule => s_rule;

    protected override Priority Priority => Priority.Write;

    public override bool Claims(InvalidAccess access)
        => access is { Kind: AccessKind.Write, Site.Kind: not AllocationKind.Slot }
            && (access.Invalid & (OwnershipState.Transferred | OwnershipState.InFlight)) != 0;
}
