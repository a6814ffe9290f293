using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Lifetime.Summaries;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>What is done with memory, and what that makes of its ownership state. What the old state forbids is recorded.</summary>
internal sealed class OwnershipTransitions(BodyEvaluation body)
{
    private const OwnershipState Given = OwnershipState.InFlight | OwnershipState.Gifted;

    private readonly SeveralBuffers _several = new(body);

    /// <summary>A read or write at <paramref name="node"/>; <paramref name="throughBuffer"/> where the buffer itself is asked.</summary>
    [MethodImpl(Hot.Path)]
    public void Access(PointsToSet accessed, SyntaxNode node, MemoryAccess access, bool throughBuffer = false)
    {
        if (access == MemoryAccess.None || accessed.References.IsEmpty)
        {
            return;
        }

        if (body.Summarizes)
        {
            NoteAccess(accessed, access);
        }

        if (access == MemoryAccess.Write)
        {
            body.Running.Record(accessed, node, "it is written here", access);
        }
        else if (!throughBuffer)
        {
            body.Running.Record(accessed, node, "it is read here", access);
        }

        RecordIfInvalid(accessed, node, access == MemoryAccess.Write ? AccessKind.Write : throughBuffer ? AccessKind.Query : AccessKind.Read);
    }

    /// <summary>Sends or gifts.</summary>
    [MethodImpl(Hot.Path)]
    public void Transfer(PointsToSet given, SyntaxNode node, OwnershipState became, string verb)
    {
        body.Running.Record(given, node, "it is handed over here");
        RecordIfInvalid(given, node, AccessKind.Transfer);
        NoteObject(given, node, verb);
        Change(given, became, node, verb);
        body.Elements.NoteTransfer(given, became, node, verb);
    }

    /// <summary>Of what the variable holds nothing is known any more at the end of the body.</summary>
    private void NoteObject(PointsToSet given, SyntaxNode node, string verb)
    {
        if (body.Fields.Shared.Count == 0 || given.Single is not { Kind: AllocationKind.Pages } site)
        {
            return;
        }

        foreach (AccessPath field in body.Fields.Shared)
        {
            if (field.Root is ILocalSymbol && body.State.Get(field).Single == site)
            {
                body.Log.Record(new TransferredFromObject(node, site, field, verb));
            }
        }
    }

    /// <summary>The memory changed hands; surely where it is surely that, perhaps where it is one of several.</summary>
    public void Change(PointsToSet changed, OwnershipState became, SyntaxNode node, string verb, bool isOfParts = false)
    {
        if (changed.References.IsEmpty)
        {
            return;
        }

        bool strong = changed.All || changed.References.Length == 1 || IsSoleReference(changed);
        OwnershipState doubt = strong ? OwnershipState.None : _several.AreInTwo(changed) ? OwnershipState.Lost | OwnershipState.Paired : OwnershipState.Lost;
        foreach (Reference reference in changed.References)
        {
            OwnershipEvent cause = body.EventAt(became, node, verb, isOfParts ? reference.Range : null);
            SiteState before = body.State.Get(reference.Site);
            if (before.Is(OwnershipState.Stored) && (became & OwnershipState.Transferred) != 0)
            {
                body.Log.Record(new StoredAndTransferred(node, reference.Site));
            }

            bool certainly = strong && !changed.Other && !before.Is(OwnershipState.Many);
            SiteState after = !certainly ? before.Perhaps(cause) : isOfParts ? before.AfterPart(cause) : before.After(cause);

            // One of several was given away: which of them is still to be, nobody knows.
            body.State.Set(reference.Site, after.Change(OwnershipState.None, doubt));
        }
    }

    /// <summary>Disposes pages. After a transfer that is legal and has no effect; so it is after Freeze, by the buffer that was frozen.</summary>
    public void Dispose(PointsToSet pages, SyntaxNode node, bool isOfBuffer = false, string verb = "disposed")
    {
        body.Running.Record(pages, node, "it is disposed here");
        OwnershipEvent disposed = body.EventAt(OwnershipState.Disposed, node, verb);
        foreach (Reference reference in pages.References)
        {
            SiteState before = body.State.Get(reference.Site);
            if (before.Is(OwnershipState.Raw) && before.Is(OwnershipState.InFlight | OwnershipState.Gifted) && pages.Single is not null)
            {
                body.Log.Record(new MemoryReleased(node, node, reference.Site, before, verb));
            }

            if (before.Is(OwnershipState.Stored) && node is not InvocationExpressionSyntax)
            {
                // The end of a using: what holds the buffer holds one that is disposed.
                body.Log.Record(new StoredAndTransferred(node, reference.Site));
            }

            OwnershipState kept = before.Ownership & (isOfBuffer ? OwnershipState.Transferred | OwnershipState.Frozen : OwnershipState.Transferred);
            if (kept == before.Ownership && kept != OwnershipState.None)
            {
                continue;
            }

            SiteState after = IsSure(pages) ? before.After(disposed) : before.Perhaps(disposed);
            body.State.Set(reference.Site, kept == OwnershipState.None ? after : SiteState.Join(after, before.With(kept)));
        }
    }

    /// <summary>The buffer, and all that is held in what is passed, may be kept by somebody else.</summary>
    public void Escape(IOperation? operation, PointsToSet passed)
    {
        Escape(passed);
        if (operation is not null)
        {
            EscapeWithin(operation, passed);
            body.Calls.Functions.EscapeFunction(passed);
        }
    }

