using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// Batches that a collection holds. They are kept below the access path of the collection, so that they go when the collection goes: when
/// it is replaced, is emptied, is given to code that is not in sight, or is never named again.
/// </summary>
internal sealed class KeptBatches(BodyEvaluation body)
{
    private const string Kept = "[kept]";

    public void Put(AllocationSite batch, SyntaxNode node, AccessPath? collection)
    {
        if (collection?.Field(Kept) is { } place)
        {
            PointsToSet before = body.State.Get(place);
            body.State.Set(place, before.Equals(PointsToSet.Unknown) ? PointsToSet.Of(batch) : PointsToSet.Join(before, PointsToSet.Of(batch)));
            body.Log.RecordAside(new BufferStored(node, batch, collection));
        }
    }

    public void Empty(AccessPath collection)
    {
        if (collection.Field(Kept) is { } place)
        {
            body.State.Forget(place);
        }
    }

    /// <summary>The batch ends here; who holds it, or still works on it, is wrong from here on.</summary>
    public void Expire(AllocationSite batch, SiteState before, SyntaxNode node)
    {
        if (body.Log.IsExceptional)
        {
            // An exception on the way to where the collection is emptied, or the task awaited, is no mistake of this kind.
            return;
        }

        foreach (KeyValuePair<AccessPath, PointsToSet> pair in body.State.Paths)
        {
            if (pair.Key.Name == Kept && pair.Value.Refers(batch))
            {
                body.Log.Record(new KeptBatchExpired(node, batch, pair.Key));
            }
        }

        if (before.Unfinished is { } started)
        {
            body.Log.Record(new UnfinishedIoConflict(started.Node, batch, started, $"'{batch.Owner?.Name}' moves on on line {Wording.LineOf(node)}"));
        }
    }
}
