using System.ComponentModel;

namespace VmSplice.CompilerServices;

/// <summary>An earlier version of a record's declaration. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecordVersion
{
    /// <summary>Describes a version.</summary>
    /// <param name="version">1 for the first.</param>
    /// <param name="size">Bytes of a record then.</param>
    /// <param name="fingerprint">Of its layout then.</param>
    public RecordVersion(int version, int size, ulong fingerprint)
    {
        Version = version;
        Size = size;
        Fingerprint = fingerprint;
    }

    /// <summary>Gets its number; 1 for the first.</summary>
    public int Version { get; }

    /// <summary>Gets the bytes of a record then.</summary>
    public int Size { get; }

    /// <summary>Gets the fingerprint of its layout then.</summary>
    public ulong Fingerprint { get; }
}
