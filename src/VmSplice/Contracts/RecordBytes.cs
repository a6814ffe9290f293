using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace VmSplice.CompilerServices;

/// <summary>Reads a field out of a record by its offset, whoever may see the field. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordBytes
{
    /// <summary>Reads the <typeparamref name="TField"/> that starts <paramref name="offset"/> bytes into a record.</summary>
    /// <typeparam name="TRecord">The record type.</typeparam>
    /// <typeparam name="TField">
    /// An unmanaged type of the size to read; any bytes must be a value of it (use <see cref="byte"/> for a <see cref="bool"/>).
    /// </typeparam>
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

    /// <summary>Whether a number lies in one of many ranges: the values of a large enum.</summary>
    /// <typeparam name="T">The number's type.</typeparam>
    /// <param name="value">The number.</param>
    /// <param name="bounds">The first and last number of each range, in ascending order; at least one range.</param>
    public static bool IsInRanges<T>(T value, ReadOnlySpan<T> bounds)
        where T : unmanaged, IComparisonOperators<T, T, bool>
    {
        // The last range that does not start above the value is the only one that can hold it. No branch depends on the value, so none is mispredicted.
        int range = 0;
        for (int ranges = bounds.Length / 2; ranges > 1;)
        {
            int half = ranges / 2;
            range = bounds[2 * (range + half)] <= value ? range + half : range;
            ranges -= half;
        }

        return bounds[2 * range] <= value && value <= bounds[(2 * range) + 1];
    }
}
