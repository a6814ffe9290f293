using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// Time in bounds: the pathological method, and the many. The measure is the compiler, on the same source, before and
/// after: what else the machine does slows both.
/// </summary>
public sealed class CostTests(ITestOutputHelper output)
{
    /// <summary>
    /// Of bodies with nothing but buffers in them; they take a fifth to three fifths of the compiler's time. Anything
    /// quadratic in the length of a method takes far more.
    /// </summary>
    private const double Most = 3;

    [Theory]
    [InlineData("straight line", "b{0}.Span[0] = {0}; w.Send(b{0});")]
    [InlineData("branches", "if (n == {0}) {{ b{0}.Span[0] = n; w.Send(b{0}); }} else {{ b{0}.Dispose(); }}")]
    [InlineData("loops", "while (n-- > {0}) {{ using var x = w.Rent<int>(3); x[0] = n; w.Send(x); }} w.Send(b{0});")]
    [InlineData("tries", "try {{ b{0}[0] = n; w.Send(b{0}); }} catch (IOException) {{ n++; }} finally {{ n--; }}")]
    [InlineData("usings", "using (b{0}) {{ b{0}[0] = {0}; if (n == {0}) {{ return; }} w.Send(b{0}); }}")]
    [InlineData("swaps", "if (n > {0}) {{ w.Send(current); current = b{0}; }} else {{ b{0}.Dispose(); }} current[0] = {0};")]
    public async Task TwoThousandLines_WithinTimesOfTheCompiler(string name, string pattern)
    {
        var body = new StringBuilder("var current = w.Rent<int>(4);\n");
        for (int i = 0; i < 1000; i++)
        {
            body.Append("var b").Append(i).Append(" = w.Rent<int>(16);\n").AppendFormat(System.Globalization.CultureInfo.InvariantCulture, pattern, i)
                .Append('\n');
        }

        string source = $"class P {{ static void M(SpliceWriter w, int n) {{ {body} w.Send(current); }} }}";
        (TimeSpan time, TimeSpan compiled) = (TimeSpan.MaxValue, TimeSpan.Zero);

        // Work beside the tests meets the one and not the other now and then; what the analysis costs is the best of a few.
        for (int attempt = 0; attempt < 3 && time >= compiled * Most; attempt++)
        {
            TimeSpan before = Compile(source);
            (time, int gaveUp) = await Measure(source);
            compiled = (before + Compile(source)) / 2;
            output.WriteLine($"{name}: {time.TotalMilliseconds:F0} ms, the compiler {compiled.TotalMilliseconds:F0} ms{(gaveUp > 0 ? ", gave up" : "")}");
        }

        Assert.True(time < compiled * Most, $"{name} took {time}, and the compiler {compiled}");
    }

    [Fact]
    public async Task ManyMethods_Linear()
    {
        await Measure(Methods(200));
        (TimeSpan few, _) = await Measure(Methods(500));
        (TimeSpan many, _) = await Measure(Methods(2000));
        output.WriteLine($"500 methods: {few.TotalMilliseconds:F0} ms; 2,000: {many.TotalMilliseconds:F0} ms");
        Assert.True(many < few * 12, $"{few} for 500, {many} for 2,000");
    }

    [Fact]
    public async Task TooLarge_GivesUpWithReason()
    {
        // All stays alive to the end: state times blocks is the cost.
        var body = new StringBuilder();
        for (int i = 0; i < 4000; i++)
        {
            body.Append("var b").Append(i).Append(" = w.Rent<int>(16); if (n == ").Append(i).Append(") { w.Send(b").Append(i).Append("); }\n");
        }

        (_, int gaveUp) =
            await Measure($"class P {{ static void M(SpliceWriter w, int n) {{ {body} "
                + $"{string.Concat(Enumerable.Range(0, 4000).Select(i => $"b{i}.Dispose();"))} }} }}");
        Assert.Equal(1, gaveUp);
    }

    private static string Methods(int count)
    {
        var text = new StringBuilder("class P {\n");
        for (int i = 0; i < count; i++)
        {
            text.Append("static void M").Append(i)
                .Append("(SpliceWriter w, int n) { using var b = w.Rent<int>(n); for (int i = 0; i < n; i++) { b[i] = i; } if (n > 3) { Help")
                .Append(i).Append("(w, b); } } static void Help").Append(i).Append("(SpliceWriter w, PageBuffer<int> b) { w.Send(b); }\n");
        }

        return text.Append('}').ToString();
    }

    private static TimeSpan Compile(string source)
    {
        Compilation compilation = TestCompilation.Create(source, new AnalyzerTestOptions { RunGenerator = false });
        long start = Stopwatch.GetTimestamp();
        using var assembly = new MemoryStream();
        Assert.True(compilation.Emit(assembly).Success);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<(TimeSpan Time, int GaveUp)> Measure(string source)
    {
        Compilation compilation = TestCompilation.Create(source, new AnalyzerTestOptions { RunGenerator = false });
        TestCompilation.AssertNoErrors(compilation, "The source");
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        CompilationWithAnalyzers with = compilation.WithAnalyzers([new LifetimeAnalyzer()], options);
        AnalysisResult result = await with.GetAnalysisResultAsync(CancellationToken.None);
        TimeSpan time = result.AnalyzerTelemetryInfo.Values.Single().ExecutionTime;
        ImmutableArray<Diagnostic> diagnostics = result.GetAllDiagnostics();
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
        return (time, diagnostics.Count(d => d.Id == "VMS9999"));
    }
}
