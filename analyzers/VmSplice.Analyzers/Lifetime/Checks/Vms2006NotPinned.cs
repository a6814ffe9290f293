using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2006: garbage-collected memory is given to the raw call without a pin, or its pin ends while it is in flight.</summary>
internal sealed class Vms2006NotPinned : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.NotPinned, DiagnosticSeverity.Error, "Garbage-collected memory handed to vmsplice without a lasting pin",
        "{0} {1}. Write() the bytes, or fill a PageBuffer<T> and Send it.",
        "The garbage collector moves what is not pinned, and gives its place to other objects, while the pages are still in the pipe.");

    public override DiagnosticDescriptor Rule => s_rule;

    public override Finding? Of(LifetimeEvent recorded) => recorded switch
    {
        MemoryGiven { Memory: { Pin: null, Site: { Kind: AllocationKind.Managed or AllocationKind.Pooled, IsFresh: true } memory } } given
            when !given.Before.Is(OwnershipState.Pinned)
            => Describe(given, memory, "is garbage-collected memory that nothing pins: it may move while its pages are in the pipe"),
        PinEnded ended => Describe(
            ended, ended.Memory, $"is given to vmsplice here, but its pin {ended.Ends} on line {ended.Line}, while its pages may still be in the pipe"),
        _ => null,
    };

    private Finding Describe(LifetimeEvent recorded, AllocationSite memory, string what)
        => new(Rule, memory, recorded.Node, cause: null, $"'{memory.Name}'", what);
}
