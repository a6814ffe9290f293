using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>The state of one origin.</summary>
internal readonly struct OriginState(Condition conditions, ImmutableArray<HandOver> events) : IEquatable<OriginState>
{
    /// <summary>A message needs one; more are kept so that either of two branches can be named.</summary>
    private const int MaxEvents = 4;

    public Condition Conditions => conditions;

    public Condition Fate => conditions & Condition.Fates;

    public ImmutableArray<HandOver> Events => events.IsDefault ? [] : events;

    public static OriginState Fresh { get; } = new(Condition.Owned | Condition.Untouched, []);

    /// <summary>Alive, and whoever it came from may have it too.</summary>
    public static OriginState Alive { get; } = new(Condition.Elsewhere | Condition.Untouched, []);

    [MethodImpl(Hot.Path)]
    public static OriginState Join(OriginState left, OriginState right)
        => new(left.Conditions | right.Conditions, Union(left.Events, right.Events));

    public OriginState With(Condition fate) => new((conditions & ~Condition.Fates) | fate, Events);

    /// <summary>The same with one pair of the touches settled.</summary>
    public OriginState Touch(Condition remove, Condition add) => new((conditions & ~remove) | add, Events);

    public OriginState After(HandOver handOver)
        => new((conditions & ~Condition.Fates) | handOver.Became, [handOver]);

    public OriginState Perhaps(HandOver handOver)
    {
        Condition before = conditions;
        if ((before & Condition.Owned) != 0)
        {
            before = (before & ~Condition.Owned) | Condition.Elsewhere;
        }

        return new(before | handOver.Became, Union(Events, [handOver]));
    }

    [MethodImpl(Hot.Path)]
    public bool Equals(OriginState other)
        => Conditions == other.Conditions && Events.Length == other.Events.Length && Union(Events, other.Events).Length == Events.Length;

    [MethodImpl(Hot.Path)]
    public override bool Equals(object? obj) => obj is OriginState other && Equals(other);

    public override int GetHashCode() => (int)conditions;

    [MethodImpl(Hot.Path)]
    private static ImmutableArray<HandOver> Union(ImmutableArray<HandOver> left, ImmutableArray<HandOver> right)
    {
        foreach (HandOver one in right)
        {
            if (left.Length < MaxEvents && !left.Contains(one))
            {
                left = left.Add(one);
            }
        }

        return left;
    }
}
