using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>What the generated part of a loaded record says, and what the runtime really does with its type.</summary>
internal interface IRecordProbe
{
    RecordLayout Layout { get; }

    bool NeedsValidation { get; }

    int RealSize { get; }

    /// <summary>Checks these bytes as a record.</summary>
    int IndexOfInvalidField(ReadOnlySpan<byte> bytes);
}

internal sealed class RecordProbe<T> : IRecordProbe
    where T : unmanaged, ISpliceable<T>
{
    public RecordLayout Layout => T.Layout;

    public bool NeedsValidation => T.NeedsValidation;

    public int RealSize => Unsafe.SizeOf<T>();

    public int IndexOfInvalidField(ReadOnlySpan<byte> bytes) => T.IndexOfInvalidField(in MemoryMarshal.AsRef<T>(bytes));
}
