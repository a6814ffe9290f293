using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Makes the summary of a method out of the state at its end.</content>
internal sealed partial class LifetimePolicy
{
    public MethodSummary? Summarize(ControlFlowGraph graph, IMethodSymbol method, List<IOperation> fields)
    {
        if (Run(graph, method, fields) is not { } end)
        {
            // Too much, and nothing is known; or no path comes back. The call of an asynchronous method does, whatever its body does.
            return _budget.Exceeded is null && !method.IsAsync ? MethodSummary.NeverReturns : null;
        }

        var summary = new MethodSummary { Parameters = new Condition[ExtensionMembers.ParametersIn(method).Length], MayDrain = _drains, ReturnsRawResult = _returned == Returned.RawResult };
        Dictionary<Origin, OriginState> fates = [];
        foreach (KeyValuePair<Origin, OriginState> pair in end.Fates)
        {
            fates[pair.Key] = pair.Value;
        }

        foreach (KeyValuePair<Origin, OriginState> pair in fates)
        {
            if (pair.Key.Ordinal >= 0)
            {
                summary.Parameters[pair.Key.Ordinal] |= EffectOf(pair.Value);
            }
        }

        foreach (KeyValuePair<Place, Origin> seeded in _origins.Seeds)
        {
            if (seeded.Key is { Root: IParameterSymbol { RefKind: RefKind.Ref } byReference, Path.Length: 0 } && !end.Get(seeded.Key).Equals(Value.Of(seeded.Value)))
            {
                summary.AssignedParameters.Add(ExtensionMembers.OrdinalOf(byReference));
            }

            if (!seeded.Key.IsLasting || !fates.TryGetValue(seeded.Value, out OriginState last))
            {
                continue;
            }

            bool isStatic = ReferenceEquals(seeded.Key.Root, Place.Statics);
            (isStatic ? summary.Statics : summary.Fields)[seeded.Key.Path] = new FieldEffect(EffectOf(last), seeded.Value.Kind);
            if (!end.Get(seeded.Key).Equals(Value.Of(seeded.Value)))
            {
                (isStatic ? summary.AssignedStatics : summary.AssignedFields).Add(seeded.Key.Path);
            }
        }

        if (method.MethodKind == MethodKind.Constructor)
        {
            foreach (KeyValuePair<Place, Value> held in end.Places)
            {
                if (ReferenceEquals(held.Key.Root, Place.This) && held.Value.Single is { Ordinal: >= 0 } parameter)
                {
                    summary.HeldParameters[held.Key.Path] = parameter.Ordinal;
                }
            }
        }

        NoteTakenFirst(summary, graph);
        SummarizeResult(summary, end.Get(_bodies.Peek().Result), fates);
        return summary;
    }

    /// <summary>What a method did to what it was given. Pages that were frozen when they came are as they were; it did not freeze them.</summary>
    private static Condition EffectOf(OriginState last)
        => (last.Fate & Condition.Frozen) != 0 && last.Events.All(one => (one.Became & Condition.Frozen) == 0)
            ? (last.Conditions & ~Condition.Frozen) | Condition.Owned
            : last.Conditions;

    private void SummarizeResult(MethodSummary summary, Value result, Dictionary<Origin, OriginState> fates)
    {
        summary.ReturnsOther = result.Other;
        foreach (Reference reference in result.References)
        {
            Origin origin = reference.Origin;
            string? field = _origins.Seeds.Where(pair => ReferenceEquals(pair.Value, origin) && ReferenceEquals(pair.Key.Root, Place.This)).Select(pair => pair.Key.Path).FirstOrDefault();
            if (origin.Ordinal >= 0)
            {
                summary.Returns.Add(origin.Ordinal);
            }
            else if (field is not null)
            {
                summary.ReturnsFields.Add(field);
            }
            else if (origin is { IsFresh: true, Kind: OriginKind.Pages } && fates.TryGetValue(origin, out OriginState last) && last.Fate == Condition.Owned)
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
