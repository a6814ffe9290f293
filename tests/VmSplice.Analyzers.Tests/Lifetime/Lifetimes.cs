using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Wraps statements in a method with what they commonly need, and verifies all lifetime rules at once.</summary>
internal static class Lifetimes
{
    /// <summary>
    /// In scope: a writer <c>w</c>, buffers <c>b</c> and <c>d</c> of a caller, a condition <c>c</c>, a number <c>n</c>,
    /// a stream, a record writer and reader, a pipe's descriptor <c>fd</c>.
    /// </summary>
    public static Task VerifyStatements(string id, string statements) => ResultOfStatements(id, statements);

    /// <summary>The same, for those who look at messages.</summary>
    public static Task<AnalyzerResult> ResultOfStatements(string id, string statements) => ResultOf(id, $$"""
        using System.Buffers;
        using System.Buffers.Binary;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Text;

        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        public unsafe class Subject
        {
            private readonly List<PageBuffer<int>> _list = [];
            private static void Touch(ref int x) { x = 1; }

            public void M(SpliceWriter w, PageBuffer<int> b, PageBuffer<int> d, bool c, int n, Stream stream,
                RecordWriter<Tick> records, RecordReader<Tick> batches, SafeHandle fd)
            {
                {{statements}}
            }
        }
        """);

    public static Task Verify(string id, string source, AnalyzerTestOptions? options = null) => ResultOf(id, source, options);

    private static Task<AnalyzerResult> ResultOf(string id, string source, AnalyzerTestOptions? options = null)
        => AnalyzerTest.VerifyAsync(
            source,
            (options ?? AnalyzerTestOptions.Default) with { Id = id, RunGenerator = source.Contains("[Spliceable]", StringComparison.Ordinal) },
            new LifetimeAnalyzer());

    /// <summary>Statements without their marks.</summary>
    public static string Plain(string marked) => Markup.Parse(marked, "X").Text;
}
