namespace VmSplice.Analyzers.Lifetime;

/// <summary>What happened to the memory that was in a field when the method began.</summary>
internal readonly struct FieldEffect(Condition conditions, OriginKind kind) : IEquatable<FieldEffect>
{
    public Condition Conditions => conditions;

    public OriginKind Kind => kind;

    public bool Equals(FieldEffect other) => conditions == other.Conditions && kind == other.Kind;

    public override bool Equals(object? obj) => obj is FieldEffect other && Equals(other);

    public override int GetHashCode() => (int)conditions;
}
