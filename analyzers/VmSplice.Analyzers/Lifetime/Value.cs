using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// What a variable or an expression may refer to: one of some origins, or, with <see cref="Other"/>, something that
/// this body does not know. Immutable.
/// </summary>
internal sealed class Value : IEquatable<Value>
{
    /// <summary>Beyond this many, a value is unknown: silence is cheaper than a long list of guesses.</summary>
    private const int MaxReferences = 8;

    private readonly bool _isFull;

    private Value(ImmutableArray<Reference> references, bool other, bool all, bool full = false)
    {
        References = references;
        Other = other;
        All = all;
        _isFull = full;
    }

    /// <summary>Refers to no memory: a number, <c>default</c>.</summary>
    public static Value Nothing { get; } = new([], other: false, all: false);

    public static Value Unknown { get; } = new([], other: true, all: false);

    /// <summary>Could be too many things to be listed; stays so, or loops would not end.</summary>
    private static Value Full { get; } = new([], other: true, all: false, full: true);

    public ImmutableArray<Reference> References { get; }

    public bool Other { get; }

    /// <summary>Holds all of its origins, as a list of segments does, instead of one of them.</summary>
    public bool All { get; }

    /// <summary>Whether the list of its origins was given up.</summary>
    public bool IsFull => _isFull;

    /// <summary>The one origin that it surely is.</summary>
    public Origin? Single => References.Length == 1 && !Other ? References[0].Origin : null;

    public static Value Of(Origin origin, Origin? pin = null) => new([new Reference(origin, pin)], other: false, all: false);

    /// <summary>Either of two: where paths meet.</summary>
    [MethodImpl(Hot.Path)]
    public static Value Join(Value left, Value right)
    {
        if (left.Equals(right))
        {
            return left;
        }

        return Combine(left, right, all: false);
    }

    /// <summary>Both of two: a pair of segments.</summary>
    [MethodImpl(Hot.Path)]
    public static Value Both(Value left, Value right)
        => left.References.IsEmpty && !left.Other ? right
        : right.References.IsEmpty && !right.Other ? left
        : Combine(left, right, all: true);

    [MethodImpl(Hot.Path)]
    public Value Replace(Func<Origin, Origin?> change)
    {
        ImmutableArray<Reference>.Builder? changed = null;
        for (int i = 0; i < References.Length; i++)
        {
            Reference reference = References[i];
            if (change(reference.Origin) is { } instead && !ReferenceEquals(instead, reference.Origin))
            {
                changed ??= References.ToBuilder();
                changed[i] = new Reference(instead, reference.Pin);
            }
        }

        return changed is null ? this : new Value([.. changed.Distinct()], Other, All);
    }

    public Value PinnedBy(Origin pin) => new([.. References.Select(reference => new Reference(reference.Origin, pin))], Other, All);

    [MethodImpl(Hot.Path)]
    public bool Refers(Origin origin)
    {
        foreach (Reference reference in References)
        {
            if (ReferenceEquals(reference.Origin, origin))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(Hot.Path)]
    public bool Equals(Value? other)
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
    public override bool Equals(object? obj) => Equals(obj as Value);

    public override int GetHashCode() => References.Length;

    [MethodImpl(Hot.Path)]
    private static Value Combine(Value left, Value right, bool all)
    {
        if (left._isFull || right._isFull)
        {
            return Full;
        }

        ImmutableArray<Reference> union = left.References;
        foreach (Reference reference in right.References)
        {
            if (!union.Contains(reference))
            {
                union = union.Add(reference);
            }
        }

        return union.Length > MaxReferences ? Full : new Value(union, left.Other || right.Other, all);
    }
}
