using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>What keeps garbage-collected memory where it is: <c>fixed</c>, handles; from when, and until when.</summary>
internal sealed class Pins(BodyEvaluation body)
{
    public PointsToSet BeginPin(ILocalSymbol local, PointsToSet memory)
        => SegmentType.Of(local.Type) is null && IsMovable(memory)
            ? memory.PinnedBy(Pin(local.DeclaringSyntaxReferences[0].GetSyntax(body.Budget.Cancellation), memory)) : memory;

    public PointsToSet PinAt(SyntaxNode node, PointsToSet memory) => IsMovable(memory) ? PointsToSet.Of(Pin(node, memory)) : memory;

    /// <summary>The memory that a handle holds.</summary>
    public static PointsToSet Through(PointsToSet handle)
        => handle.Single is { Kind: AllocationKind.Pin } pin ? pin.Owner is { } owner ? PointsToSet.Of(owner, pin) : PointsToSet.Unknown : handle;

    public void EndPinOf(ILocalSymbol local)
    {
        foreach (Reference reference in body.State.Get(new AccessPath(local, "")).References)
        {
            if (reference.Pin is { } pin)
            {
                SyntaxNode? around = pin.Node?.FirstAncestorOrSelf<FixedStatementSyntax>();
                EndPin(pin, "ends", around is null ? 0 : around.GetLocation().GetLineSpan().EndLinePosition.Line + 1);
            }
        }
    }

    public void EndPin(AllocationSite pin, string ends, int line)
    {
        SiteState before = body.State.Get(pin);
        if (before.Facts == OwnershipState.None)
        {
            return;
        }

        if (before.Ownership == OwnershipState.InFlight && pin.Owner is { } memory && before.EventOf(OwnershipState.InFlight) is { } given)
        {
            body.Log.Record(new PinEnded(given.Node, memory, ends, line));
        }

        body.State.Set(pin, before.With(OwnershipState.Disposed));
        if (pin.Owner is { } held)
        {
            body.State.Set(held, body.State.Get(held).Change(OwnershipState.Pinned, OwnershipState.None));
        }
    }

    private static bool IsMovable(PointsToSet memory) => memory.References.Any(one => one.Site.Kind is AllocationKind.Managed or AllocationKind.Pooled);

    private AllocationSite Pin(SyntaxNode node, PointsToSet memory)
    {
        AllocationSite pin = body.Sites.At(node, AllocationKind.Pin, memory.Single, isFresh: false);
        body.State.Set(pin, SiteState.Fresh);
        if (memory.Single is { } held)
        {
            body.State.Set(held, body.State.Get(held).Change(OwnershipState.None, OwnershipState.Pinned));
        }

        return pin;
    }
}
