using Microsoft.CodeAnalysis;
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

    /// <summary>Records what is given away, disposed or written while a call may still use it.</summary>
    public void Record(PointsToSet used, SyntaxNode node, string done, bool writes = false)
    {
        if (used.Single is { } buffer && body.State.Get(buffer).Unfinished is { } unfinished && !(writes && unfinished.Fills))
        {
            body.Log.Record(new UnfinishedIoConflict(node, buffer, unfinished, done));
        }
    }
}
