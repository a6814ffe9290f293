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
            Parameters(graph, method, end), Fields(end, AccessPath.This), Fields(end, AccessPath.Statics), Held(method, end), Result(end),
            body.Effects.MayDrain, body.Effects.Descriptor, Outcomes(method), Allocated(method, end));
    }

    /// <summary>What a method did to what it was given. Pages that were frozen when they came are as they were; it did not freeze them.</summary>
    public static OwnershipState EffectOf(SiteState last)
        => last.Is(OwnershipState.Frozen) && last.EventOf(OwnershipState.Frozen) is null
            ? (last.Facts & ~OwnershipState.Frozen) | OwnershipState.Owned
            : last.Facts;

    /// <summary>What became of the parameters where one constant is returned or another.</summary>
    private OutcomeSummary[] Outcomes(IMethodSymbol method)
    {
        if (body.Effects.Returned is not { Count: > 1 } returned)
        {
            return [];
        }

        int count = ExtensionMembers.ParametersIn(method).Length;
        return [.. returned.Select(pair =>
        {
            var effects = new OwnershipState[count];
            foreach (KeyValuePair<AllocationSite, SiteState> site in pair.Value.AllSites)
            {
                if (site.Key.Ordinal >= 0)
                {
                    effects[site.Key.Ordinal] |= EffectOf(site.Value);
                }
            }

            return new OutcomeSummary(ReferenceEquals(pair.Key, BodyEffects.NoConstant) ? null : pair.Key, effects);
        })];
    }

    private ParameterSummary[] Parameters(ControlFlowGraph graph, IMethodSymbol method, LifetimeState end)
    {
        var effects = new OwnershipState[ExtensionMembers.ParametersIn(method).Length];
        var given = new MemoryRange?[effects.Length];
        foreach (KeyValuePair<AllocationSite, SiteState> pair in _last)
        {
            if (pair.Key.Ordinal >= 0)
            {
                effects[pair.Key.Ordinal] |= EffectOf(pair.Value);
                given[pair.Key.Ordinal] = pair.Value.Events.Length == 1 ? pair.Value.Events[0].Range : null;
            }
        }

        HashSet<int> assigned = [.. body.Sites.Seeds
            .Where(seed => seed.Key is { Root: IParameterSymbol { RefKind: RefKind.Ref }, Fields.Length: 0 } && IsAssigned(seed, end))
            .Select(seed => ExtensionMembers.OrdinalOf((IParameterSymbol)seed.Key.Root))];
        HashSet<int> takenFirst = new ThrowBehaviour(body.Shared, body.Budget.Cancellation).TakenFirst(graph);
        return [.. effects.Select(
            (effect, ordinal) => new ParameterSummary(effect, assigned.Contains(ordinal), takenFirst.Contains(ordinal), given[ordinal],
                FieldsOf(method, ordinal, end), LeftIn(method, ordinal, end)))];
    }

    private static int[]? LeftIn(IMethodSymbol method, int ordinal, LifetimeState end)
    {
        IParameterSymbol parameter = ExtensionMembers.ParametersIn(method)[ordinal];
        PointsToSet left = parameter.RefKind is RefKind.Out or RefKind.Ref ? end.Get(new AccessPath(parameter, "")) : PointsToSet.Unknown;
        return left.References.IsEmpty || left.Other || left.References.Any(static one => one.Site.Ordinal < 0)
            ? null : [.. left.References.Select(static one => one.Site.Ordinal)];
    }

    private Dictionary<string, FieldSummary>? FieldsOf(IMethodSymbol method, int ordinal, LifetimeState end)
        => Fields(end, ExtensionMembers.ParametersIn(method)[ordinal]) is { Count: > 0 } fields ? fields : null;

    private Dictionary<string, FieldSummary> Fields(LifetimeState end, object root)
    {
        var fields = new Dictionary<string, FieldSummary>(StringComparer.Ordinal);
        foreach (KeyValuePair<AccessPath, AllocationSite> seed in body.Sites.Seeds)
        {
            if (Equals(seed.Key.Root, root) && seed.Key.Fields.Length > 0 && _last.TryGetValue(seed.Value, out SiteState last))
            {
                fields[seed.Key.Fields] = new FieldSummary(EffectOf(last), seed.Value.Kind, IsAssigned(seed, end));
            }
        }

        return fields;
    }

    /// <summary>
    /// Whether something else may be there at the end. A field that is set to null on the path that sent it holds, as far as the joined state
    /// says, what it held on the others.
    /// </summary>
    private bool IsAssigned(KeyValuePair<AccessPath, AllocationSite> seed, LifetimeState end)
        => !ReferenceEquals(end.Get(seed.Key).Single, seed.Value) || body.Effects.Assigned.Contains(seed.Key);

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

    /// <summary>The one field of a new object that holds native memory which its constructor allocates.</summary>
    private static string[] Allocated(IMethodSymbol method, LifetimeState end)
    {
        if (method.MethodKind != MethodKind.Constructor)
        {
            return [];
        }

        string[] fields = [.. end.Paths.Where(pair => ReferenceEquals(pair.Key.Root, AccessPath.This) && IsAllocated(pair.Value, end))
            .Select(static pair => pair.Key.Fields)];
        return fields.Length == 1 ? fields : [];
    }

    /// <summary>Native memory that a method allocates, and that nobody was given or freed.</summary>
    private static bool IsAllocated(PointsToSet value, LifetimeState end)
        => value.Single is { Kind: AllocationKind.Native, IsFresh: true, IsPrevious: false } site
        && (end.Get(site).Ownership & ~(OwnershipState.Owned | OwnershipState.Shared)) == OwnershipState.None;

    private Dictionary<string, int> PartsOfResult(LifetimeState end)
    {
        var parts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (KeyValuePair<AccessPath, PointsToSet> field in end.Within(body.Function.Result))
        {
            if (field.Value.Single is { Ordinal: >= 0 and var ordinal } && !Elements.IsElement(field.Key))
            {
                parts[field.Key.Fields.Substring(body.Function.Result.Fields.Length)] = ordinal;
            }
        }

        return parts;
    }

    private ResultSummary Result(LifetimeState end)
    {
        PointsToSet result = end.Get(body.Function.Result);
        List<int> parameters = [];
        List<string> fields = [];
        List<int> slots = [];
        List<string> slotsOfFields = [];
        List<string> taken = [];
        (bool isFresh, bool isNewSource, bool isNewArray, bool isOther) = (false, false, false, result.Other);
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
            else if (site is { Kind: AllocationKind.Slot, Owner: { } source } && FieldOf(source) is { } inField)
            {
                slotsOfFields.Add(inField);
            }
            else if (FieldOf(site) is { } field)
            {
                bool isKept = end.Get(new AccessPath(AccessPath.This, field)) is var kept && (kept.Other || kept.Refers(site));
                (isKept ? fields : taken).Add(field);
            }
            else if (site is { IsFresh: true, Kind: AllocationKind.Pages } && _last.TryGetValue(site, out SiteState last)
                && last.Ownership == OwnershipState.Owned)
            {
                isFresh = true;
            }
            else if (site is { IsFresh: true, Kind: AllocationKind.Managed } && _last.TryGetValue(site, out SiteState array)
                && array.Ownership == OwnershipState.Owned && !array.Is(OwnershipState.Pinned))
            {
                isNewArray = true;
            }
            else if (site is { IsFresh: true, Kind: AllocationKind.RecordSource } && _last.TryGetValue(site, out SiteState made)
                && made.Ownership == OwnershipState.Owned)
            {
                isNewSource = true;
            }
            else
            {
                isOther = true;
            }
        }

        return new ResultSummary(parameters, fields, taken, isFresh, isOther, body.Effects.ReturnsRawResult, slots, isNewSource, PartsOfResult(end),
            slotsOfFields, isNewArray, [.. end.Within(body.Function.Result).Where(field => IsAllocated(field.Value, end))
                .Select(field => field.Key.Fields.Substring(body.Function.Result.Fields.Length))]);
    }

    private string? FieldOf(AllocationSite site)
        => body.Sites.Seeds.Where(seed => ReferenceEquals(seed.Value, site) && ReferenceEquals(seed.Key.Root, AccessPath.This)).Select(seed => seed.Key.Fields)
            .FirstOrDefault();
}
