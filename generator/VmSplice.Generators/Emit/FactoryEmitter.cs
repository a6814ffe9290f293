using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes <c>CreateWriter</c> and <c>CreateReader</c>, so that a reader of user code sees no type argument.</summary>
internal static class FactoryEmitter
{
    public static void Write(CodeWriter code, RecordModel record)
    {
        if (record.Factories.HasFlag(Factories.Writer))
        {
            Write(code, record, "Writer", "writer", "Opens a stream of these records to a pipe.", "The writer of the pipe.");
        }

        if (record.Factories.HasFlag(Factories.Reader))
        {
            Write(code, record, "Reader", "reader", "Opens a stream of these records from a pipe.", "The reader of the pipe.");
        }
    }

    private static void Write(CodeWriter code, RecordModel record, string kind, string parameter, string summary, string pipe)
    {
        string type = $"global::VmSplice.Record{kind}<{record.Name}>";
        code.Line();
        code.Line($"/// <summary>{summary}</summary>");
        code.Line($"/// <param name=\"{parameter}\">{pipe}</param>");
        code.Line("/// <param name=\"options\">Header and chunk size; the defaults where <see langword=\"null\"/>.</param>");
        code.Line($"/// <returns>The record {parameter}.</returns>");
        code.Line(GeneratedFile.Mark);
        code.Line($"public static {type} Create{kind}(global::VmSplice.Splice{kind} {parameter}, global::VmSplice.RecordStreamOptions? options = null)");
        code.Indent();
        code.Line($"=> new {type}({parameter}, options);");
        code.Outdent();
    }
}
