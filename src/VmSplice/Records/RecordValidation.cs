using System.Globalization;
using System.Runtime.CompilerServices;
using VmSplice.CompilerServices;

namespace VmSplice.Records;

/// <summary>Checks that records have valid values, and says which has not.</summary>
internal static class RecordValidation
{
    /// <summary>Counts the records before the first that is not valid.</summary>
    internal static int CountValid<T>(ReadOnlySpan<T> records)
        where T : unmanaged, ISpliceable<T>
    {
        if (!T.NeedsValidation)
        {
            return records.Length;
        }

        for (int i = 0; i < records.Length; i++)
        {
            if (T.IndexOfInvalidField(in records[i]) >= 0)
            {
                return i;
            }
        }

        return records.Length;
    }

    /// <summary>Says what is wrong with a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="index">Which one of the stream.</param>
    /// <param name="position">Where it starts in the stream, in bytes.</param>
    internal static unsafe RecordStreamException Invalid<T>(ref readonly T record, long index, long position)
        where T : unmanaged, ISpliceable<T>
    {
        RecordField field = T.Layout.Fields[T.IndexOfInvalidField(in record)];

        // SAFETY: the field lies within the record, which the caller keeps where it is.
        var bytes = new ReadOnlySpan<byte>(Unsafe.AsPointer(ref Unsafe.AsRef(in record)), sizeof(T)).Slice(field.Offset, field.Size);
        return new RecordStreamException(
            StreamFault.InvalidValue,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Record {index} has no valid {field.Type} in {T.Layout.Name}.{field.Name}: its bytes are {Convert.ToHexString(bytes)} at byte "
                    + $"{position + field.Offset} of the stream."),
            index,
            position + field.Offset,
            field.Name);
    }
}
