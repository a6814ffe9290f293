namespace VmSplice.Generators.Model;

/// <summary>What the bytes of a field are: a value, a row of equal shapes, or a nested record.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Alignment">In bytes, a power of two: where the field may start.</param>
/// <param name="Type">The type as C# writes it.</param>
internal abstract record Shape(int Size, int Alignment, string Type)
{
    /// <summary>Gets what both processes must agree on: built-in names and an enum's members, so that a renamed enum or record is the same.</summary>
    public abstract string WireType { get; }
}
