namespace VmSplice.Generators.Model;

/// <summary>Which of the bit patterns of a field are values of its type.</summary>
/// <param name="Primitive">The C# integer type to read the bytes as.</param>
/// <param name="Ranges">The valid numbers as ascending ranges that do not touch; empty where <paramref name="InvalidBits"/> decides.</param>
/// <param name="InvalidBits">The bits that no member of a <c>[Flags]</c> enum has.</param>
internal sealed record ValueCheck(string Primitive, EquatableArray<ValueRange> Ranges, ulong InvalidBits);
