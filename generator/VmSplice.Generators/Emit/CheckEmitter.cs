using System.Globalization;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes <c>IndexOfInvalidField</c>: one test for each value of which not every bit pattern is valid.</summary>
internal static class CheckEmitter
{
    /// <summary>A longer check costs more than the call of it, and so would a copy at each place that calls it.</summary>
    private const int MostInlined = 8;

    public static void Write(CodeWriter code, RecordModel record)
    {
        string head = $"static int {code.Runtime}.ISpliceable<{record.Name}>.IndexOfInvalidField(ref readonly {record.Name} record)";
        if (record.Layout.Checks.Count == 0)
        {
            code.Line(head + " => -1;");
            return;
        }

        var tables = new RangeTables(record.Layout.Checks);
        if (record.Layout.Checks.Count <= MostInlined && !tables.Any)
        {
            // Called for every record that arrives.
            code.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
        }

        code.Open(head);
        foreach (LeafCheck check in record.Layout.Checks)
        {
            WriteCheck(code, record.Name, "record", check, tables, FormattableString.Invariant($"{check.Field}; // {record.Layout.Fields[check.Field].Name}"));
            code.Line();
        }

        code.Line("return -1;");
        code.Close();
        tables.Write(code);
    }

    /// <summary>Writes the test of one value, or of a row of them.</summary>
    /// <param name="type">The type of the value around it.</param>
    /// <param name="variable">The value around it.</param>
    /// <param name="tables">Those of the type.</param>
    /// <param name="returned">What to return where it is invalid, and the end of that line.</param>
    public static void WriteCheck(CodeWriter code, string type, string variable, LeafCheck check, RangeTables tables, string returned)
    {
        string offset = check.Offset.ToString(CultureInfo.InvariantCulture);
        for (int depth = 0; depth < check.Repeats.Count; depth++)
        {
            Repeat repeat = check.Repeats[depth];
            string index = IndexName(depth);
            code.Open(FormattableString.Invariant($"for (int {index} = 0; {index} < {repeat.Count}; {index}++)"));
            offset += repeat.Stride == 1 ? $" + {index}" : FormattableString.Invariant($" + ({index} * {repeat.Stride})");
        }

        string value = $"{code.Runtime}.CompilerServices.RecordBytes.Read<{type}, {check.Check.Primitive}>(in {variable}, {offset})";
        string condition = RangeTables.IsLarge(check.Check)
            ? $"!{code.Runtime}.CompilerServices.RecordBytes.IsInRanges({value}, {tables.NameOf(check.Check)})"
            : ConditionOf(value, check.Check);
        code.Open($"if ({condition})");
        code.Line($"return {returned}");
        code.Close();
        foreach (Repeat _ in check.Repeats)
        {
            code.Close();
        }
    }

    private static string IndexName(int depth) => depth < 3 ? "ijk"[depth].ToString() : FormattableString.Invariant($"i{depth}");

    /// <summary>True where the value is invalid.</summary>
    private static string ConditionOf(string value, ValueCheck check)
    {
        if (check.InvalidBits != 0)
        {
            string suffix = check.Primitive switch { "uint" => "u", "ulong" => "ul", _ => "" };
            return FormattableString.Invariant($"({value} & 0x{check.InvalidBits:X}{suffix}) != 0");
        }

        ValueRange all = Integers.RangeOf(check.Primitive);
        if (check.Ranges.Count > 1)
        {
            return $"{value} is not ({string.Join(" or ", check.Ranges.Select(range => PatternOf(range, all)))})";
        }

        ValueRange only = check.Ranges[0];
        return only switch
        {
            _ when only.Low == only.High => FormattableString.Invariant($"{value} != {only.Low}"),
            _ when only.Low == all.Low => FormattableString.Invariant($"{value} > {only.High}"),
            _ when only.High == all.High => FormattableString.Invariant($"{value} < {only.Low}"),
            _ => FormattableString.Invariant($"{value} is < {only.Low} or > {only.High}"),
        };
    }

    private static string PatternOf(ValueRange range, ValueRange all) => range switch
    {
        _ when range.Low == range.High => FormattableString.Invariant($"{range.Low}"),
        _ when range.Low == all.Low => FormattableString.Invariant($"<= {range.High}"),
        _ when range.High == all.High => FormattableString.Invariant($">= {range.Low}"),
        _ => FormattableString.Invariant($">= {range.Low} and <= {range.High}"),
    };
}
