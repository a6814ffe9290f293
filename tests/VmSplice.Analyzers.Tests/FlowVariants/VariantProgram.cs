using System.Text.RegularExpressions;

namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>A kernel in a variant, as a class of its own: with the mistake, or repaired.</summary>
internal static class VariantProgram
{
    /// <summary>Around each statement that a finding may point at.</summary>
    public const string MarkStart = "/*<*/", MarkEnd = "/*>*/";

    public static string Of(Kernel kernel, Variant variant, bool isRepaired, string name)
    {
        string make = isRepaired && kernel.RepairedMakeInto is { } statements ? statements
            : isRepaired && kernel.RepairedMake is { } right ? $"B = {right};"
            : kernel.MakeInto ?? $"B = {kernel.Make};";
        string prepare = isRepaired ? kernel.RepairedPrepare ?? kernel.Prepare : kernel.Prepare;
        string act = isRepaired ? kernel.RepairedAct ?? kernel.Act : kernel.Act;

        // The same statements, with the use before the act; what is done twice is done once.
        string before = isRepaired && !kernel.IsOnlyOnce ? kernel.Misuse : "";
        string after = isRepaired ? kernel.Repair : kernel.Misuse;

        string members = kernel.IsMadeHere ? MakeHere(variant.Members) : variant.Members;
        members = Fill(members, "DECLARE",
            (kernel.IsDisposedHere ? "using " : "") + (make.StartsWith("B =", StringComparison.Ordinal) ? "TYPE " + make : "TYPE B; " + make), kernel,
            MistakePart.Make);
        members = Fill(members, "SET", make, kernel, MistakePart.Make);
        members = members.Replace("using TYPE b = MAKE;", Marked("using TYPE b = MAKE;", kernel, MistakePart.Make), StringComparison.Ordinal)
            .Replace("MAKE", isRepaired ? kernel.RepairedMake ?? kernel.Make : kernel.Make, StringComparison.Ordinal);
        members = Fill(members, "PREPARE", prepare, kernel, MistakePart.Prepare);
        members = Fill(members, "BEFORE", before, kernel, part: null);
        members = Fill(members, "ACT", act, kernel, MistakePart.Act);
        members = Fill(members, "MISUSE", after, kernel, MistakePart.Misuse);
        members = Calls(members, '«', '»', kernel, MistakePart.Act);
        members = Calls(members, '‹', '›', kernel, MistakePart.Misuse);

        // On the path that gave nothing away the use is right.
        members = Regex.Replace(members, @"AFTER\((\w+), (\w+)\)", match => Marked(
            Named(!isRepaired || kernel.IsOnlyOnce || kernel.Repair.Length > 0 ? after : $"if (!{match.Groups[2].Value}) {{ {kernel.Misuse} }}",
                match.Groups[1].Value), kernel, MistakePart.Misuse));
        members = Fill(members, "END", kernel.End, kernel, part: null);
        if (kernel.Annotation is { } annotation)
        {
            members = Regex.Replace(members, @"(M\(SpliceWriter w, )(TYPE b)",
                match => match.Groups[1].Value + Marked($"[{annotation}] {match.Groups[2].Value}", kernel, MistakePart.Parameter));
        }

        return $$"""
            public class {{name}}
            {
                {{kernel.Members}}
                {{members.Replace("TYPE", kernel.Type, StringComparison.Ordinal)}}
            }

            """;
    }

    /// <summary>What the method would be given it makes itself.</summary>
    private static string MakeHere(string members) => Regex.Replace(members, @"( M\(SpliceWriter w)(, [^)]*)?\)\s*\{", match =>
    {
        (string given, string made) = ("", "");
        foreach (string parameter in match.Groups[2].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            string name = parameter[(parameter.LastIndexOf(' ') + 1)..];
            (given, made) = parameter[..parameter.LastIndexOf(' ')] switch
            {
                "TYPE" => (given, $"{made} DECLARE({name})"),
                "TYPE[]" => (given, $"{made} TYPE[] {name} = [default!]; SET({name}[0])"),
                "List<TYPE>" => (given, $"{made} List<TYPE> {name} = [default!]; SET({name}[i])"),
                "object" => (given, $"{made} DECLARE(made) object {name} = made;"),
                _ => ($"{given}, {parameter}", made),
            };
        }

        return $"{match.Groups[1].Value}{given}) {{{made}";
    });

    private static string Fill(string members, string mark, string statement, Kernel kernel, MistakePart? part)
        => Regex.Replace(members, @"\b" + mark + @"\(([\w.\[\]]+)\)", match => Marked(Named(statement, match.Groups[1].Value), kernel, part));

    private static string Calls(string members, char start, char end, Kernel kernel, MistakePart part)
        => Regex.Replace(members, $"{start}(.*?){end}", match => Marked(match.Groups[1].Value, kernel, part));

    private static string Marked(string statement, Kernel kernel, MistakePart? part)
        => part == kernel.Named && statement.Length > 0 ? MarkStart + statement + MarkEnd : statement;

    private static string Named(string statement, string buffer) => Regex.Replace(statement, @"\bB\b", buffer);
}
