using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VmSplice;

/// <summary>Reads a field out of a record by its offset, whoever may see the field. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public static class RecordBytes
{
    /// <summary>Reads the <typeparamref name="TField"/> that starts <paramref name="offset"/> bytes into a record.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <typeparam name="TField">An unmanaged type of the size to read; any bytes must be a value of it (use <see cref="byte"/> for a <see cref="bool"/>).</typeparam>
    /// <param name="record">The record.</param>
    /// <param name="offset">Bytes from the start of the record.</param>
    /// <returns>The bytes found there, as they are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The field would reach beyond the record.</exception>
    public static TField Read<TRecord, TField>(ref readonly TRecord record, int offset)
        where TRecord : unmanaged
        where TField : unmanaged
        => MemoryMarshal.Read<TField>(MemoryMarshal.AsBytes(new ReadOnlySpan<TRecord>(in record))[offset..]);
}
