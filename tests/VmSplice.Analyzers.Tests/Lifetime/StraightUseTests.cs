using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// What is called right by its text alone: the plain bodies are, and nothing is in which the whole analysis finds anything.
/// <see cref="StraightUseOracle"/> asks both about each body that passes; here it gets bodies made for it.
/// </summary>
public sealed class StraightUseTests
{
    private const string Signature = "static void M(SpliceWriter w, int n, bool c, ReadOnlySpan<int> values, Stream source, List<int> list)";

    [Theory]
    [InlineData(
        """
        using PageBuffer<int> b = w.Rent<int>(1024);
        Span<int> s = b.Span;
        for (int i = 0; i < values.Length; i++) { s[i] = values[i] * 3; }
        w.Send(b, values.Length);
        """)]
    [InlineData("var b = w.Rent<int>(n); b.Span.Fill(7); w.Send(b);")]
    [InlineData("using var b = w.Rent<int>(n); values.CopyTo(b.Span); w.Gift(b);")]
    [InlineData("using var b = w.Rent<byte>(4096); int read = source.Read(b.Span); w.Send(b, read);")]
    [InlineData("using var b = w.Rent<byte>(4096); if (n < 3) { return; } b[0] = 1; w.Send(b);")]
    [InlineData("if (n < 0) { throw new ArgumentOutOfRangeException(nameof(n)); } var b = w.Rent<int>(n); b[0] = n; w.Send(b, b.Length);")]
    [InlineData("for (int i = 0; i < n; i++) { var b = w.Rent<int>(16); b.Span[0] = i; w.Send(b); }")]
    [InlineData("foreach (int x in list) { using PageBuffer<int> b = w.Rent<int>(16); Span<int> s = b.Span; s.Clear(); s[0] = x; w.Send(b); }")]
    [InlineData(
        """
        while (c)
        {
            using var b = w.Rent<byte>(4096);
            int read = source.Read(b.Span.Slice(16));
            if (read == 0) { break; }
            b[0] = (byte)read;
            w.Send(b, read + 16);
        }
        """)]
    [InlineData("var a = w.Rent<int>(4); var b = w.Rent<int>(4); a[0] = 1; b[0] = a[0]; w.Send(a); b[1] = 2; w.Gift(b);")]
    [InlineData("using var b = w.Rent<int>(4); ReadOnlySpan<int> s = b.Span; b[0] = 5; w.Write(s); Console.WriteLine($\"{s[0]} of {n}\");")]
    [InlineData("using var b = w.Rent<int>(4); int sum = 0; foreach (int x in b.Span) { sum += x; } list.Add(sum);")]
    [InlineData(
        """
        while (true)
        {
            PageBuffer<byte> b = w.Rent<byte>(65536);
            int read = source.Read(b.Span);
            if (read == 0) { b.Dispose(); break; }
            w.Send(b, read);
        }
        """)]
    [InlineData("foreach (int x in list) { var b = w.Rent<int>(4); if (x < 0) { b.Dispose(); continue; } b[0] = x; w.Send(b); }")]
    [InlineData("var b = w.Rent<int>(4); if (n < 0) { b.Dispose(); throw new ArgumentException(\"n\"); } if (n == 0) { b.Dispose(); return; } w.Send(b);")]
    [InlineData("var b = w.Rent<int>(4); Help.Fill(b.Span, n); Help.Deep(b.Span); w.Send(b);")]
    [InlineData("var b = w.Rent<int>(4); Span<int> s = b.Span; if (Help.Sum(s) > 3) { n = Help.Sum(s); } w.Send(b);")]
    [InlineData("using var b = w.Rent<byte>(4096); try { source.ReadExactly(b.Span); w.Send(b); } catch (EndOfStreamException) { n++; }")]
    [InlineData("using var b = w.Rent<byte>(4096); int read = source.Read(b.Span); if (read > 0) { w.Send(b, read); }")]
    [InlineData("var b = w.Rent<byte>(4096); try { source.ReadExactly(b.Span); } catch (IOException) when (n > 3) { b.Dispose(); return; } w.Send(b);")]
    public async Task PlainBody_IsCalledRight(string body) => Assert.Equal((1, 1), await Ask(body));

