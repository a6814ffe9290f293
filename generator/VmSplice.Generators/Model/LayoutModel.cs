namespace VmSplice.Generators.Model;

/// <summary>A record flattened to its leaves, in the order of their offsets and without gaps.</summary>
internal sealed record LayoutModel(
    int Size,
    ulong Fingerprint,
    EquatableArray<LeafField> Fields,
    EquatableArray<LeafCheck> Checks);

/// <summary>A value or an array, with its path from the record: <c>Header.Kind</c>.</summary>
internal sealed record LeafField(string Name, string Type, string WireType, int Offset, int Size);

/// <summary>A check of one leaf.</summary>
/// <param name="Field">The index of the leaf.</param>
/// <param name="Offset">Where the first value lies.</param>
/// <param name="Repeats">The loops around it, outermost first; none for a single value.</param>
/// <param name="Check">What each value must satisfy.</param>
internal sealed record LeafCheck(int Field, int Offset, EquatableArray<Repeat> Repeats, ValueCheck Check);

/// <summary><paramref name="Count"/> values, each <paramref name="Stride"/> bytes after the one before.</summary>
internal readonly record struct Repeat(int Count, int Stride);
