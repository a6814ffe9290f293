using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>What is known of the memory of one allocation site at one point.</summary>
internal readonly struct SiteState(OwnershipState facts, ImmutableArray<OwnershipEvent> events, UnfinishedIo? unfinished = null) : IEquatable<SiteState>
{
    /// <summary>A message needs one; more are kept so that either of two branches can be named.</summary>
    private const int MaxEvents = 4;

    /// <summary>The ownership states, and the notes beside them.</summary>
    public OwnershipState Facts => facts;

    /// <summary>The ownership states alone.</summary>
    public OwnershipState Ownership => facts & OwnershipState.Ownership;

    /// <summary>What led here, in the order of the source.</summary>
    public ImmutableArray<OwnershipEvent> Events => events.IsDefault ? [] : events;

    /// <summary>A call that was started with this memory and not awaited; null where there is none.</summary>
    public UnfinishedIo? Unfinished => unfinished;

    public static SiteState Fresh { get; } = new(OwnershipState.Owned | OwnershipState.Unaccessed, []);

    /// <summary>Alive, and whoever it came from may have it too.</summary>
    public static SiteState Alive { get; } = new(OwnershipState.Shared | OwnershipState.Unaccessed, []);

    [MethodImpl(Hot.Path)]
    public static SiteState Join(SiteState left, SiteState right)
        => new(left.Facts | right.Facts, Union(left.Events, right.Events), UnfinishedIo.Join(left.Unfinished, right.Unfinished));

    public bool Is(OwnershipState any) => (facts & any) != 0;

    public SiteState With(OwnershipState ownership) => new((facts & ~OwnershipState.Ownership) | ownership, Events, unfinished);

    /// <summary>The same with some of the notes changed.</summary>
    public SiteState Change(OwnershipState remove, OwnershipState add) => new((facts & ~remove) | add, Events, unfinished);

    public SiteState WithUnfinished(UnfinishedIo? started) => new(facts, Events, started);

    /// <summary>After an event that surely happened to it.</summary>
    public SiteState After(OwnershipEvent cause)
        => new((facts & ~OwnershipState.Ownership) | cause.Became, [cause], unfinished);

    /// <summary>After an event that happened to it or to another.</summary>
    public SiteState Perhaps(OwnershipEvent cause)
    {
        OwnershipState before = facts;
        if ((before & OwnershipState.Owned) != 0)
        {
            before = (before & ~OwnershipState.Owned) | OwnershipState.Shared;
        }

        return new(before | cause.Became, Union(Events, [cause]), unfinished);
    }

    /// <summary>The first event that led to one of these states; null where none is known.</summary>
    [MethodImpl(Hot.Path)]
    public OwnershipEvent? EventOf(OwnershipState states)
    {
        foreach (OwnershipEvent one in Events)
        {
            if ((one.Became & states) != 0)
            {
                return one;
            }
        }

        return null;
    }

    [MethodImpl(Hot.Path)]
    public bool Equals(SiteState other)
        => facts == other.Facts && Equals(unfinished, other.Unfinished) && Events.SequenceEqual(other.Events);

    [MethodImpl(Hot.Path)]
    public override bool Equals(object? obj) => obj is SiteState other && Equals(other);

    public override int GetHashCode() => (int)facts;

    [MethodImpl(Hot.Path)]
    private static ImmutableArray<OwnershipEvent> Union(ImmutableArray<OwnershipEvent> left, ImmutableArray<OwnershipEvent> right)
    {
        if (left.IsEmpty || left == right)
        {
            return right;
        }

        foreach (OwnershipEvent one in right)
        {
            if (!left.Contains(one))
            {
                left = Insert(left, one);
            }
        }

        return left;
    }

    private static ImmutableArray<OwnershipEvent> Insert(ImmutableArray<OwnershipEvent> sorted, OwnershipEvent added)
    {
        int at = 0;
        while (at < sorted.Length && sorted[at].CompareTo(added) < 0)
        {
            at++;
        }

        ImmutableArray<OwnershipEvent> all = sorted.Insert(at, added);
        return all.Length > MaxEvents ? all.RemoveAt(MaxEvents) : all;
    }
}
