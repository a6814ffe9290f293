namespace VmSplice.Generators.Model;

/// <summary>A value, an array, a text or a list, with its path from the record: <c>Header.Kind</c>.</summary>
/// <param name="TailItem">How the runtime is told of an item of a text or a list; <see langword="null"/> for the others.</param>
internal sealed record LeafField(string Name, string Type, string WireType, int Offset, int Size, string? TailItem);
