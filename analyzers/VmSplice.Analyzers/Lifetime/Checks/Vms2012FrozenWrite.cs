using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2012: frozen pages are written.</summary>
internal sealed class Vms2012FrozenWrite : AccessCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.FrozenWrite, DiagnosticSeverity.Error, "Write to frozen pages",
        "{0} is written after {1}: frozen pages are read-only, and a store to them faults. Write before Freeze().",
        "Frozen pages are mapped read-only, because they may be in any number of pipes.");

    public override DiagnosticDescriptor Rule => s_rule;

    protected override Priority Priority => Priority.Write;

    public override bool Claims(InvalidAccess access)
        => access is { Kind: AccessKind.Write, Site.Kind: not AllocationKind.Slot }
        && (access.Invalid & (OwnershipState.Transferred | OwnershipState.InFlight | OwnershipState.Frozen)) == OwnershipState.Frozen;
}
