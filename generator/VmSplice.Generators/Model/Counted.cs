namespace VmSplice.Generators.Model;

/// <summary>Counts in texts: "1 byte", "2 bytes".</summary>
internal static class Counted
{
    public static string Bytes(long count) => Of(count, "byte");

    public static string Of(long count, string thing) => FormattableString.Invariant($"{count} {thing}{(count == 1 ? "" : "s")}");
}
