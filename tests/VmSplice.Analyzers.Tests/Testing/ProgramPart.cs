using System.Text.RegularExpressions;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>Programs of tests that are put together of parts.</summary>
internal static partial class ProgramPart
{
    /// <summary>The part as it is written where it is put behind so many columns: its other lines begin there too.</summary>
    public static string Indented(this string part, int columns) => OtherLine().Replace(part, "\n" + new string(' ', columns));

    [GeneratedRegex(@"\n(?!\n|$)")]
    private static partial Regex OtherLine();
}
