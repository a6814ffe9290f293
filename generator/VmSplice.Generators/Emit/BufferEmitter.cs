using Microsoft.CodeAnalysis.Text;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes the generated part of a buffer: where its segments are, and nothing that the runtime can do.</summary>
internal static class BufferEmitter
{
    private const string Field = "__pages";

    public static SourceText Emit(BufferModel buffer)
        => GeneratedFile.Emit(
            $"The generated part of the buffer {buffer.FullName}: its segments, and how they are checked.",
            buffer.Namespace,
            buffer.Aliases,
            buffer.Declarations,
            code => WriteBuffer(code, buffer));

    private static void WriteBuffer(CodeWriter code, BufferModel buffer)
    {
        SegmentTable.Write(code, buffer);
        TypeDeclaration self = buffer.Declarations[buffer.Declarations.Count - 1];
        string contract = $"{code.Runtime}.ISpliceableBuffer<{self.Name}>";
        code.Open($"{self.Keywords} {self.Name} : {contract}");
        code.Line(GeneratedFile.Mark);
        code.Line($"private readonly {code.Runtime}.CompilerServices.BufferPages {Field};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"private {self.Name}({code.Runtime}.CompilerServices.BufferPages pages) => {Field} = pages;");
        WriteLayout(code, buffer, contract);
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"{code.Runtime}.CompilerServices.BufferPages {contract}.Pages => {Field};");
        for (int i = 0; i < buffer.Segments.Count; i++)
        {
            WriteSegment(code, buffer.Segments[i], i);
        }

        BufferMemberEmitter.Write(code, buffer.Name, buffer.Members, Field);
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static {self.Name} {contract}.Create({code.Runtime}.CompilerServices.BufferPages pages) => new(pages);");
        code.Line();
        code.Line(GeneratedFile.Mark);
        if (buffer.Segments.Any(segment => segment.IsObsolete))
        {
            // Obsolete code may mention obsolete types.
            code.Line("[global::System.Obsolete]");
        }

        var tables = new RangeTables(buffer.Segments.SelectMany(segment => segment.Checks));
        WriteChecks(code, buffer, tables, $"static int {contract}.IndexOfInvalidElement({code.Runtime}.CompilerServices.BufferPages pages, int segment)");
        tables.Write(code);
        code.Close();
    }

    private static void WriteLayout(CodeWriter code, BufferModel buffer, string contract)
    {
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static {code.Runtime}.CompilerServices.BufferLayout {contract}.Layout {{ get; }} = new(");
        code.Indent();
        code.Line(FormattableString.Invariant($"\"{buffer.FullName}\", 0x{buffer.Fingerprint:X16},"));
        for (int i = 0; i < buffer.Segments.Count; i++)
        {
            SegmentModel segment = buffer.Segments[i];
            string variable = segment.Kind == SegmentKind.Variable ? ", isVariable: true" : "";
            string end = i + 1 < buffer.Segments.Count ? "," : ");";
            string size = FormattableString.Invariant($"{segment.ElementSize}, {segment.Length}");
            code.Line($"new {code.Runtime}.CompilerServices.BufferSegment(\"{segment.Name}\", \"{segment.ShownElement}\", {size}{variable}){end}");
        }

        code.Outdent();
    }

    private static void WriteSegment(CodeWriter code, SegmentModel segment, int index)
    {
        code.Line();
        code.Line(GeneratedFile.Mark);
        (string type, string value) = segment.View switch
        {
            SegmentView.Value => ($"ref {segment.Element}", $"ref {Field}.Value<{segment.Element}>"),
            SegmentView.Text => ($"{code.Runtime}.TextSegment", $"{Field}.Text"),
            SegmentView.Characters => ($"{code.Runtime}.CharSegment", $"{Field}.Characters"),
            SegmentView.List => ($"{code.Runtime}.ListSegment<{segment.Element}>", $"{Field}.List<{segment.Element}>"),
            _ => ($"global::System.Span<{segment.Element}>", $"{Field}.Elements<{segment.Element}>"),
        };
        code.Line(FormattableString.Invariant($"{segment.Modifiers} {type} {segment.Identifier} => {value}({index});"));
        if (!segment.HasLengthProperty)
        {
            return;
        }

        code.Line();
        code.Line(
            FormattableString.Invariant($"/// <summary>Gets or sets the number of elements of {segment.Name} that travel: 0 to {segment.Length}.</summary>"));
        code.Line(GeneratedFile.Mark);
        string access = segment.Accessibility.Length == 0 ? "" : segment.Accessibility + " ";
        code.Open($"{access}int {segment.Name}Length");
        code.Line(FormattableString.Invariant($"get => {Field}.GetLength({index});"));
        code.Line(FormattableString.Invariant($"set => {Field}.SetLength({index}, value);"));
        code.Close();
    }

    private static void WriteChecks(CodeWriter code, BufferModel buffer, RangeTables tables, string head)
    {
        if (!buffer.Segments.Any(NeedsCheck))
        {
            code.Line(head + " => -1;");
            return;
        }

        code.Open(head);
        code.Open("switch (segment)");
        for (int i = 0; i < buffer.Segments.Count; i++)
        {
            SegmentModel segment = buffer.Segments[i];
            if (!NeedsCheck(segment))
            {
                continue;
            }

            code.Open(FormattableString.Invariant($"case {i}: // {segment.Name}"));
            if (segment.IsRecord)
            {
                code.Line(FormattableString.Invariant($"return pages.IndexOfInvalidRecord<{segment.Element}>({i});"));
            }
            else
            {
                WriteElementChecks(code, segment, tables, i);
            }

            code.Close();
        }

        code.Line("default:");
        code.Indent();
        code.Line("return -1;");
        code.Outdent();
        code.Close();
        code.Close();
    }

    private static bool NeedsCheck(SegmentModel segment) => segment.IsRecord || segment.Checks.Count > 0;

    private static void WriteElementChecks(CodeWriter code, SegmentModel segment, RangeTables tables, int index)
    {
        code.Line(FormattableString.Invariant($"global::System.Span<{segment.Element}> elements = pages.Elements<{segment.Element}>({index});"));
        code.Open("for (int index = 0; index < elements.Length; index++)");
        foreach (LeafCheck check in segment.Checks)
        {
            CheckEmitter.WriteCheck(code, segment.Element, "elements[index]", check, tables, "index;");
        }

        code.Close();
        code.Line();
        code.Line("return -1;");
    }
}
