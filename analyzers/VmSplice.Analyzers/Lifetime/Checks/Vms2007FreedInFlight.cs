using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2007: memory is freed, returned to its pool or disposed while the raw call has it in flight.</summary>
internal sealed class Vms2007FreedInFlight : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.FreedInFlight, DiagnosticSeverity.Error, "Memory freed while in flight",
        "{0} is {2} after {1}: nothing shows that the pipe was drained, and the next owner's bytes would go to the reader. "
            + "Keep it until the reader has read, Write() the bytes, or fill a PageBuffer<T> and Send it.",
        "Freed memory has a next owner, and the pages in the pipe are the same. nix-rust/nix issue 2633 is such a case.");

    public override DiagnosticDescriptor Rule => s_rule;

    private const OwnershipState Given = OwnershipState.InFlight | OwnershipState.Gifted;

    public override Finding? Of(LifetimeEvent recorded)
    {
        if (recorded is not MemoryReleased released || released.Before.Ownership == OwnershipState.None || (released.Before.Ownership & ~Given) != 0)
        {
            return null;
        }

        OwnershipEvent? cause = released.Before.EventOf(Given);
        string subject = released.Site.Kind == AllocationKind.Pages
            ? $"'{released.Site.Name}'" : Wording.Subject(Wording.AliasOf(released.Memory), released.Site);
        return new Finding(Rule, released.Site, released.Node, cause, subject, Wording.Past(released.Site, cause), released.Verb);
    }
}
