using System.Globalization;
using System.Text;

namespace VmSplice.AnalyzerCost;

/// <summary>Source text of projects of any size, the same each time.</summary>
internal static class GeneratedProject
{
    private const int MethodsInFile = 20;

    /// <summary>Ordinary code of about this many lines that names nothing of the runtime.</summary>
    public static List<string> Unused(int lines)
    {
        const string Method = """
                public int Method{0}(IReadOnlyList<string> names, Dictionary<string, int> counts)
                {{
                    int total = {0};
                    foreach (string name in names)
                    {{
                        if (!counts.TryGetValue(name, out int count))
                        {{
                            count = name.Length * 3 + {0};
                            counts.Add(name, count);
                        }}

                        total += count > 10 ? count - 10 : count;
                    }}

                    byte[] bytes = new byte[total & 0xff];
                    Span<byte> view = bytes.AsSpan();
                    for (int i = 0; i < view.Length; i++)
                    {{
                        view[i] = (byte)(i * total);
                    }}

                    return names.Where(name => name.Length > 2).Sum(name => name.Length) + view.Length;
                }}

            """;
        return Files(lines / 23, Method);
    }

    /// <summary>About this many lines of methods, each of which rents, fills and sends.</summary>
    public static List<string> Sending(int lines) => SendingMethods(lines / 11);

    /// <summary>Methods of ten lines, each of which rents, fills and sends.</summary>
    public static List<string> SendingMethods(int methods)
    {
        const string Method = """
                public void Method{0}(SpliceWriter writer, ReadOnlySpan<int> values)
                {{
                    using PageBuffer<int> buffer = writer.Rent<int>(1024);
                    Span<int> span = buffer.Span;
                    for (int i = 0; i < values.Length; i++)
                    {{
                        span[i] = values[i] * {0};
                    }}

                    writer.Send(buffer, values.Length);
                }}

            """;
        return Files(methods, Method);
    }

    /// <summary>One method of this many lines: rent, write, send, again and again, with branches or without.</summary>
    public static List<string> OneMethod(int lines, bool branches)
    {
        var text = new StringBuilder("using System; using VmSplice;\npublic class Long\n{\n    public void Method(SpliceWriter writer, int n)\n    {\n");
        int rounds = lines / (branches ? 8 : 4);
        for (int i = 0; i < rounds; i++)
        {
            text.Append(branches
                ? FormattableString.Invariant($"        var b{i} = writer.Rent<int>(16);\n        b{i}[0] = n;\n        if (n > {i})\n        {{\n            b{i}.Span.Fill({i});\n        }}\n\n        writer.Send(b{i});\n")
                : FormattableString.Invariant($"        var b{i} = writer.Rent<int>(16);\n        Span<int> s{i} = b{i}.Span;\n        s{i}[1] = {i};\n        writer.Send(b{i});\n"));
        }

        return [text.Append("    }\n}\n").ToString()];
    }

    private static List<string> Files(int methods, string method)
    {
        var format = CompositeFormat.Parse(method);
        List<string> files = [];
        for (int first = 0; first < methods; first += MethodsInFile)
        {
            var text = new StringBuilder("using System; using System.Collections.Generic; using System.Linq; using VmSplice;\n");
            text.Append(CultureInfo.InvariantCulture, $"namespace Generated;\npublic sealed class Class{first}\n{{\n");
            for (int i = first; i < Math.Min(methods, first + MethodsInFile); i++)
            {
                text.AppendFormat(CultureInfo.InvariantCulture, format, i);
            }

            files.Add(text.Append("}\n").ToString());
        }

        return files;
    }
}
