using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>Calls that were started and not awaited: they use memory meanwhile, and what is done to it beside them is recorded.</summary>
internal sealed class RunningCalls(BodyEvaluation body)
{
    /// <summary>The access path of what unfinished work uses, below the call that started it.</summary>
    private const string InWork = ".[work]";

    /// <summary>A call was started that uses the memory until it is awaited.</summary>
    public void Begin(PointsToSet used, UnfinishedIo started)
    {
        if (used.Single is { } buffer)
        {
            body.State.Set(buffer, body.State.Get(buffer).WithUnfinished(started));
            if (buffer.Kind == AllocationKind.Slot)
            {
                // The batch is in use where no variable of the body has it any more.
                body.State.Set(new AccessPath(started.Node, InWork), used);
            }
        }
    }

    /// <summary>Any await, and any look at a task, is taken for the end of all that was started: which is which is not followed.</summary>
    public void End()
    {
        body.State.ForgetWithin(static path => path.Fields == InWork);
        List<KeyValuePair<AllocationSite, SiteState>>? started = null;
        foreach (KeyValuePair<AllocationSite, SiteState> pair in body.State.Sites)
        {
            if (pair.Value.Unfinished is not null)
            {
                (started ??= []).Add(pair);
            }
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in started ?? [])
        {
            body.State.Set(pair.Key, pair.Value.WithUnfinished(null));
        }
    }

    /// <summary>Records what is given away, disposed, written or read while a call may still use it.</summary>
    /// <param name="used">The memory.</param>
    /// <param name="node">Where that is done.</param>
    /// <param name="done">What is done, for the message.</param>
    /// <param name="access">Of a read or a write; none of what ends the memory.</param>
    public void Record(PointsToSet used, SyntaxNode node, string done, MemoryAccess access = MemoryAccess.None)
    {
        if (used.Single is { } buffer && body.State.Get(buffer).Unfinished is { } unfinished && Conflicts(unfinished, access))
        {
            body.Log.Record(new UnfinishedIoConflict(node, buffer, unfinished, done));
        }
    }

    /// <summary>What is read may be read by anybody. What is filled is nobody else's, as far as it is.</summary>
    private static bool Conflicts(UnfinishedIo unfinished, MemoryAccess access) => access switch
    {
        MemoryAccess.None => true,
        MemoryAccess.Write => !unfinished.Fills || unfinished.IsOfAll,
        _ => unfinished.Fills && unfinished.IsOfAll,
    };
}
