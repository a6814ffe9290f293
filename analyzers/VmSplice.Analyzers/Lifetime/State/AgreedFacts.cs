using System.Collections.Immutable;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>
/// Facts that hold on every path to a point: where paths meet, what all of them agree on is left. Immutable.
/// </summary>
internal sealed class AgreedFacts<T> where T : class, IEquatable<T>
{
    private readonly ImmutableDictionary<object, T> _facts;

    private AgreedFacts(ImmutableDictionary<object, T> facts) => _facts = facts;

    public static AgreedFacts<T> None { get; } = new(ImmutableDictionary<object, T>.Empty);

    /// <summary>What is known of a symbol or an operation.</summary>
    public T? Get(object subject) => _facts.TryGetValue(subject, out T? fact) ? fact : null;

    public AgreedFacts<T> With(object subject, T? fact)
    {
        ImmutableDictionary<object, T> changed = fact is null ? _facts.Remove(subject) : _facts.SetItem(subject, fact);
        return ReferenceEquals(changed, _facts) ? this : new(changed);
    }

    /// <summary>This one itself where the other knows all of it too.</summary>
    public AgreedFacts<T> JoinedWith(AgreedFacts<T> other)
    {
        if (ReferenceEquals(_facts, other._facts))
        {
            return this;
        }

        ImmutableDictionary<object, T> left = _facts;
        foreach (KeyValuePair<object, T> pair in _facts)
        {
            if (other.Get(pair.Key) is not { } theirs || !pair.Value.Equals(theirs))
            {
                left = left.Remove(pair.Key);
            }
        }

        return ReferenceEquals(left, _facts) ? this : new(left);
    }
}
