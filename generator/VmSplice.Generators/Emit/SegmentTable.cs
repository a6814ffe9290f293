using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>The segments as documentation: their sizes, and what they cost in pages and slots of the pipe.</summary>
internal static class SegmentTable
{
    /// <summary>More rows would not be read in a tooltip.</summary>
    private const int MostRows = 48;

    private const int Kibi = 1024;
    private const int SmallPage = 4 * Kibi;

    public static void Write(CodeWriter code, BufferModel buffer)
    {
        bool varies = buffer.Segments.Any(segment => segment.Kind == SegmentKind.Variable);
        long bytes = buffer.Segments.Sum(segment => segment.Size);
        string element = LayoutTable.ElementFor(buffer.HasRemarks);
        code.Line($"/// <{element}>");
        string most = varies ? "at most " : "";
        code.Line(
            $"/// A buffer of {Counted.Of(buffer.Segments.Count, "segment")}, {most}{Counted.Bytes(bytes)}; each segment starts on a page of 4 KiB here:");
        code.Line("/// <code>");
        code.Line("///        bytes   pages  segment");
        foreach (SegmentModel segment in buffer.Segments.Take(MostRows))
        {
            code.Line(FormattableString.Invariant($"/// {segment.Size,12} {PagesOf(segment.Size, SmallPage),7}  {TypeOf(segment)} {segment.Name}"));
        }

        if (buffer.Segments.Count > MostRows)
        {
            code.Line(FormattableString.Invariant($"///          ...          and {Counted.Of(buffer.Segments.Count - MostRows, "more segment")}"));
        }

        code.Line("/// </code>");
        code.Line(FormattableString.Invariant(
            $"/// With its header it takes {PagesOf(buffer, 4)} pages, and {most}as many slots of the pipe; ")
            + FormattableString.Invariant($"{PagesOf(buffer, 16)} of 16 KiB, {PagesOf(buffer, 64)} of 64 KiB."));
        code.Line($"/// </{element}>");
    }

    /// <summary>Of the whole buffer: the header's, and each segment's own.</summary>
    private static long PagesOf(BufferModel buffer, int kibibytes)
        => PagesOf(HeaderLengthOf(buffer), kibibytes * Kibi) + buffer.Segments.Sum(segment => PagesOf(segment.Size, kibibytes * Kibi));

    private static long PagesOf(long bytes, int pageSize) => (bytes + pageSize - 1) / pageSize;

    /// <summary>As the runtime's BufferHeader: cache lines, with the lengths from byte 24 on.</summary>
    private static long HeaderLengthOf(BufferModel buffer)
        => (24 + (4 * buffer.Segments.Count(segment => segment.Kind == SegmentKind.Variable)) + 63) / 64 * 64;

    private static string TypeOf(SegmentModel segment)
    {
        string type = LayoutTable.Escape(segment.ShownElement);
        return segment.Kind switch
        {
            SegmentKind.Value => type,
            SegmentKind.Fixed => FormattableString.Invariant($"{type}[{segment.Length}]"),
            _ => FormattableString.Invariant($"{type}[0..{segment.Length}]"),
        };
    }
}
