using System.Text.RegularExpressions;

namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>A kernel in a variant, as a class of its own: with the mistake, or repaired.</summary>
internal static class VariantProgram
{
    public static string Of(Kernel kernel, Variant variant, bool isRepaired, string name)
    {
        // The same statements, with the use before the act; what is done twice is done once.
        string before = isRepaired && !kernel.IsOnlyOnce ? kernel.Misuse : "";
        string after = isRepaired ? "" : kernel.Misuse;
        string members = variant.Members.Replace("TYPE", kernel.Type, StringComparison.Ordinal).Replace("MAKE", kernel.Make, StringComparison.Ordinal);
        members = Fill(members, "PREPARE", kernel.Prepare);
        members = Fill(members, "BEFORE", before);
        members = Fill(members, "ACT", kernel.Act);
        members = Fill(members, "MISUSE", after);

        // On the path that gave nothing away the use is right.
        members = Regex.Replace(members, @"AFTER\((\w+), (\w+)\)", match => isRepaired
            ? kernel.IsOnlyOnce ? "" : $"if (!{match.Groups[2].Value}) {{ {Named(kernel.Misuse, match.Groups[1].Value)} }}"
            : Named(kernel.Misuse, match.Groups[1].Value));

        // A record writer that was made must be completed.
        members = Fill(members, "END", kernel.Type.StartsWith("RecordWriter", StringComparison.Ordinal) ? "B.Complete();" : "");
        return $$"""
            public class {{name}}
            {
                private static FrozenPages<int>? Frozen { get; set; }
                {{members}}
                public override string ToString() => $"{Frozen}";
            }

            """;
    }

    private static string Fill(string members, string mark, string statement)
        => Regex.Replace(members, mark + @"\(([\w.\[\]]+)\)", match => Named(statement, match.Groups[1].Value));

    private static string Named(string statement, string buffer) => Regex.Replace(statement, @"\bB\b", buffer);
}
