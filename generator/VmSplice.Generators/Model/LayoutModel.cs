namespace VmSplice.Generators.Model;

/// <summary>A record flattened to its leaves, in the order of their offsets and without gaps.</summary>
internal sealed record LayoutModel(
    int Size,
    ulong Fingerprint,
    EquatableArray<LeafField> Fields,
    EquatableArray<LeafCheck> Checks);
