namespace VmSplice.Analyzers.Segments.Values;

/// <summary>A descriptor, handle or stream over one.</summary>
internal sealed class Descriptor(DescriptorKind kind, string what) : Value
{
    public DescriptorKind Kind { get; } = kind;

    /// <summary>In the words of a message: "the read end of a pipe".</summary>
    public string What { get; } = what;

    protected override Value? JoinSame(Value other, bool widen) => Equals(other) ? this : null;

    public override bool Equals(object? obj) => obj is Descriptor other && Kind == other.Kind && What == other.What;

    public override int GetHashCode() => (int)Kind;
}
