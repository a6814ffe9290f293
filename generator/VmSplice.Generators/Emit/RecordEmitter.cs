using Microsoft.CodeAnalysis.Text;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes the generated part of a record.</summary>
internal static class RecordEmitter
{
    public static SourceText Emit(RecordModel record)
        => GeneratedFile.Emit(
            $"The generated part of the record {record.FullName}: its layout, and how it is checked and sent.",
            record.Namespace,
            record.Aliases,
            record.Declarations,
            code => WriteRecord(code, record));

    private static void WriteRecord(CodeWriter code, RecordModel record)
    {
        LayoutTable.Write(code, record);
        if (!record.StatesLayout)
        {
            // What C# does anyway, said aloud; and the compiler then does not call a field unused that is only there to fill a gap.
            code.Line("[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential)]");
        }

        TypeDeclaration self = record.Declarations[record.Declarations.Count - 1];
        string texts = record.Layout.Fields.Any(field => field.TailItem is not null) ? $", {code.Runtime}.CompilerServices.IHasTexts" : "";
        code.Open($"{self.Keywords} {self.Name} : {code.Runtime}.ISpliceable<{self.Name}>{texts}");
        WriteLayout(code, record);
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static bool {code.Runtime}.ISpliceable<{record.Name}>.NeedsValidation => {(record.Layout.Checks.Count > 0 ? "true" : "false")};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        CheckEmitter.Write(code, record);
        FixedTextEmitter.Write(code, record);
        FactoryEmitter.Write(code, record.Name, record.Factories);
        code.Close();
    }

    private static void WriteLayout(CodeWriter code, RecordModel record)
    {
        LayoutModel layout = record.Layout;
        code.Line(GeneratedFile.Mark);
        code.Line($"static {code.Runtime}.CompilerServices.RecordLayout {code.Runtime}.ISpliceable<{record.Name}>.Layout {{ get; }} = new(");
        code.Indent();
        code.Line(FormattableString.Invariant($"\"{record.FullName}\", {layout.Size}, 0x{layout.Fingerprint:X16},"));
        for (int i = 0; i < layout.Fields.Count; i++)
        {
            LeafField field = layout.Fields[i];
            string tail = field.TailItem is { } item ? $", {code.Runtime}.CompilerServices.TailItem.{item}" : "";
            string end = i + 1 < layout.Fields.Count ? "," : layout.Earlier.Count > 0 ? ")" : ");";
            string place = FormattableString.Invariant($"{field.Offset}, {field.Size}{tail}");
            code.Line($"new {code.Runtime}.CompilerServices.RecordField(\"{field.Name}\", \"{field.Type}\", {place}){end}");
        }

        code.Outdent();
        if (layout.Earlier.Count > 0)
        {
            WriteVersions(code, layout);
        }
    }

    /// <summary>What older builds know, and what stands in for what they do not send.</summary>
    private static void WriteVersions(CodeWriter code, LayoutModel layout)
    {
        code.Line("{");
        code.Indent();
        code.Line("Earlier =");
        code.Line("[");
        code.Indent();
        foreach (EarlierVersion earlier in layout.Earlier)
        {
            code.Line(FormattableString.Invariant(
                $"new {code.Runtime}.CompilerServices.RecordVersion({earlier.Version}, {earlier.Size}, 0x{earlier.Fingerprint:X16}),"));
        }

        code.Outdent();
        code.Line("],");
        code.Line($"Template = new byte[] {{ {string.Join(", ", layout.Template)} }},");
        code.Outdent();
        code.Line("};");
    }
}
