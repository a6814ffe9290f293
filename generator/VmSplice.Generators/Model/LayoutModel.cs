namespace VmSplice.Generators.Model;

/// <summary>A record flattened to its leaves, in the order of their offsets and without gaps.</summary>
internal sealed record LayoutModel(
    int Size,
    ulong Fingerprint,
    EquatableArray<LeafField> Fields,
    EquatableArray<LeafCheck> Checks)
{
    /// <summary>Gets what the record was before fields were appended.</summary>
    public EquatableArray<EarlierVersion> Earlier { get; init; }

    /// <summary>Gets the bytes of a record with the defaults of those fields.</summary>
    public EquatableArray<byte> Template { get; init; }
}
