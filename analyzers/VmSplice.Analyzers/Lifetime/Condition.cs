using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// The conditions in which an origin may be: a set, one for each path. Its lattice is the power set: join is union,
/// and something is certain where nothing else is in the set.
/// </summary>
[Flags]
internal enum Condition
{
    None = 0,
    Owned = 1 << 0,

    /// <summary>Alive; somebody else may own it too (returned, stored, passed to a method that is not known).</summary>
    Elsewhere = 1 << 1,
    Sent = 1 << 2,
    Gifted = 1 << 3,
    Frozen = 1 << 4,
    Disposed = 1 << 5,

    /// <summary>A slot whose writer moved on.</summary>
    Stale = 1 << 6,

    /// <summary>Handed to the raw call; nothing since could have drained the pipe.</summary>
    InFlight = 1 << 7,

    // What a method did to what it was given: one of each pair at least, both where paths differ.
    Unwritten = 1 << 10,
    Written = 1 << 11,
    Unread = 1 << 12,
    Read = 1 << 13,
    Still = 1 << 14,

    /// <summary>A writer that moved on.</summary>
    Moved = 1 << 15,

    /// <summary>Managed memory that a handle holds in place.</summary>
    Held = 1 << 16,

    /// <summary>More than one object of an earlier round of a loop.</summary>
    Many = 1 << 17,

    /// <summary>A collection or a lambda holds the buffer.</summary>
    Kept = 1 << 18,

    /// <summary>A variable held several, or too many to be listed, this among them: nobody knows whether it was handed over.</summary>
    Lost = 1 << 19,

    /// <summary>A receive into it was started, and not awaited since.</summary>
    Receiving = 1 << 20,

    Fates = Owned | Elsewhere | Sent | Gifted | Frozen | Disposed | Stale | InFlight,
    Untouched = Unwritten | Unread | Still,
}

/// <summary>What happened, where: the event that a message points to.</summary>
internal sealed class HandOver(Condition became, SyntaxNode node, string verb) : IEquatable<HandOver>
{
    public Condition Became => became;

    public SyntaxNode Node => node;

    /// <summary>"sent", "gifted"; as a message says it before the line.</summary>
    public string Verb => verb;

    public bool Equals(HandOver? other) => other is not null && became == other.Became && node == other.Node;

    public override bool Equals(object? obj) => Equals(obj as HandOver);

    public override int GetHashCode() => node.GetHashCode();
}

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
    public static OriginState Join(OriginState left, OriginState right) =>
        new(left.Conditions | right.Conditions, Union(left.Events, right.Events));

    public OriginState With(Condition fate) => new((conditions & ~Condition.Fates) | fate, Events);

    /// <summary>The same with one pair of the touches settled.</summary>
    public OriginState Touch(Condition remove, Condition add) => new((conditions & ~remove) | add, Events);

    public OriginState After(HandOver handOver) =>
        new((conditions & ~Condition.Fates) | handOver.Became, [handOver]);

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
    public bool Equals(OriginState other) =>
        Conditions == other.Conditions && Events.Length == other.Events.Length && Union(Events, other.Events).Length == Events.Length;

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