    [Theory]
    [InlineData("using var b = w.Rent<byte>(4096); int read = await source.ReadAsync(b.Memory, end); if (read > 0) { await w.SendAsync(b, read, end); }")]
    [InlineData("using var b = w.Rent<byte>(4096); await source.ReadExactlyAsync(b.Memory).ConfigureAwait(false); await w.GiftAsync(b).ConfigureAwait(false);")]
    [InlineData("using var b = w.Rent<int>(4); await Task.Delay(n); b[0] = n; w.Send(b);")]
    public async Task PlainAsyncBody_IsCalledRight(string body)
        => Assert.Equal((1, 1), await AskAll($"class P {{ static async Task M(SpliceWriter w, int n, Stream source, CancellationToken end) {{ {body} }} }}"));

    [Theory]
    [InlineData("using var b = w.Rent<int>(4); w.Send(b); b[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = b.Span; w.Send(b); s[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = b.Span; w.Send(b); s.Clear();")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = b.Span.Slice(1); w.Send(b); n = s[0];")]
    [InlineData("using var b = w.Rent<int>(4); w.Send(b); values.CopyTo(b.Span);")]
    [InlineData("using var b = w.Rent<byte>(4); w.Gift(b); n = source.Read(b.Span);")]
    [InlineData("using var b = w.Rent<int>(4); w.Send(b); w.Send(b);")]
    [InlineData("using var b = w.Rent<int>(4); w.Send(b); w.Gift(b);")]
    [InlineData("using var b = w.Rent<int>(4); w.Send(b); foreach (int x in b.Span) { n += x; }")]
    [InlineData("using var b = w.Rent<int>(4); w.Send(b); Span<int> s = b.Span;")]
    [InlineData("using var b = w.Rent<int>(4); if (c) { w.Send(b); } b[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); if (c) w.Send(b); else b[1] = 2; b[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); for (int i = 0; i < n; i++) { b[0] = i; w.Send(b); }")]
    [InlineData("using var b = w.Rent<int>(4); while (c) { w.Send(b); }")]
    [InlineData("using var b = w.Rent<int>(4); while (c) w.Send(b);")]
    [InlineData("using var b = w.Rent<int>(4); for (; n > 0; w.Send(b)) { b[0] = n--; }")]
    [InlineData("var b = w.Rent<int>(4); b[0] = 1;")]
    [InlineData("var b = w.Rent<int>(4); if (n < 3) { return; } w.Send(b);")]
    [InlineData("var b = w.Rent<int>(4); if (c) { w.Send(b); }")]
    [InlineData("while (c) { var b = w.Rent<int>(4); if (n == 0) { break; } w.Send(b); }")]
    [InlineData("while (c) { var b = w.Rent<int>(4); if (n == 0) { continue; } w.Send(b); }")]
    [InlineData("using var b = w.Rent<int>(4); PageBuffer<int> d = b; w.Send(b); d[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); ref int r = ref b.Span[0]; w.Send(b); r = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = b.Span; Span<int> t = s; w.Send(b); t[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = c ? b.Span : default; w.Send(b); s[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = default; s = b.Span; w.Send(b); s[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Memory<int> m = b.Memory; w.Send(b); m.Span[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Span<byte> s = System.Runtime.InteropServices.MemoryMarshal.AsBytes(b.Span); w.Send(b); s[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Action f = () => b[0] = 1; w.Send(b); f();")]
    [InlineData("using var b = w.Rent<int>(4); void F() { b[0] = 1; } w.Send(b); F();")]
    [InlineData("using var b = w.Rent<int>(4); try { w.Send(b); } finally { b[0] = 1; }")]
    [InlineData("using var b = w.Rent<int>(4); try { w.Send(b); } catch (IOException) { b[0] = 1; }")]
    [InlineData("using var b = w.Rent<int>(4); try { w.Send(b); } catch (IOException) { w.Send(b); }")]
    [InlineData("using var b = w.Rent<int>(4); try { n++; } catch (IOException) { w.Send(b); } b[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); try { if (c) { w.Send(b); } } catch (IOException) { } n = b[0];")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = b.Span; if (c) { w.Send(b); } s[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); if (c) { w.Send(b); } else { b[0] = 1; } w.Gift(b);")]
    [InlineData("using var b = w.Rent<int>(4); if (c) { if (n > 3) { w.Send(b); } } w.Send(b);")]
    [InlineData("using var b = w.Rent<int>(4); _ = b.Freeze(); b[0] = 1;")]
    [InlineData("var b = w.Rent<int>(4); b.Dispose(); b[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); var t = (b, 1); w.Send(b); t.b[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); foreach (ref int x in b.Span) { w.Send(b); x = 1; }")]
    [InlineData("var b = w.Rent<int>(4); var d = w.Rent<int>(4); w.Send(b); w.Send(d); b[0] = d[0];")]
    [InlineData("var b = w.Rent<int>(4); goto Out; Out: if (c) { w.Send(b); }")]
    [InlineData("var b = w.Rent<int>(4); while (c) { if (n == 0) { b.Dispose(); break; } n--; } w.Send(b);")]
    [InlineData("var b = w.Rent<int>(4); while (c) { if (n == 0) { b.Dispose(); continue; } n--; } w.Send(b);")]
    [InlineData("var b = w.Rent<int>(4); if (n == 0) { b.Dispose(); n = 1; } w.Send(b);")]
    [InlineData("var b = w.Rent<int>(4); if (n == 0) { b.Dispose(); n = b[0]; return; } w.Send(b);")]
    [InlineData("var b = w.Rent<int>(4); Span<int> s = b.Span; if (n == 0) { b.Dispose(); throw new ArgumentException($\"{s[0]}\"); } w.Send(b);")]
    [InlineData("var a = w.Rent<int>(4); var b = w.Rent<int>(4); if (n == 0) { b.Dispose(); return; } w.Send(b); w.Send(a);")]
    [InlineData("using var b = w.Rent<int>(4); w.Send(b); Help.Fill(b.Span, n);")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = b.Span; w.Send(b); Help.Fill(s, n);")]
    [InlineData("using var b = w.Rent<int>(4); Span<int> s = Help.Tail(b.Span); w.Send(b); s[0] = 1;")]
    [InlineData("Again: using (var b = w.Rent<int>(4)) { w.Send(b); n = b[0]; if (c) { goto Again; } }")]
    public async Task Misuse_IsLeftToTheAnalysisAndFound(string body)
    {
        Assert.Equal((1, 0), await Ask(body));
        AnalyzerTestOptions options = new() { RunGenerator = false };
        ImmutableArray<Diagnostic> found = await AnalyzerRun.DiagnosticsOfAsync(Compile(body, options), options, new LifetimeAnalyzer());
        Assert.NotEmpty(found);
    }

    /// <summary>Nothing is called right that only may be; whether the analysis sees more is another question.</summary>
    [Theory]
    [InlineData("using var b = w.Rent<int>(4); Holder h = default; h.Take(b.Span); w.Send(b); h.Inner[0] = 1;")]
    [InlineData("using var b = w.Rent<int>(4); Holder h = default; Help.Take(ref h, b.Span); w.Send(b); h.Inner[0] = 1;")]
    public async Task KeptInHolder_IsLeftToTheAnalysis(string body) => Assert.Equal((1, 0), await Ask(body));

    [Theory]
    [InlineData("static void M([Consumes] PageBuffer<int> b, SpliceWriter w) { using var d = w.Rent<int>(4); w.Send(d); }", 1)]
    [InlineData("static PageBuffer<int> M(SpliceWriter w) { var b = w.Rent<int>(4); return b; }", 1)]
    [InlineData("static async Task M(SpliceWriter w) { using var b = w.Rent<int>(4); var t = w.SendAsync(b); await t; }", 1)]
    [InlineData("static async Task M(SpliceWriter w, Stream s) { using var b = w.Rent<byte>(4); var t = s.ReadAsync(b.Memory); await t; w.Send(b); }", 1)]
    [InlineData("static async Task M(SpliceWriter w, Stream s) { using var b = w.Rent<byte>(4); w.Send(b); await s.ReadAsync(b.Memory); }", 1)]
    [InlineData("static async Task M(SpliceWriter w) { using var b = w.Rent<byte>(4); if (b.Length > 3) { await w.SendAsync(b); } b[0] = 1; }", 1)]
    [InlineData("static async Task M(SpliceWriter w, int n) { using var b = w.Rent<byte>(4); while (n-- > 0) { await w.SendAsync(b); } }", 1)]
    [InlineData("static IEnumerable<int> M(SpliceWriter w) { using var b = w.Rent<int>(4); yield return b[0]; w.Send(b); }", 1)]
    [InlineData("static void M(SpliceWriter w) { using var b = w.Rent<int>(4); H(b); w.Send(b); } static void H([Borrows] PageBuffer<int> b) { }", 1)]
    public async Task OtherBody_IsLeftToTheAnalysis(string members, int bodies)
        => Assert.Equal((bodies, 0), await AskAll($"class P {{ {members} }}"));

    /// <summary>Of these thousands, some hundred are called right, and the oracle finds none of them wrong.</summary>
    [Fact]
    public void RandomBodies_NoneCalledRightIsWrong()
    {
        int bodies = 0;
        int proved = 0;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                (int all, int right) = AskAll(Program(seed)).GetAwaiter().GetResult();
                Interlocked.Add(ref bodies, all);
                Interlocked.Add(ref proved, right);
            },
            iter: 60,
            threads: 2);
        Assert.InRange(proved, bodies / 20, bodies / 2);
    }

    private static string Program(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("class P {\n");
        for (int i = 0; i < 50; i++)
        {
            text.Append(Signature.Replace("M(", string.Create(CultureInfo.InvariantCulture, $"M{i}("), StringComparison.Ordinal))
                .Append(" { ").Append(new RandomBody(random).Text).AppendLine(" }");
        }

        return text.Append('}').ToString();
    }

    private static Task<(int Bodies, int Proved)> Ask(string body) => AskAll(Source(body));

    private static string Source(string body) => $$"""
        class P { {{Signature}} { {{body}} } }
        ref struct Holder { public Span<int> Inner; public void Take(Span<int> s) => Inner = s; }
        static class Help
        {
            public static void Fill(Span<int> s, int n) { for (int i = 0; i < s.Length; i++) { s[i] = n; } }
            public static int Sum(ReadOnlySpan<int> s) { int sum = 0; foreach (int x in s) { sum += x; } return sum; }
            public static void Deep(Span<int> s) => Fill(s, Sum(s));
            public static Span<int> Tail(Span<int> s) => s[1..];
            public static void Take(ref Holder h, Span<int> s) => h.Inner = s;
        }
        """;

    private static Compilation Compile(string body, AnalyzerTestOptions options) => TestCompilation.Create(Source(body), options);

    private static async Task<(int Bodies, int Proved)> AskAll(string source)
    {
        AnalyzerTestOptions options = new() { RunGenerator = false };
        Compilation compilation = TestCompilation.Create(source, options);
        TestCompilation.AssertNoErrors(compilation, "The source");
        var oracle = new StraightUseOracle();
        await AnalyzerRun.DiagnosticsOfAsync(compilation, options, oracle);
        return (oracle.Bodies, oracle.Proved);
    }

    /// <summary>Statements of the kinds that pass, in any order and nesting, so that most bodies are wrong in some way and some are not.</summary>
    private sealed class RandomBody
    {
        private static readonly string[] s_uses =
        [
            "{0}[0] = n;", "n += {0}.Span[1];", "{0}.Span.Clear();", "values.CopyTo({0}.Span);", "w.Write<int>({0}.Span);", "n = {0}.Length;",
            "w.Send({0});", "w.Send({0}, n);", "w.Gift({0});", "{0}.Dispose();", "if (c) {{ w.Send({0}); }}",
            "try {{ n = source.ReadByte(); w.Send({0}); }} catch (IOException) {{ n++; }}",
            "try {{ {0}[0] = n; }} catch (IOException) {{ {0}.Dispose(); return; }}", "foreach (int x{1} in {0}.Span) {{ n += x{1}; }}",
            "Span<int> s{1} = {0}.Span; s{1}[0] = n; w.Send({0}); s{1}[0] = n;", "Span<int> s{1} = {0}.Span.Slice(1); s{1}[0] = n; w.Send({0});",
        ];

        private static readonly string[] s_others = ["n++;", "if (n > 5) {{ return; }}", "list.Add(n);", "c = n > 3;", "if (c) {{ throw new IOException(); }}"];

        private static readonly string[] s_inLoops =
        [
            "if (c) {{ break; }}", "if (c) {{ continue; }}", "if (c) {{ {0}.Dispose(); break; }}", "if (c) {{ {0}.Dispose(); continue; }}",
            "if (c) {{ {0}.Dispose(); n = {0}[0]; break; }}",
        ];

        private readonly Random _random;
        private int _names;

        public RandomBody(Random random)
        {
            _random = random;
            Text = Statements([], depth: 2, isInLoop: false);
        }

        public string Text { get; }

        private string Statements(ImmutableArray<string> buffers, int depth, bool isInLoop)
        {
            var text = new StringBuilder();
            int count = _random.Next(1, 5);
            for (int i = 0; i < count; i++)
            {
                if (buffers.IsEmpty || _random.Next(6) == 0)
                {
                    string name = "b" + _names++;
                    buffers = buffers.Add(name);
                    text.Append(_random.Next(3) == 0 ? "" : "using ").Append("PageBuffer<int> ").Append(name).Append(" = w.Rent<int>(16); ");
                }

                text.Append(Statement(buffers, depth, isInLoop)).Append(' ');
            }

            // The likely end, without which hardly a body would be right.
            string last = buffers[^1];
            return text.Append(_random.Next(3) == 0 ? "" : $"{last}[1] = n; w.Send({last});").ToString();
        }

        private string Statement(ImmutableArray<string> buffers, int depth, bool isInLoop)
        {
            string buffer = buffers[_random.Next(buffers.Length)];
            switch (_random.Next(depth > 0 ? 10 : 7))
            {
                case < 4:
                    return string.Format(CultureInfo.InvariantCulture, s_uses[_random.Next(s_uses.Length)], buffer, _names++);
                case < 6:
                    return string.Format(CultureInfo.InvariantCulture, s_others[_random.Next(s_others.Length)]);
                case 6:
                    return isInLoop ? string.Format(CultureInfo.InvariantCulture, s_inLoops[_random.Next(s_inLoops.Length)], buffer)
                        : $"if (c) {{ {buffer}.Dispose(); return; }}";
                case 7:
                    return $"if (n < 3) {{ {Statements(buffers, depth - 1, isInLoop)} }}";
                case 8:
                    return $"while (n-- > 0) {{ {Statements(buffers, depth - 1, isInLoop: true)} }}";
                default:
                    int name = _names++;
                    return $"for (int i{name} = 0; i{name} < n; i{name}++) {{ {Statements(buffers, depth - 1, isInLoop: true)} }}";
            }
        }
    }
}
