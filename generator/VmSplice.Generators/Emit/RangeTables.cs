using System.Globalization;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>
/// The values of large enums as tables, which a check searches. As one pattern they would cost the reader a comparison
/// each, and the compiler minutes.
/// </summary>
internal sealed class RangeTables(IEnumerable<LeafCheck> checks)
{
    /// <summary>Up to here the compiler's own decision tree is as fast, and shorter to read.</summary>
    private const int MostInPattern = 32;

    private const int RangesPerLine = 8;

    private readonly ValueCheck[] _tables = [.. checks.Select(check => check.Check).Where(IsLarge).Distinct()];

    public bool Any => _tables.Length > 0;

    public static bool IsLarge(ValueCheck check) => check.Ranges.Count > MostInPattern;

    public string NameOf(ValueCheck check) => "__ranges" + Array.IndexOf(_tables, check).ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes one property for each table. The compiler keeps the numbers in the assembly's data: nothing is allocated.</summary>
    public void Write(CodeWriter code)
    {
        foreach (ValueCheck table in _tables)
        {
            code.Line();
            code.Line(GeneratedFile.Mark);
            code.Line($"private static global::System.ReadOnlySpan<{table.Primitive}> {NameOf(table)} =>");
            code.Line("[");
            code.Indent();
            for (int i = 0; i < table.Ranges.Count; i += RangesPerLine)
            {
                IEnumerable<int> line = Enumerable.Range(i, Math.Min(RangesPerLine, table.Ranges.Count - i));
                code.Line(string.Join(" ", line.Select(index => FormattableString.Invariant($"{table.Ranges[index].Low}, {table.Ranges[index].High},"))));
            }

            code.Outdent();
            code.Line("];");
        }
    }
}
