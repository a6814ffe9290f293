using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// The points-to set of a variable or an expression: one of some allocation sites, or, with <see cref="Other"/>, something that
/// this body does not know. Immutable.
/// </summary>
internal sealed class PointsToSet : IEquatable<PointsToSet>
{
    /// <summary>Beyond this many, it is unknown: silence is cheaper than a long list of guesses.</summary>
    private const int MaxReferences = 8;

    private readonly bool _isFull;
    private readonly ImmutableArray<KeyValuePair<string, PointsToSet>> _parts;

    private PointsToSet(ImmutableArray<Reference> references, bool other, bool all, bool full = false,
        ImmutableArray<KeyValuePair<string, PointsToSet>> parts = default)
    {
        _parts = parts;
        References = references;
        Other = other;
        All = all;
        _isFull = full;
    }

    /// <summary>Refers to no memory: a number, <c>default</c>.</summary>
    public static PointsToSet Nothing { get; } = new([], other: false, all: false);

    public static PointsToSet Unknown { get; } = new([], other: true, all: false);

    /// <summary>Could be too many things to be listed; stays so, or loops would not end.</summary>
    private static PointsToSet Full { get; } = new([], other: true, all: false, full: true);

    public ImmutableArray<Reference> References { get; }

    public bool Other { get; }

    /// <summary>Holds all of its sites, as a list of segments does, instead of one of them.</summary>
    public bool All { get; }

    /// <summary>Whether its sites were too many to be listed.</summary>
    public bool IsFull => _isFull;

    /// <summary>The one site that it surely is.</summary>
    public AllocationSite? Single => References.Length == 1 && !Other ? References[0].Site : null;

    /// <summary>
    /// Of a new object, tuple or list: what its fields and elements refer to, each by the end of its access path. They are for the
    /// assignment that stores it, and no part of what is equal.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, PointsToSet>> Parts => _parts.IsDefault ? [] : _parts;

    public static PointsToSet Of(AllocationSite site, AllocationSite? pin = null) => new([new Reference(site, pin)], other: false, all: false);

    /// <summary>Either of two: where paths meet.</summary>
    [MethodImpl(Hot.Path)]
    public static PointsToSet Join(PointsToSet left, PointsToSet right)
    {
        if (left.Equals(right))
        {
            return left.WithoutParts();
        }

        return Combine(left, right, all: false);
    }

    /// <summary>Both of two: a pair of segments.</summary>
    public static PointsToSet Both(PointsToSet left, PointsToSet right)
        => left.References.IsEmpty && !left.Other ? right
        : right.References.IsEmpty && !right.Other ? left
        : Combine(left, right, all: true);

    public PointsToSet Replace(Func<AllocationSite, AllocationSite?> change)
    {
        ImmutableArray<Reference>.Builder? changed = null;
        for (int i = 0; i < References.Length; i++)
        {
            Reference reference = References[i];
            if (change(reference.Site) is { } instead && !ReferenceEquals(instead, reference.Site))
            {
                changed ??= References.ToBuilder();
                changed[i] = new Reference(instead, reference.Pin).At(reference.Range);
            }
        }

        return changed is null ? this : new PointsToSet([.. changed.Distinct()], Other, All);
    }

    /// <summary>With one more part, and its parts in turn.</summary>
    public PointsToSet WithPart(string name, PointsToSet part)
    {
        string path = name[0] == '.' ? name : "." + name;
        ImmutableArray<KeyValuePair<string, PointsToSet>> all = Parts.Add(new(path, part.WithoutParts()));
        foreach (KeyValuePair<string, PointsToSet> inner in part.Parts)
        {
            all = all.Add(new(path + inner.Key, inner.Value));
        }

        return new(References, Other, All, _isFull, all);
    }

    public PointsToSet WithPartsOf(PointsToSet other) => other.Parts.IsEmpty ? this : new(References, Other, All, _isFull, other.Parts);

    [MethodImpl(Hot.Path)]
    public PointsToSet WithoutParts()
        => _parts.IsDefaultOrEmpty ? this
        : References.IsEmpty && !_isFull ? Other ? Unknown : Nothing
        : new(References, Other, All, _isFull);

    /// <summary>What one of its parts refers to.</summary>
    public PointsToSet Part(string name)
    {
        foreach (KeyValuePair<string, PointsToSet> part in Parts)
        {
            if (part.Key.Length == name.Length + 1 && part.Key.EndsWith(name, StringComparison.Ordinal))
            {
                return part.Value;
            }
        }

        return Unknown;
    }

    public PointsToSet PinnedBy(AllocationSite pin)
        => new([.. References.Select(reference => new Reference(reference.Site, pin).At(reference.Range))], Other, All);

    /// <summary>The same memory, other parts of it.</summary>
    public PointsToSet InRanges(Func<MemoryRange, MemoryRange> change)
    {
        ImmutableArray<Reference>.Builder? changed = null;
        for (int i = 0; i < References.Length; i++)
        {
            MemoryRange range = change(References[i].Range);
            if (!range.Equals(References[i].Range))
            {
                changed ??= References.ToBuilder();
                changed[i] = References[i].At(range);
            }
        }

        return changed is null ? this : new PointsToSet(changed.ToImmutable(), Other, All, _isFull, _parts);
    }

    /// <summary>Whether paths met here that point to different parts.</summary>
    public bool IsOfLostPart
    {
        get
        {
            foreach (Reference reference in References)
            {
                if (reference.Range.IsLost)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The same with the part of the last reference cut to a length.</summary>
    public PointsToSet InLastRange(Func<MemoryRange, MemoryRange> change)
        => References.IsEmpty
            ? this
            : new(References.SetItem(References.Length - 1, References[References.Length - 1].At(change(References[References.Length - 1].Range))), Other, All,
                _isFull, _parts);

    public bool Refers(AllocationSite site)
    {
        foreach (Reference reference in References)
        {
            if (ReferenceEquals(reference.Site, site))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(Hot.Path)]
    public bool Equals(PointsToSet? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _isFull != other._isFull || Other != other.Other || All != other.All || References.Length != other.References.Length)
        {
            return false;
        }

        foreach (Reference reference in References)
        {
            if (!other.References.Contains(reference))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(Hot.Path)]
    public override bool Equals(object? obj) => Equals(obj as PointsToSet);

    public override int GetHashCode() => References.Length;

    private static PointsToSet Combine(PointsToSet left, PointsToSet right, bool all)
    {
        if (left._isFull || right._isFull)
        {
            return Full;
        }

        ImmutableArray<Reference> union = left.References;
        foreach (Reference reference in right.References)
        {
            union = With(union, reference, all);
        }

        return union.Length > MaxReferences ? Full : new PointsToSet(union, left.Other || right.Other, all);
    }

    /// <summary>A list of segments holds several parts of one allocation; any other value is one of them.</summary>
    private static ImmutableArray<Reference> With(ImmutableArray<Reference> union, Reference added, bool all)
    {
        for (int i = 0; i < union.Length; i++)
        {
            if (union[i].Equals(added))
            {
                return union;
            }

            if (!all && union[i].IsOfSame(added))
            {
                return union.SetItem(i, added.At(MemoryRange.Join(union[i].Range, added.Range)));
            }
        }

        return union.Add(added);
    }
}
