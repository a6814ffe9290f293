namespace VmSplice.Generators.Model;

/// <summary>Padding: between two fields, before the first or after the last.</summary>
internal sealed record Gap(PlacedField? After, PlacedField? Before, int Offset, int Size);
