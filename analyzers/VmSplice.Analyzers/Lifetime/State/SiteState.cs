using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

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

    /// <summary>After a part of it was given to the raw call: what was given before stays given.</summary>
    public SiteState AfterPart(OwnershipEvent cause)
    {
        const OwnershipState Given = OwnershipState.InFlight | OwnershipState.Gifted;
        ImmutableArray<OwnershipEvent> before = [.. Events.Where(static one => one.Range is not null && (one.Became & Given) != 0)];
        return before.IsEmpty ? After(cause) : new((facts & ~(OwnershipState.Ownership & ~Given)) | cause.Became, Union(before, [cause]), unfinished);
    }

    /// <summary>Whether an access to a part of it reaches what the raw call was given; certainly where it is all of its memory.</summary>
    public RangeOverlap OverlapWith(MemoryRange accessed, SyntaxNode node)
    {
        (bool all, bool any, bool certain, SyntaxNode? call) = (true, false, false, Events.IsDefaultOrEmpty ? null : Events[0].Node);
        foreach (OwnershipEvent one in Events)
        {
            // A pointer that moves through a loop has moved on since the round before.
            RangeOverlap overlap = one.Range is not { } given ? RangeOverlap.Certain
                : accessed.IsMoving && one.Node.SpanStart >= node.SpanStart && !given.IsWhole ? RangeOverlap.None
                : MemoryRange.Compare(given, accessed);
            all &= overlap == RangeOverlap.Certain;
            any |= overlap != RangeOverlap.None;
            certain |= overlap == RangeOverlap.Certain;
            call = ReferenceEquals(call, one.Node) ? call : null;
        }

        // Of one call in a loop the rounds before are known too: what it gave last is what counts.
        return all || (certain && call is not null) ? RangeOverlap.Certain : any ? RangeOverlap.Possible : RangeOverlap.None;
    }

    /// <summary>Without what was given at one call, which took nothing.</summary>
    public SiteState Without(SyntaxNode call)
    {
        ImmutableArray<OwnershipEvent> rest = Events.RemoveAll(one => one.Node == call);
        return rest.Length == Events.Length ? this
            : rest.IsEmpty ? With(OwnershipState.Owned)
            : new((facts & ~OwnershipState.Ownership) | rest.Aggregate(OwnershipState.None, static (all, one) => all | one.Became), rest, unfinished);
    }

    /// <summary>The offset of some parts was computed anew.</summary>
    public SiteState WithoutAnchor(object anchor)
    {
        if (!Events.Any(one => one.Range is { } range && !ReferenceEquals(range.WithoutAnchor(anchor), range)))
        {
            return this;
        }

        ImmutableArray<OwnershipEvent> changed = [];
        foreach (OwnershipEvent one in Events)
        {
            changed = Union(changed, [one.Range is { } range ? new OwnershipEvent(one.Became, one.Node, one.Verb, range.WithoutAnchor(anchor)) : one]);
        }

        return new(facts, changed, unfinished);
    }

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

    public bool Equals(SiteState other)
        => facts == other.Facts && Equals(unfinished, other.Unfinished) && Events.SequenceEqual(other.Events);

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
