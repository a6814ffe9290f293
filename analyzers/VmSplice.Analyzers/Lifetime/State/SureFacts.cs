using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>What is known for certain of locals and operations, whatever path led here. Immutable.</summary>
/// <param name="Results">Of locals and calls: the raw call whose result it is.</param>
/// <param name="Outcomes">Of locals and calls: the call of a method in source whose result it is.</param>
/// <param name="Aliases">Reference locals that stand for a variable, not for an element.</param>
internal sealed record SureFacts(AgreedFacts<OwnershipEvent> Results, AgreedFacts<CallOutcome> Outcomes, AgreedFacts<AccessPath> Aliases)
{
    public static SureFacts None { get; } = new(AgreedFacts<OwnershipEvent>.None, AgreedFacts<CallOutcome>.None, AgreedFacts<AccessPath>.None);

    public SureFacts WithResult(object subject, OwnershipEvent? call)
        => Results.With(subject, call) is var changed && ReferenceEquals(changed, Results) ? this : this with { Results = changed };

    public SureFacts WithOutcome(object subject, CallOutcome? call)
        => Outcomes.With(subject, call) is var changed && ReferenceEquals(changed, Outcomes) ? this : this with { Outcomes = changed };

    public SureFacts WithAlias(object local, AccessPath variable)
        => Aliases.With(local, variable) is var changed && ReferenceEquals(changed, Aliases) ? this : this with { Aliases = changed };

    /// <summary>This one itself where the other knows all of it too.</summary>
    public SureFacts JoinedWith(SureFacts other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        AgreedFacts<OwnershipEvent> results = Results.JoinedWith(other.Results);
        AgreedFacts<CallOutcome> outcomes = Outcomes.JoinedWith(other.Outcomes);
        AgreedFacts<AccessPath> aliases = Aliases.JoinedWith(other.Aliases);
        return ReferenceEquals(results, Results) && ReferenceEquals(outcomes, Outcomes) && ReferenceEquals(aliases, Aliases)
            ? this : new SureFacts(results, outcomes, aliases);
    }
}
