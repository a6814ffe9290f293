namespace VmSplice.Generators.Model;

/// <summary>A number, a character, a <c>bool</c>, an enum, a <c>Guid</c> or a <c>TimeSpan</c>.</summary>
/// <param name="BuiltInType">The type itself; of an enum, the type beneath.</param>
/// <param name="Check">What the bytes must satisfy, where not every pattern is a value.</param>
internal sealed record ValueShape(int Size, int Alignment, string Type, string BuiltInType, ValueCheck? Check)
    : Shape(Size, Alignment, Type)
{
    /// <summary>Gets what gives an enum's numbers their meaning: that the set is open, or a hash of its members. Empty where the type says all.</summary>
    public string ValueSet { get; init; } = "";

    public override string WireType => BuiltInType + ValueSet;
}
