using System.Globalization;

namespace VmSplice.Diagnostics;

/// <summary>Counts in messages: "1 byte", "2 bytes".</summary>
internal static class Counted
{
    internal static string Bytes(long count) => Of(count, "byte");

    internal static string Bytes(nuint count) => Of((long)count, "byte");

    internal static string Of(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
