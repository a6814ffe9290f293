namespace VmSplice.Generators.Model;

/// <summary>What a record was before fields were appended.</summary>
internal readonly record struct EarlierVersion(int Version, int Size, ulong Fingerprint);
