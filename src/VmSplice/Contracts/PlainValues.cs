using System.Runtime.CompilerServices;
using VmSplice.CompilerServices;

namespace VmSplice;

/// <summary>Values that are sent as they lie in memory, without a stream of records around them.</summary>
internal static class PlainValues
{
    /// <summary>
    /// Refuses records with texts or lists: the reader would get places that name nothing. Of any other type nothing remains in compiled code.
    /// </summary>
    /// <exception cref="NotSupportedException">It is such a record.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ThrowIfTexts<T>()
        where T : unmanaged
    {
        if (default(T) is IHasTexts)
        {
            throw HasTexts<T>();
        }
    }

    private static NotSupportedException HasTexts<T>()
        => new($"{typeof(T)} has texts or lists, which lie behind the records of a block and would be lost: its bytes alone say where they were. Send such "
            + "records with a RecordWriter (CreateWriter), or declare a [Spliceable] class with a TextSegment or a ListSegment.");
}
