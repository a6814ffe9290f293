using System.Globalization;
using System.Runtime.CompilerServices;

namespace VmSplice.Tests.Support;

/// <summary>What /proc/self/maps says of an address.</summary>
internal static class Mapped
{
    /// <summary>The file that is mapped there; empty for memory without one.</summary>
    internal static string NameAt<T>(ref readonly T place)
        => Find(in place) is { } line ? string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[5..]) : string.Empty;

    /// <summary>Such as <c>rw-p</c>.</summary>
    internal static string PermissionsAt<T>(ref readonly T place) => Find(in place)?.Split(' ')[1] ?? string.Empty;

    /// <summary>How many mappings have such a name.</summary>
    internal static int CountOf(string name) => File.ReadLines("/proc/self/maps").Count(line => line.Contains(name, StringComparison.Ordinal));

    private static unsafe string? Find<T>(ref readonly T place)
    {
        ulong address = (ulong)Unsafe.AsPointer(ref Unsafe.AsRef(in place));
        return File.ReadLines("/proc/self/maps").FirstOrDefault(line =>
        {
            string[] range = line.Split(' ')[0].Split('-');
            return Number(range[0]) <= address && address < Number(range[1]);
        });
    }

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
