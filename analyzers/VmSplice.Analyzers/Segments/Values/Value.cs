
namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What is known of the value of an expression. Null stands for nothing.</summary>
internal abstract class Value
{
    /// <summary>Either of the two; null where they have nothing in common. <paramref name="widen"/> makes the states of a loop become stable.</summary>
    public static Value? Join(Value? left, Value? right, bool widen) => left is null || right is null ? null
        : ReferenceEquals(left, right) ? left
        : left.GetType() == right.GetType() ? left.JoinSame(right, widen)
        : null;

    protected abstract Value? JoinSame(Value other, bool widen);

    protected static Number Join(Number left, Number right, bool widen) => widen ? Number.Widen(left, right) : Number.Join(left, right);
}
