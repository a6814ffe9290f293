using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes the members by which user code meets a buffer, so that it sees no type argument.</summary>
internal static class BufferMemberEmitter
{
    /// <param name="name">The buffer's own name, escaped.</param>
    /// <param name="members">Which to write.</param>
    /// <param name="field">The field that holds the memory.</param>
    public static void Write(CodeWriter code, string name, BufferMembers members, string field)
    {
        if (members.HasFlag(BufferMembers.State))
        {
            Document(code, "Gets who has the memory.");
            code.Line($"public {code.Runtime}.PageBufferState State => {field}.State;");
        }

        if (members.HasFlag(BufferMembers.Allocate))
        {
            Document(code, "Allocates a buffer that belongs to no writer. Rent is faster for what one writer sends.");
            code.Line($"public static {name} Allocate() => {code.Runtime}.CompilerServices.BufferFactory.Allocate<{name}>();");
        }

        if (members.HasFlag(BufferMembers.Rent))
        {
            Document(code, "Rents a buffer of zeros, to be filled and sent.", ("writer", "The writer that will send it."));
            code.Line($"public static {name} Rent({code.Runtime}.SpliceWriter writer) => {code.Runtime}.CompilerServices.BufferFactory.Rent<{name}>(writer);");
        }

        if (members.HasFlag(BufferMembers.RentUninitialized))
        {
            Document(code, "Rents a buffer that is not cleared: what is not overwritten goes to the reader.", ("writer", "The writer that will send it."));
            code.Line(
                $"public static {name} RentUninitialized({code.Runtime}.SpliceWriter writer) => "
                    + $"{code.Runtime}.CompilerServices.BufferFactory.RentUninitialized<{name}>(writer);");
        }

        if (members.HasFlag(BufferMembers.Receive))
        {
            Document(code, "Receives a buffer into new pages.", ("reader", "The reader of the pipe."));
            code.Line($"public static {name} Receive({code.Runtime}.SpliceReader reader) => reader.Receive<{name}>();");
        }

        if (members.HasFlag(BufferMembers.TryReceive))
        {
            Document(code, "Receives a buffer into new pages; <see langword=\"null\"/> at the end of the stream.", ("reader", "The reader of the pipe."));
            code.Line($"public static {name}? TryReceive({code.Runtime}.SpliceReader reader) => reader.TryReceive<{name}>();");
        }

        Document(code, "Gives the pages back. Without effect on a buffer that was sent, gifted or disposed before.");
        code.Line($"public void Dispose() => {field}.Dispose();");
    }

    private static void Document(CodeWriter code, string summary, params (string Name, string Text)[] parameters)
    {
        code.Line();
        code.Line($"/// <summary>{summary}</summary>");
        foreach ((string parameter, string text) in parameters)
        {
            code.Line($"/// <param name=\"{parameter}\">{text}</param>");
        }

        code.Line(GeneratedFile.Mark);
    }
}
