using System.Globalization;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice;

/// <summary>The layout of a record, once its size is known to be that of the type which the runtime loaded.</summary>
internal static class CheckedLayout
{
    /// <summary>Gets the layout. Whoever reads or writes records asks here first: with another size each record after the first would be wrong.</summary>
    /// <exception cref="InvalidOperationException">The layout is missing, or describes a type of another size.</exception>
    public static unsafe RecordLayout Of<T>()
        where T : unmanaged, ISpliceable<T>
    {
        RecordLayout? layout = T.Layout;
        return layout?.Size == sizeof(T) ? layout : throw Wrong<T>(layout);
    }

    private static unsafe InvalidOperationException Wrong<T>(RecordLayout? layout)
        where T : unmanaged
        => new(string.Create(
            CultureInfo.InvariantCulture,
            $"'{typeof(T)}' has {Counted.Bytes(sizeof(T))}, and its layout describes {layout?.Size ?? 0}. Either another source generator adds fields to "
                + $"it (declare them yourself), or it implements ISpliceable by hand (mark it [Spliceable] instead)."));
}
