using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2005: stack memory is given to the raw call.</summary>
internal sealed class Vms2005StackMemory : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.StackMemory, DiagnosticSeverity.Error, "Stack memory handed to vmsplice",
        "{0} is stack memory{1}: this method's frame is reused while the pages are still in the pipe. Write() the bytes, or fill a PageBuffer<T> and Send it.",
        "A stack frame is reused as soon as the method returns, while its pages are still in the pipe.");

    public override DiagnosticDescriptor Rule => s_rule;

    public override Finding? Of(LifetimeEvent recorded) => recorded is MemoryGiven { Memory.Site: { Kind: AllocationKind.Stack } stack } given
        ? new Finding(Rule, stack, recorded.Node, cause: null, $"'{stack.Name}'", given.Helper is { } helper ? $", which '{helper}' gives to vmsplice" : "")
        : null;
}
