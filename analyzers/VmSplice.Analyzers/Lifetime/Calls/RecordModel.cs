using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Methods of record writers and readers, which end the slots and batches that they handed out.</summary>
internal sealed class RecordModel(BodyEvaluation body)
{
    public PointsToSet Evaluate(Call call)
    {
        foreach (PassedArgument argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && BaseLibraryModel.IsMemory(parameter))
            {
                body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Read);
                if (BackgroundWork.IsTask(call.Method.ReturnType))
                {
                    body.Running.Begin(argument.Value, new UnfinishedIo(call.Node, call.Method.Name, fills: false));
                }
            }
        }

        bool isReader = body.Shared.Types.Of(call.Method.ContainingType) == SpliceType.RecordReader;
        switch (LibraryMemory.IsPipeWriter(call.Method.ContainingType)
            ? SurfaceTable.OfPipeWriter(call.Method.Name) : SurfaceTable.OfRecords(call.Method.Name, isReader))
        {
            case SurfaceAction.HandsOutMore:
                return MakeSlot(call);
            case SurfaceAction.HandsOut:
                MoveOn(call);
                return MakeSlot(call);
            case SurfaceAction.Enumerates:
                return call.On;
            case SurfaceAction.MovesOn:
                MoveOn(call);
                MoveTargetsOn(call);
                return PointsToSet.Nothing;
            case SurfaceAction.Ends:
                MoveOn(call);
                End(call);
                return PointsToSet.Nothing;
            default:
                return PointsToSet.Unknown;
        }
    }

    /// <summary>The slot or batch that a call hands out; of one of several writers, a slot of one of them.</summary>
    private PointsToSet MakeSlot(Call call)
    {
        if (call.On.References.IsEmpty)
        {
            return body.Expressions.Make(call.Node, AllocationKind.Slot);
        }

        PointsToSet slots = call.On.Other ? PointsToSet.Unknown : PointsToSet.Nothing;
        foreach (Reference reference in call.On.References)
        {
            slots = PointsToSet.Join(slots, body.Expressions.Make(call.Node, AllocationKind.Slot, reference.Site));
        }

        return slots;
    }

    /// <summary>A record writer or reader; of a new writer somebody must write the end (VMS2013).</summary>
    public PointsToSet MakeSource(SyntaxNode node, ITypeSymbol? type, bool isNew)
    {
        AllocationSite site =
            body.Sites.At(node, AllocationKind.RecordSource, owner: null, isFresh: isNew && body.Shared.Types.Of(type) == SpliceType.RecordWriter);
        body.State.Renew(site, SiteState.Fresh);
        return PointsToSet.Of(site);
    }

    /// <summary>What the writer or reader handed out before is its own again.</summary>
    public void MoveOn(PointsToSet source, SyntaxNode node, string verb)
    {
        foreach (Reference reference in source.References)
        {
            foreach (KeyValuePair<AllocationSite, SiteState> pair in body.State.Sites.Where(pair => IsAliveSlotOf(pair, reference.Site)).ToArray())
            {
                body.Collections.Batches.Expire(pair.Key, pair.Value, node);
                OwnershipEvent moved = body.EventAt(OwnershipState.Stale, node, verb);
                body.State.Set(pair.Key, source.Single is not null ? pair.Value.After(moved) : pair.Value.Perhaps(moved));
            }

            if (body.Summarizes)
            {
                SiteState before = body.State.Get(reference.Site);
                body.State.Set(reference.Site, before.Change(source.Single is not null ? OwnershipState.Still : OwnershipState.None, OwnershipState.Moved));
            }
        }
    }

    private void MoveOn(Call call) => MoveOn(call.On, call.Node, $"called '{call.Method.Name}'");

    /// <summary>The writer that a reader copies to: it sends, and its slots are its own again.</summary>
    private void MoveTargetsOn(Call call)
    {
        foreach (PassedArgument argument in call.Arguments)
        {
            if (body.Shared.Types.Of(argument.Parameter?.Type) == SpliceType.RecordWriter)
            {
                MoveOn(argument.Value, call.Node, $"called '{call.Method.Name}' with it");
            }
        }
    }

    private void End(Call call)
    {
        OwnershipEvent ended = body.EventAt(OwnershipState.Disposed, call.Node, "ended");
        foreach (Reference reference in call.On.References)
        {
            SiteState before = body.State.Get(reference.Site);
            body.State.Set(reference.Site, body.Ownership.IsSure(call.On) ? before.After(ended) : before.Perhaps(ended));
        }
    }

    private static bool IsAliveSlotOf(KeyValuePair<AllocationSite, SiteState> pair, AllocationSite source)
        => pair.Key.Kind == AllocationKind.Slot && ReferenceEquals(pair.Key.Owner, source) && pair.Value.Ownership != OwnershipState.Stale;
}
