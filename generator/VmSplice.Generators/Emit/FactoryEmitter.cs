using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes <c>CreateWriter</c> and <c>CreateReader</c>, so that a reader of user code sees no type argument.</summary>
internal static class FactoryEmitter
{
    /// <param name="name">The record's own name, escaped.</param>
    /// <param name="factories">Which to write.</param>
    public static void Write(CodeWriter code, string name, Factories factories)
    {
        if (factories.HasFlag(Factories.Writer))
        {
            Write(code, name, "Writer", "writer", "Opens a stream of these records to a pipe.", "The writer of the pipe.", "Framing and chunk size");
        }

        if (factories.HasFlag(Factories.Reader))
        {
            Write(code, name, "Reader", "reader", "Opens a stream of these records from a pipe.", "The reader of the pipe.", "Framing and read size");
        }
    }

    private static void Write(CodeWriter code, string name, string kind, string parameter, string summary, string pipe, string options)
    {
        string type = $"{code.Runtime}.Record{kind}<{name}>";
        code.Line();
        code.Line($"/// <summary>{summary}</summary>");
        code.Line($"/// <param name=\"{parameter}\">{pipe}</param>");
        code.Line($"/// <param name=\"options\">{options}; the defaults where <see langword=\"null\"/>.</param>");
        code.Line($"/// <returns>The record {parameter}.</returns>");
        code.Line(
            "/// <exception cref=\"global::System.InvalidOperationException\">The type has not the size that its layout describes: "
                + "another source generator adds fields to it.</exception>");
        code.Line(GeneratedFile.Mark);
        code.Line($"public static {type} Create{kind}({code.Runtime}.Splice{kind} {parameter}, {code.Runtime}.Record{kind}Options? options = null)");
        code.Indent();
        code.Line($"=> new {type}({parameter}, options);");
        code.Outdent();
    }
}
