using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>
/// The byte layout as documentation. It is a <c>remarks</c> element, because the compiler joins the comments of all
/// parts of a type: beside the user's own <c>summary</c>, an editor shows both. Of two <c>remarks</c> it shows the first,
/// so beside the user's own it is a <c>value</c>, which a type has no other use for.
/// </summary>
internal static class LayoutTable
{
    /// <summary>More rows would not be read in a tooltip.</summary>
    private const int MostRows = 48;

    public static void Write(CodeWriter code, RecordModel record)
    {
        LayoutModel layout = record.Layout;
        string element = ElementFor(record.HasRemarks);
        code.Line($"/// <{element}>");
        code.Line(FormattableString.Invariant($"/// A record of {Counted.Bytes(layout.Size)} without padding:"));
        code.Line("/// <code>");
        code.Line("/// offset   size  field");
        foreach (LeafField field in layout.Fields.Take(MostRows))
        {
            code.Line(FormattableString.Invariant($"/// {field.Offset,6} {field.Size,6}  {Escape(field.Type)} {field.Name}"));
        }

        if (layout.Fields.Count > MostRows)
        {
            code.Line(FormattableString.Invariant($"///    ...         and {Counted.Of(layout.Fields.Count - MostRows, "more field")}"));
        }

        code.Line("/// </code>");
        code.Line($"/// </{element}>");
    }

    public static string ElementFor(bool hasRemarks) => hasRemarks ? "value" : "remarks";

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
