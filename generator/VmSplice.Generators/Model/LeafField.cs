namespace VmSplice.Generators.Model;

/// <summary>A value or an array, with its path from the record: <c>Header.Kind</c>.</summary>
internal sealed record LeafField(string Name, string Type, string WireType, int Offset, int Size);
