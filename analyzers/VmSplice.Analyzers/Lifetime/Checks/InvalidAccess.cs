using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>An access to memory that was given away, or may have been.</summary>
internal sealed class InvalidAccess(
    PointsToSet accessed, SyntaxNode node, AccessKind kind, AllocationSite site, OwnershipState invalid, bool isCertain, OwnershipEvent? cause,
        bool isLaterIteration, bool isUnknownPart = false, SyntaxNode? calledAt = null)
    : LifetimeEvent(node)
{
    /// <summary>What is accessed, as far as it is known.</summary>
    public PointsToSet Accessed => accessed;

    public AccessKind Kind => kind;

    /// <summary>The first of what it may be that was given away.</summary>
    public AllocationSite Site => site;

    /// <summary>The ownership states that forbid the access.</summary>
    public OwnershipState Invalid => invalid;

    /// <summary>On every path that comes here, whichever of the aliases it is.</summary>
    public bool IsCertain => isCertain;

    /// <summary>What gave the memory away.</summary>
    public OwnershipEvent? Cause => cause;

    /// <summary>The only doubt is whether the path here goes through the cause: another iteration of a loop may be certain.</summary>
    public bool DependsOnPath => !isCertain && !isUnknownPart && accessed.References.Length == 1 && !accessed.Other;

    /// <summary>The doubt is whether the part of the memory that is accessed is the part that was given away.</summary>
    public bool IsUnknownPart => isUnknownPart;

    /// <summary>The variable through which it happens.</summary>
    public string Alias => Wording.AliasOf(Node);

    /// <summary>"'s', which is or is part of 'b',".</summary>
    public string Subject => Wording.Subject(Alias, site);

    /// <summary>In a lambda or a local function: the call that runs it.</summary>
    public SyntaxNode? CalledAt => calledAt;

    /// <summary>"'b' was sent on line 12"; in a lambda with the line that calls it.</summary>
    public string Past => Wording.Past(site, cause) + (isLaterIteration ? ", in the round before" : "")
        + (calledAt is null ? "" : $" (this is called on line {Wording.LineOf(calledAt)})");

    /// <summary>The states in which memory of a kind must not be accessed that way.</summary>
    public static OwnershipState Forbidden(AllocationKind site, AccessKind access) => (site, access) switch
    {
        (_, AccessKind.Transfer) => OwnershipState.Transferred | OwnershipState.Disposed | OwnershipState.Frozen,
        (AllocationKind.Pages, AccessKind.Write) => OwnershipState.Transferred | OwnershipState.Disposed | OwnershipState.Frozen | OwnershipState.InFlight,
        (AllocationKind.Pages, AccessKind.Query) => OwnershipState.Transferred | OwnershipState.Disposed | OwnershipState.Frozen,
        (AllocationKind.Pages, _) => OwnershipState.Transferred | OwnershipState.Disposed,
        (AllocationKind.Slot, _) => OwnershipState.Stale,
        (AllocationKind.RecordSource or AllocationKind.Pin or AllocationKind.Function, _) => OwnershipState.None,

        // Memory of the raw call: reading it does no harm, and freeing it is a rule of its own.
        (_, AccessKind.Write) => OwnershipState.Gifted | OwnershipState.InFlight,
        _ => OwnershipState.None,
    };
}
