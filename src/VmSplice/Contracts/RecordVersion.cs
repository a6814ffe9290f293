using System.ComponentModel;

namespace VmSplice.CompilerServices;

/// <summary>An earlier version of a record's declaration. For generated code.</summary>
/// <param name="Version">1 for the first.</param>
/// <param name="Size">Bytes of a record then.</param>
/// <param name="Fingerprint">Of its layout then.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RecordVersion(int Version, int Size, ulong Fingerprint);
