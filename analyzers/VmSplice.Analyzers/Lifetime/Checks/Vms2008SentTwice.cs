using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2008: a buffer is sent, gifted or frozen after it was sent or gifted.</summary>
internal sealed class Vms2008SentTwice : AccessCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.SentTwice, DiagnosticSeverity.Error, "Buffer handed over twice",
        "{0} is handed over again after {1}: the first call took the buffer. Rent another, or Freeze() content that is sent many times.",
        "The first call took the buffer; there is nothing left to hand over.");

    public override DiagnosticDescriptor Rule => s_rule;

    protected override Priority Priority => Priority.SentTwice;

    public override bool Claims(InvalidAccess access)
        => access.Kind == AccessKind.Transfer && (access.Invalid & OwnershipState.Transferred) != 0;
}
