using System.ComponentModel;
using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe TField Read<TRecord, TField>(ref readonly TRecord record, int offset)
        where TRecord : unmanaged
        where TField : unmanaged
    {
        // Both sides are constants once this is inlined into generated code, and the check is gone.
        // As long: a field larger than the record leaves less than no room.
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(uint)offset, (long)sizeof(TRecord) - sizeof(TField), nameof(offset));

        // SAFETY: the field lies within the record; any alignment is read.
        return Unsafe.ReadUnaligned<TField>(ref Unsafe.Add(ref Unsafe.As<TRecord, byte>(ref Unsafe.AsRef(in record)), offset));
    }
}
