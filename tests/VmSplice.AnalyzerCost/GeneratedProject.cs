using System.Globalization;
using System.Text;

namespace VmSplice.AnalyzerCost;

/// <summary>Source text of projects of any size, the same each time.</summary>
internal static class GeneratedProject
{
    private const int MethodsInFile = 20;

    private static readonly CompositeFormat s_ordinary = CompositeFormat.Parse("""
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

        """);

    private static readonly CompositeFormat s_sending = CompositeFormat.Parse("""
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

        """);

    /// <summary>Other ways to send, most of which take the whole analysis: a branch, a helper, <c>try</c>, records, async.</summary>
    private static readonly CompositeFormat[] s_otherSending =
    [
        CompositeFormat.Parse("""
                public void Method{0}(SpliceWriter writer, Stream source)
                {{
                    while (true)
                    {{
                        PageBuffer<byte> buffer = writer.Rent<byte>(65536);
                        int read = source.Read(buffer.Span);
                        if (read == 0)
                        {{
                            buffer.Dispose();
                            break;
                        }}

                        writer.Send(buffer, read);
                    }}
                }}

            """),
        CompositeFormat.Parse("""
                public void Method{0}(SpliceWriter writer, List<int> values)
                {{
                    PageBuffer<int> buffer = writer.Rent<int>(values.Count);
                    Fill{0}(buffer.Span, values);
                    writer.Send(buffer);
                }}

                private static void Fill{0}(Span<int> span, List<int> values)
                {{
                    for (int i = 0; i < values.Count; i++)
                    {{
                        span[i] = values[i] + {0};
                    }}
                }}

            """),
        CompositeFormat.Parse("""
                public void Method{0}(SpliceWriter writer, Stream source, TextWriter log)
                {{
                    using PageBuffer<byte> buffer = writer.Rent<byte>(4096);
                    try
                    {{
                        source.ReadExactly(buffer.Span);
                        writer.Send(buffer);
                    }}
                    catch (EndOfStreamException)
                    {{
                        log.WriteLine("method {0}");
                    }}
                }}

            """),
        CompositeFormat.Parse("""
                public void Method{0}<T>(RecordWriter<T> writer, List<T> values)
                    where T : unmanaged, ISpliceable<T>
                {{
                    for (int i = 0; i < values.Count; i++)
                    {{
                        ref T record = ref writer.Next();
                        record = values[i];
                    }}

                    writer.Flush();
                }}

            """),
        CompositeFormat.Parse("""
                public async Task Method{0}(SpliceWriter writer, Stream source, CancellationToken cancellation)
                {{
                    using PageBuffer<byte> buffer = writer.Rent<byte>(65536);
                    int read = await source.ReadAsync(buffer.Memory, cancellation);
                    if (read > {0})
                    {{
                        await writer.SendAsync(buffer, read, cancellation);
                    }}
                }}

            """),
    ];

    /// <summary>Ordinary code of about this many lines that names nothing of the runtime.</summary>
    public static List<string> Unused(int lines) => Files(lines / 23, _ => s_ordinary);

    /// <summary>About this many lines of methods, each of which rents, fills and sends.</summary>
    public static List<string> Sending(int lines) => Files(lines / 11, _ => s_sending);

    /// <summary>About this many lines of methods, each of which sends, in as many ways as there are.</summary>
    public static List<string> SendingInManyWays(int lines)
        => MethodsInManyWays(lines / 14);

    /// <summary>The same, by the number of methods.</summary>
    public static List<string> MethodsInManyWays(int methods)
        => Files(methods, i => i % (s_otherSending.Length + 1) is var way && way == 0 ? s_sending : s_otherSending[way - 1]);

    /// <summary>About this many lines, one method in twenty of which rents, fills and sends.</summary>
    public static List<string> SendingSometimes(int lines) => Files(lines * 20 / ((19 * 23) + 11), i => i % MethodsInFile == 0 ? s_sending : s_ordinary);

    /// <summary>What a long method repeats: name, and statements with a number.</summary>
    public static (string Name, string Pattern)[] Shapes { get; } =
    [
        ("straight line", "b{0}.Span[0] = {0};\nw.Send(b{0});\n"),
        ("branches", "if (n == {0})\n{{\nb{0}.Span[0] = n;\nw.Send(b{0});\n}}\nelse\n{{\nb{0}.Dispose();\n}}\n"),
        ("loops", "while (n-- > {0})\n{{\nusing var x = w.Rent<int>(3);\nx[0] = n;\nw.Send(x);\n}}\nw.Send(b{0});\n"),
        ("tries", "try\n{{\nb{0}[0] = n;\nw.Send(b{0});\n}}\ncatch (System.IO.IOException)\n{{\nn++;\n}}\nfinally\n{{\nn--;\n}}\n"),
        ("usings", "using (b{0})\n{{\nb{0}[0] = {0};\nif (n == {0})\n{{\ncurrent.Dispose();\nreturn;\n}}\nw.Send(b{0});\n}}\n"),
        ("swaps", "if (n > {0})\n{{\nw.Send(current);\ncurrent = b{0};\n}}\nelse\n{{\nb{0}.Dispose();\n}}\ncurrent[0] = {0};\n"),
    ];

    /// <summary>One method of this many lines.</summary>
    public static List<string> OneMethod(int lines, string pattern)
    {
        var format = CompositeFormat.Parse("var b{0} = w.Rent<int>(16);\n" + pattern);
        var text = new StringBuilder("using VmSplice;\npublic class Long\n{\npublic void Method(SpliceWriter w, int n)\n{\nvar current = w.Rent<int>(4);\n");
        int rounds = lines / (pattern.Count(c => c == '\n') + 1);
        for (int i = 0; i < rounds; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, format, i);
        }

        return [text.Append("w.Send(current);\n}\n}\n").ToString()];
    }

    private static List<string> Files(int methods, Func<int, CompositeFormat> method)
    {
        List<string> files = [];
        for (int first = 0; first < methods; first += MethodsInFile)
        {
            var text = new StringBuilder(
                """
                using System;
                using System.Collections.Generic;
                using System.IO;
                using System.Linq;
                using System.Threading;
                using System.Threading.Tasks;
                using VmSplice;

                """);
            text.Append(CultureInfo.InvariantCulture, $"namespace Generated;\npublic sealed class Class{first}\n{{\n");
            for (int i = first; i < Math.Min(methods, first + MethodsInFile); i++)
            {
                text.AppendFormat(CultureInfo.InvariantCulture, method(i), i);
            }

            files.Add(text.Append("}\n").ToString());
        }

        return files;
    }
}
