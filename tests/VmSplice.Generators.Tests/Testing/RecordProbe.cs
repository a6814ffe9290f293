using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.CompilerServices;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>The probe of one record; made by reflection, since the test knows the type by name alone.</summary>
internal sealed class RecordProbe<T> : IRecordProbe
    where T : unmanaged, ISpliceable<T>
{
    public RecordLayout Layout => T.Layout;

    public bool NeedsValidation => T.NeedsValidation;

    public int RealSize => Unsafe.SizeOf<T>();

    public int IndexOfInvalidField(ReadOnlySpan<byte> bytes) => T.IndexOfInvalidField(in MemoryMarshal.AsRef<T>(bytes));
}
