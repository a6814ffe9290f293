using System.Globalization;
using System.Text;

namespace VmSplice.Analyzers.Tests.Robustness;

/// <summary>
/// Programs over the surface and the raw call, of statements of every kind in every other, made from a seed alone. Right or
/// wrong does not matter: buffers are sent twice, pages written late, types do not always fit.
/// </summary>
internal sealed class GeneratedProgram
{
    private static readonly string[] s_simple =
    [
        "b{0} = w.Rent<int>(n + {1});",
        "b{0}.Span[{1}] = n;",
        "b{0}[{1}] += b{2}[0];",
        "s{0} = b{0}.Span.Slice({1});",
        "s{0}[0]++;",
        "s{0}.CopyTo(s{2});",
        "m = b{0}.Memory[{1}..];",
        "w.Send(b{0});",
        "w.Send(b{0}, n);",
        "w.Gift(b{0});",
        "b{0}.Dispose();",
        "_ = b{0}.Freeze();",
        "list.Add(b{0});",
        "b{0} = b{2};",
        "(b{0}, b{2}) = (b{2}, b{0});",
        "field = b{0};",
        "w.Write(s{0});",
        "Help(b{0}, w);",
        "b{0} = Make(w) ?? b{2};",
        "ref int r{3} = ref s{0}[{1}]; r{3} = n;",
        "ref Tick t{3} = ref records.Next(); t{3}.Time = n; records.Flush();",
        "foreach (ref readonly Tick t{3} in batches.ReadBatch()) {{ n += t{3}.Size; }}",
        "fixed (int* p{3} = s{0}) {{ RawPipe.VmSplice(fd, new IoVec((nint)p{3}, {1}), SpliceFlags.Gift); p{3}[0] = {1}; }}",
        "byte* q{3} = stackalloc byte[{1}]; vmsplice(1, (nint)q{3}, 1, 0);",
        "Span<IoVec> v{3} = stackalloc IoVec[{1}]; v{3}[0] = new IoVec((nint)q, (nuint)n & ~(nuint)4095); RawPipe.VmSplice(fd, v{3});",
        "nint a{3} = RawPipe.VmSplice(fd, [new IoVec((nint)NativeMemory.AlignedAlloc({1}, 4096), 4096)]); if (a{3} < 0) n = Marshal.GetLastPInvokeError();",
        "f = () => {{ b{0}.Span[0] = {1}; w.Send(b{0}); }};",
        "f();",
        "void L{3}() {{ b{0}.Dispose(); L{3}(); }}",
        "var o{3} = new {{ b{0}, n }}; n = o{3}.b{0}.Length;",
        "var h{3} = new Holder {{ Pages = b{0} }}; h{3}.Pages.Span[0] = 1;",
        "n = b{0}.State == PageBufferState.Owned ? 1 : throw new Exception();",
        "n = n switch {{ {1} => s{0}[0], > 5 when c => b{0}.Length, _ => 0 }};",
        "if (n > {1}) goto Out;",
        "if (c) return;",
        "if (!c) throw new IOException();",
        "break;",
        "continue;",
        "yield return b{0};",
        "await Task.Delay({1});",
        "c = b{0} is {{ Length: > {1} }};",
    ];

    private static readonly string[] s_around =
    [
        "if (c) {{ {4} }} else {{ {5} }}",
        "while (n-- > {1}) {{ {4} }}",
        "for (int i{3} = 0; i{3} < n; i{3}++) {{ {4} }}",
        "foreach (PageBuffer<int> e{3} in list) {{ {4} e{3}.Dispose(); }}",
        "do {{ {4} }} while (c);",
        "try {{ {4} }} catch (IOException) when (n > {1}) {{ {5} }} finally {{ n++; }}",
        "try {{ {4} }} finally {{ {5} }}",
        "using (var u{3} = w.Rent<int>({1})) {{ {4} }}",
        "lock (list) {{ {4} }}",
        "switch (n) {{ case {1}: {4} break; case 77: goto default; default: {5} break; }}",
        "{{ {4} }}",
        "checked {{ {4} }}",
        "Action d{3} = () => {{ {4} }}; d{3}();",
        "void F{3}(PageBuffer<int> b{0}) {{ {4} }} F{3}(b{2});",
    ];

    private readonly Random _random;
    private int _names;

    private GeneratedProgram(int seed) => _random = new Random(seed);

    public static string Of(int seed)
    {
        var program = new GeneratedProgram(seed);
        var text = new StringBuilder("""
            using System.Runtime.InteropServices;
            [Spliceable] public partial struct Tick { public long Time; public double Price; public int Size; public int Venue; }
            [Spliceable] public partial struct Odd { public byte A; public decimal B; public Odd[] C; }
            public sealed class Holder { public PageBuffer<int> Pages = null!; }
            public unsafe partial class Program
            {
                [DllImport("libc", SetLastError = true)] private static extern nint vmsplice(int fd, nint iov, nuint count, uint flags);
                private PageBuffer<int> field = null!;
                private readonly List<PageBuffer<int>> list = [];
                private static PageBuffer<int>? Make(SpliceWriter w) => w?.Rent<int>(5);

            """);
        string[] results = ["void", "void", "async Task", "IEnumerable<PageBuffer<int>>", "int"];
        for (int i = 0; i < 3; i++)
        {
            string result = results[program._random.Next(results.Length)];
            text.Append(CultureInfo.InvariantCulture, $$"""
                public {{result}} M{{i}}(SpliceWriter w, PageBuffer<int> b0, PageBuffer<int> b1, PageBuffer<int> b2, int n, bool c,
                    SafeHandle fd, RecordWriter<Tick> records, RecordReader<Tick> batches)
                {
                    Span<int> s0 = b0.Span, s1 = default, s2 = default; Memory<int> m = default; Action f = () => { }; void* q = null;
                    {{program.Statements(depth: 3)}}
                    Out: w.Send(b0);
                }
                private static void Help(PageBuffer<int> b0, SpliceWriter w)
                {
                    bool c = true; int n = 3; Span<int> s0 = b0.Span; var (b1, b2, s1, s2) = (b0, b0, 1, 2);
                    {{(i == 0 ? program.Statements(depth: 1) : "")}}
                }

                """);
        }

        return text.Append('}').ToString();
    }

    private string Statements(int depth) => string.Join("\n", Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Statement(depth)));

    private string Statement(int depth)
    {
        string[] from = depth > 0 && _random.Next(3) == 0 ? s_around : s_simple;
        string pattern = from[_random.Next(from.Length)];
        object[] parts = [_random.Next(3), _random.Next(1, 9), _random.Next(3), _names++, "", ""];
        if (from == s_around)
        {
            (parts[4], parts[5]) = (Statements(depth - 1), Statements(depth - 1));
        }

        return string.Format(CultureInfo.InvariantCulture, pattern, parts);
    }
}