    /// <summary>Somebody else may own it from here on.</summary>
    public void Escape(PointsToSet passed)
    {
        foreach (Reference reference in passed.References)
        {
            SiteState before = body.State.Get(reference.Site);
            if (before.Is(OwnershipState.Owned))
            {
                body.State.Set(reference.Site, before.Change(OwnershipState.Owned, OwnershipState.Shared));
            }
        }
    }

    /// <summary>
    /// What is held in an object or a tuple may be kept by somebody else. A callee may put other buffers into an object; of the fields in
    /// <paramref name="known"/> its summary says whether it does.
    /// </summary>
    public void EscapeWithin(IOperation operation, PointsToSet passed, IReadOnlyDictionary<string, FieldSummary>? known = null)
    {
        foreach (KeyValuePair<string, PointsToSet> part in passed.Parts)
        {
            Escape(part.Value);
        }

        if (body.Paths.PathOf(operation) is not { } holder)
        {
            return;
        }

        foreach (KeyValuePair<AccessPath, PointsToSet> field in body.State.Within(holder))
        {
            Escape(field.Value);
            bool isKept = known is not null && known.TryGetValue(field.Key.Fields.Substring(holder.Fields.Length), out FieldSummary summary)
                && !summary.IsAssigned;
            if (operation.Type is { IsReferenceType: true } && !isKept)
            {
                body.State.Forget(field.Key);
            }
        }
    }

    public bool HoldsBuffers(IOperation operation) => body.Paths.PathOf(operation) is { } holder && body.State.Within(holder).Count > 0;

    /// <summary>Something that outlasts this statement holds the buffer from here on.</summary>
    public void MarkStored(AllocationSite site, SyntaxNode node, AccessPath? collection)
    {
        SiteState before = body.State.Get(site);
        body.Log.Record(new BufferStored(node, site, collection));
        if (before.Is(OwnershipState.Transferred))
        {
            body.Log.Record(new StoredAndTransferred(node, site));
        }

        body.State.Set(site, before.Change(OwnershipState.None, OwnershipState.Stored));
    }

    /// <summary>The list that was the argument of a call is nobody's after it.</summary>
    public void EndStorage(PointsToSet buffer, SyntaxNode element)
    {
        foreach (Reference reference in buffer.References)
        {
            body.Log.RecordAside(new StorageEnded(element, reference.Site));
        }
    }

    /// <summary>
    /// Whether one variable alone holds these, so that on each path the one that it holds is the only one alive:
    /// <c>current</c>, which was rented before the loop or in it.
    /// </summary>
    public bool IsSoleReference(PointsToSet set)
        => set.References.All(reference => body.State.Paths.Count(pair => pair.Value.Refers(reference.Site) && pair.Key.Root is ISymbol or string) <= 1);

    /// <summary>Whether what happens to this happens to each of its sites: it is one, or the only one alive.</summary>
    public bool IsSure(PointsToSet set) => set.References.Length == 1 || IsSoleReference(set);

    /// <summary>Records an access to memory that was given away before, or may have been.</summary>
    public void RecordIfInvalid(PointsToSet accessed, SyntaxNode node, AccessKind kind)
    {
        OwnershipState all = OwnershipState.None;
        AllocationSite? first = null;
        bool certain = !accessed.Other;
        bool isUnknownPart = false;
        foreach (Reference reference in accessed.References)
        {
            AllocationSite site = reference.Site;
            SiteState state = body.State.Get(site);
            OwnershipState ownership = state.Ownership;
            OwnershipState invalid = ownership & InvalidAccess.Forbidden(site.Kind, kind);
            RangeOverlap overlap = (invalid & ~Given) != OwnershipState.None || invalid == OwnershipState.None ? RangeOverlap.Certain
                : kind == AccessKind.Query && IsOfPart(state) ? RangeOverlap.None
                : state.OverlapWith(reference.Range, node);
            invalid = overlap == RangeOverlap.None ? OwnershipState.None : invalid;
            certain &= overlap == RangeOverlap.Certain;
            isUnknownPart |= overlap == RangeOverlap.Possible;
            if (invalid != OwnershipState.None)
            {
                first ??= site;
                all |= invalid;
            }

            certain &= invalid != OwnershipState.None && invalid == ownership;
        }

        if (first is not null && (certain || !_several.IsGuess(accessed, node, all)))
        {
            body.Log.Record(new InvalidAccess(accessed, node, kind, first, all, certain, body.State.Get(first).EventOf(all),
                body.Log.IsLaterIteration, isUnknownPart, body.Function.CalledAt));
        }
    }

    /// <summary>Whether the raw call was given parts alone: the buffer is there for the rest.</summary>
    private static bool IsOfPart(SiteState state) => state.Events.All(static one => one.Range is { IsWhole: false });

    /// <summary>For the summary: what was done with what the method was given.</summary>
    private void NoteAccess(PointsToSet accessed, MemoryAccess access)
    {
        (OwnershipState remove, OwnershipState add) = access == MemoryAccess.Write
            ? (OwnershipState.Unwritten, OwnershipState.Written)
            : (OwnershipState.Unread, OwnershipState.Read);
        bool strong = accessed.Single is not null || accessed.All;
        foreach (Reference reference in accessed.References)
        {
            SiteState before = body.State.Get(reference.Site);
            body.State.Set(reference.Site, before.Change(strong ? remove : OwnershipState.None, add));
        }
    }
}
