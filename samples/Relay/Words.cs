using System.Globalization;

namespace Relay;

/// <summary>What the commands say to whoever started them: lines of standard error, since records go through standard output.</summary>
internal static class Words
{
    public static void Say(string text) => Console.Error.WriteLine($"relay: {text.ReplaceLineEndings(" ")}");

    /// <summary>The number and its noun: <c>1 record</c>, <c>20,000 records</c>.</summary>
    public static string Records(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} record{(count == 1 ? "" : "s")}");
}
