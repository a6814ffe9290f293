using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>Makes the summary of a method out of the state at its end.</summary>
internal sealed class SummaryBuilder(BodyEvaluation body)
{
    private readonly Dictionary<AllocationSite, SiteState> _last = [];

    public MethodSummary? Summarize(ControlFlowGraph graph, IMethodSymbol method, List<IOperation> mentions)
    {
        if (BodyAnalysis.Solve(body, graph, method, mentions) is not { } end)
        {
            // Too much, and nothing is known; or no path comes back. The call of an asynchronous method does, whatever its body does.
            return body.Budget.Exceeded is null && !method.IsAsync ? MethodSummary.NeverReturns : null;
        }

        foreach (KeyValuePair<AllocationSite, SiteState> pair in end.AllSites)
        {
            _last[pair.Key] = pair.Value;
        }

        return new MethodSummary(
            Parameters(graph, method, end), Fields(end, AccessPath.This), Fields(end, AccessPath.Statics), Held(method, end), Result(end), body.Effects.MayDrain, body.Effects.Descriptor);
    }

    /// <summary>What a method did to what it was given. Pages that were frozen when they came are as they were; it did not freeze them.</summary>
    public static OwnershipState EffectOf(SiteState last)
        => last.Is(OwnershipState.Frozen) && last.EventOf(OwnershipState.Frozen) is null
            ? (last.Facts & ~OwnershipState.Frozen) | OwnershipState.Owned
            : last.Facts;

    private ParameterSummary[] Parameters(ControlFlowGraph graph, IMethodSymbol method, LifetimeState end)
    {
        var effects = new OwnershipState[ExtensionMembers.ParametersIn(method).Length];
        foreach (KeyValuePair<AllocationSite, SiteState> pair in _last)
        {
            if (pair.Key.Ordinal >= 0)
            {
                effects[pair.Key.Ordinal] |= EffectOf(pair.Value);
            }
        }

        HashSet<int> assigned = [.. body.Sites.Seeds
            .Where(seed => seed.Key is { Root: IParameterSymbol { RefKind: RefKind.Ref }, Fields.Length: 0 } && IsAssigned(seed, end))
            .Select(seed => ExtensionMembers.OrdinalOf((IParameterSymbol)seed.Key.Root))];
        HashSet<int> takenFirst = new ThrowBehaviour(body.Shared, body.Budget.Cancellation).TakenFirst(graph);
        return [.. effects.Select((effect, ordinal) => new ParameterSummary(effect, assigned.Contains(ordinal), takenFirst.Contains(ordinal)))];
    }

    private Dictionary<string, FieldSummary> Fields(LifetimeState end, object root)
    {
        var fields = new Dictionary<string, FieldSummary>(StringComparer.Ordinal);
        foreach (KeyValuePair<AccessPath, AllocationSite> seed in body.Sites.Seeds)
        {
            if (ReferenceEquals(seed.Key.Root, root) && _last.TryGetValue(seed.Value, out SiteState last))
            {
                fields[seed.Key.Fields] = new FieldSummary(EffectOf(last), seed.Value.Kind, IsAssigned(seed, end));
            }
        }

        return fields;
    }

    private static bool IsAssigned(KeyValuePair<AccessPath, AllocationSite> seed, LifetimeState end) => !end.Get(seed.Key).Equals(PointsToSet.Of(seed.Value));

    private static Dictionary<string, int> Held(IMethodSymbol method, LifetimeState end)
    {
        var held = new Dictionary<string, int>(StringComparer.Ordinal);
        if (method.MethodKind == MethodKind.Constructor)
        {
            foreach (KeyValuePair<AccessPath, PointsToSet> pair in end.Paths)
            {
                if (ReferenceEquals(pair.Key.Root, AccessPath.This) && pair.Value.Single is { Ordinal: >= 0 } parameter)
                {
                    held[pair.Key.Fields] = parameter.Ordinal;
                }
            }
        }

        return held;
    }

    private ResultSummary Result(LifetimeState end)
    {
        PointsToSet result = end.Get(body.Function.Result);
        List<int> parameters = [];
        List<string> fields = [];
        List<int> slots = [];
        List<string> taken = [];
        (bool isFresh, bool isOther) = (false, result.Other);
        foreach (Reference reference in result.References)
        {
            AllocationSite site = reference.Site;
            if (site.Ordinal >= 0)
            {
                parameters.Add(site.Ordinal);
            }
            else if (site is { Kind: AllocationKind.Slot, Owner.Ordinal: >= 0 and var ordinal })
            {
                slots.Add(ordinal);
            }
            else if (FieldOf(site) is { } field)
            {
                bool isKept = end.Get(new AccessPath(AccessPath.This, field)) is var kept && (kept.Other || kept.Refers(site));
                (isKept ? fields : taken).Add(field);
            }
            else if (site is { IsFresh: true, Kind: AllocationKind.Pages } && _last.TryGetValue(site, out SiteState last) && last.Ownership == OwnershipState.Owned)
            {
                isFresh = true;
            }
            else
            {
                isOther = true;
            }
        }

        return new ResultSummary(parameters, fields, taken, isFresh, isOther, body.Effects.ReturnsRawResult, slots);
    }

    private string? FieldOf(AllocationSite site)
        => body.Sites.Seeds.Where(seed => ReferenceEquals(seed.Value, site) && ReferenceEquals(seed.Key.Root, AccessPath.This)).Select(seed => seed.Key.Fields).FirstOrDefault();
}
