using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>Makes the summary of a method out of the state at its end.</summary>
internal sealed class SummaryBuilder(BodyEvaluation body)
{
    public MethodSummary? Summarize(ControlFlowGraph graph, IMethodSymbol method, List<IOperation> mentions)
    {
        if (BodyAnalysis.Solve(body, graph, method, mentions) is not { } end)
        {
            // Too much, and nothing is known; or no path comes back. The call of an asynchronous method does, whatever its body does.
            return body.Budget.Exceeded is null && !method.IsAsync ? MethodSummary.NeverReturns : null;
        }

        var summary = new MethodSummary
        {
            Parameters = new OwnershipState[ExtensionMembers.ParametersIn(method).Length],
            MayDrain = body.Effects.MayDrain,
            ReturnsRawResult = body.Effects.ReturnsRawResult,
        };
        summary.TakenFirst.UnionWith(new ThrowBehaviour(body.Shared, body.Budget.Cancellation).TakenFirst(graph));
        Dictionary<AllocationSite, SiteState> states = [];
        foreach (KeyValuePair<AllocationSite, SiteState> pair in end.AllSites)
        {
            states[pair.Key] = pair.Value;
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in states)
        {
            if (pair.Key.Ordinal >= 0)
            {
                summary.Parameters[pair.Key.Ordinal] |= EffectOf(pair.Value);
            }
        }

        foreach (KeyValuePair<AccessPath, AllocationSite> seeded in body.Sites.Seeds)
        {
            if (seeded.Key is { Root: IParameterSymbol { RefKind: RefKind.Ref } byReference, Fields.Length: 0 } && !end.Get(seeded.Key).Equals(PointsToSet.Of(seeded.Value)))
            {
                summary.AssignedParameters.Add(ExtensionMembers.OrdinalOf(byReference));
            }

            if (!seeded.Key.IsLasting || !states.TryGetValue(seeded.Value, out SiteState last))
            {
                continue;
            }

            bool isStatic = ReferenceEquals(seeded.Key.Root, AccessPath.Statics);
            (isStatic ? summary.Statics : summary.Fields)[seeded.Key.Fields] = new FieldEffect(EffectOf(last), seeded.Value.Kind);
            if (!end.Get(seeded.Key).Equals(PointsToSet.Of(seeded.Value)))
            {
                (isStatic ? summary.AssignedStatics : summary.AssignedFields).Add(seeded.Key.Fields);
            }
        }

        if (method.MethodKind == MethodKind.Constructor)
        {
            foreach (KeyValuePair<AccessPath, PointsToSet> held in end.Paths)
            {
                if (ReferenceEquals(held.Key.Root, AccessPath.This) && held.Value.Single is { Ordinal: >= 0 } parameter)
                {
                    summary.HeldParameters[held.Key.Fields] = parameter.Ordinal;
                }
            }
        }

        SummarizeResult(summary, end.Get(body.Function.Result), states);
        return summary;
    }

    /// <summary>What a method did to what it was given. Pages that were frozen when they came are as they were; it did not freeze them.</summary>
    public static OwnershipState EffectOf(SiteState last)
        => (last.Ownership & OwnershipState.Frozen) != 0 && last.Events.All(one => (one.Became & OwnershipState.Frozen) == 0)
            ? (last.Facts & ~OwnershipState.Frozen) | OwnershipState.Owned
            : last.Facts;

    private void SummarizeResult(MethodSummary summary, PointsToSet result, Dictionary<AllocationSite, SiteState> states)
    {
        summary.ReturnsOther = result.Other;
        foreach (Reference reference in result.References)
        {
            AllocationSite site = reference.Site;
            string? field = body.Sites.Seeds.Where(pair => ReferenceEquals(pair.Value, site) && ReferenceEquals(pair.Key.Root, AccessPath.This)).Select(pair => pair.Key.Fields).FirstOrDefault();
            if (site.Ordinal >= 0)
            {
                summary.Returns.Add(site.Ordinal);
            }
            else if (field is not null)
            {
                summary.ReturnsFields.Add(field);
            }
            else if (site is { IsFresh: true, Kind: AllocationKind.Pages } && states.TryGetValue(site, out SiteState last) && last.Ownership == OwnershipState.Owned)
            {
                summary.ReturnsFresh = true;
            }
            else
            {
                summary.ReturnsOther = true;
            }
        }
    }
}
