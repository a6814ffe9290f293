using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using VmSplice.CodeFixes.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS2014, and its fix.</summary>
public sealed class UncompletedStreamTests
{
    [Theory]
    [InlineData("using var x = [|Tick.CreateWriter(w)|]; x.Next().Time = 1;")]
    [InlineData("using RecordWriter<Tick> x = [|new(w)|]; x.Write(new Tick()); x.Flush();")]
    [InlineData("using var x = [|new RecordBroadcaster<Tick>([w])|]; x.Next().Time = 1; x.Flush();")]
    [InlineData("using RecordBroadcaster<Tick> x = [|new([w], new() { LeaveOpen = true })|]; x.Write(new Tick());")]
    [InlineData("using (var x = [|Tick.CreateWriter(w)|]) { for (int i = 0; i < n; i++) { x.Next().Time = i; } }")]
    [InlineData("using (var x = [|Tick.CreateWriter(w)|]) x.Next().Time = 1;")]
    [InlineData("using (RecordWriter<Tick> x = [|Tick.CreateWriter(w)|], y = Tick.CreateWriter(w)) { x.Next() = default; y.Complete(); }")]
    [InlineData("using var x = [|Tick.CreateWriter(w, new() { LeaveOpen = true })|]; x.Flush();")]
    [InlineData("using var x = [|Tick.CreateWriter(w, new RecordWriterOptions { Framed = false })|]; x.Next().Time = 1;")]
    [InlineData("using var x = [|Tick.CreateWriter(w)|]; if (n == 0) { return; } x.Next().Time = n;")]
    [InlineData("using var x = [|Tick.CreateWriter(w)|]; Fill(); void Fill() { x.Next().Time = n; }")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; try { x.Next().Time = 1; } finally { x.Dispose(); }")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; x.Next().Time = 1; x.Dispose();")]
    [InlineData("for (int i = 0; i < n; i++) { using var x = [|Tick.CreateWriter(w)|]; if (i == 3) { continue; } x.Next().Time = i; }")]
    [InlineData("using var x = [|Tick.CreateWriter(w)|]; Console.WriteLine(x.RecordsWritten);")]
    [InlineData("using var x = [|Tick.CreateWriter(w)|]; left.CopyTo(x);")]
    [InlineData("using var x = [|Tick.CreateWriter(w)|]; x.Next().Time = 1; n = (int)left.CopyToAsync(x).Result;")]
    [InlineData("using var x = [|Tick.CreateWriter(w, new() { LeaveOpen = true })|]; left.CopyTo(destination: x);")]
    public Task RecordsDisposedWithoutComplete_AreReported(string body) => VerifyAsync("VMS2014", body);

    [Theory]
    [InlineData("await using var x = [|Tick.CreateWriter(w)|]; x.Next() = default; await x.FlushAsync();")]
    [InlineData("await using (var x = [|Tick.CreateWriter(w)|]) { x.Next() = default; }")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; await x.DisposeAsync();")]
    public Task AwaitedForms_AreReported(string body) => VerifyAsync("VMS2014", body, isAsync: true);

    [Theory]
    [InlineData("using var x = Tick.CreateWriter(w); x.Next().Time = 1; x.Complete();")]
    [InlineData("using var x = new RecordBroadcaster<Tick>([w]); x.Next().Time = 1; x.Complete();")]
    [InlineData("using var x = Tick.CreateWriter(w); if (n > 3) { x.Complete(); }")]
    [InlineData("using var x = Tick.CreateWriter(w); Fill(x);")]
    [InlineData("using var x = Tick.CreateWriter(w); left.CopyTo(x); x.Complete();")]
    [InlineData("using var x = Tick.CreateWriter(w, new() { Framed = false }); left.CopyTo(x);")]
    [InlineData("using var x = Tick.CreateWriter(w); Action end = x.Complete; end();")]
    [InlineData("using var x = Tick.CreateWriter(w); Action end = () => x.Complete(); end();")]
    [InlineData("using var x = Tick.CreateWriter(w); x.WriteAll(n);")]
    [InlineData("using var x = Tick.CreateWriter(w); Held = x;")]
    [InlineData("using var x = Tick.CreateWriter(w); x.Next() = default; throw new InvalidOperationException();")]
    [InlineData("using var x = Tick.CreateWriter(w); while (true) { x.Next().Time = n++; }")]
    [InlineData("using var x = Make(w); x.Next() = default;")]
    [InlineData("using RecordWriter<Tick>? x = n > 3 ? Tick.CreateWriter(w) : null; x?.Flush();")]
    [InlineData("using var x = Tick.CreateWriter(w, new() { Framed = false }); x.Next() = default; x.Flush();")]
    [InlineData("using var x = Tick.CreateWriter(w, options); x.Next() = default; x.Flush();")]
    [InlineData("var x = Tick.CreateWriter(w); x.Next() = default;")]
    [InlineData("var x = Tick.CreateWriter(w); try { x.Next() = default; x.Complete(); } catch (IOException) { x.Dispose(); throw; }")]
    public Task CompletedOrSomebodyElses_IsSilent(string body) => VerifyAsync("VMS2014", body);

    [Theory]
    [InlineData("using var p = [|SpliceWriter.OpenFifo(path)|]; foreach (int i in numbers) { var f = Frame.Rent(p); f.Pixels.Fill(i); p.Send(f); }")]
    [InlineData("using (SpliceWriter p = [|SpliceWriter.OpenFifo(path)|]) { while (n-- > 0) { p.Gift(Frame.Rent(p)); } }")]
    [InlineData(
        """
        using var p = [|SpliceWriter.OpenFifo(path, new() { Reader = PipeReaderKind.Copying, Framed = true })|];
        while (n-- > 0) { p.Send(Frame.Rent(p)); }
        """)]
    public Task BuffersOfALoopWithoutTheirEnd_AreReported(string body) => VerifyAsync("VMS2014", body);

    [Theory]
    [InlineData("using var p = SpliceWriter.OpenFifo(path); foreach (int i in numbers) { p.Send(Frame.Rent(p)); } p.CompleteBuffers();")]
    [InlineData("using var p = SpliceWriter.OpenFifo(path, new SpliceWriterOptions { Framed = false }); foreach (int i in numbers) { p.Send(Frame.Rent(p)); }")]
    [InlineData("using var p = SpliceWriter.OpenFifo(path, ends); foreach (int i in numbers) { p.Send(Frame.Rent(p)); }")]
    [InlineData("using var p = SpliceWriter.OpenFifo(path); p.Send(Frame.Rent(p));")]
    [InlineData("using var p = SpliceWriter.OpenFifo(path); foreach (int i in numbers) { p.Send(p.Rent<int>(8)); }")]
    [InlineData("using var p = SpliceWriter.OpenFifo(path); foreach (int i in numbers) { p.Send(Frame.Rent(p)); } End(p);")]
    [InlineData("using var p = SpliceWriter.OpenFifo(path); using var g = p.CreateGather(); foreach (int i in numbers) { g.Add(Frame.Rent(p)); }")]
    [InlineData("foreach (int i in numbers) { w.Send(Frame.Rent(w)); }")]
    public Task BuffersThatEndOrNeedNoEnd_AreSilent(string body) => VerifyAsync("VMS2014", body);

    [Fact]
    public async Task Message_NamesWriterConsequenceAndWayOut()
    {
        AnalyzerResult result = await VerifyAsync("VMS2014", "using var ticks = [|Tick.CreateWriter(w)|];");
        Assert.Equal(
            "'ticks' is disposed, and nothing completes its stream: what was not flushed is dropped, "
                + "and the reader gets a RecordStreamException in place of the end. "
            + "Call ticks.Complete() where all has been sent.",
            result.Message);
    }

    [Theory]
    [InlineData(
        """
        using var x = Tick.CreateWriter(w);
        x.Next().Time = 1;
        """,
        """
        using var x = Tick.CreateWriter(w);
        x.Next().Time = 1;
        x.Complete();
        """)]
    [InlineData("using (var x = Tick.CreateWriter(w)) { x.Next().Time = n; }", "using (var x = Tick.CreateWriter(w)) { x.Next().Time = n; x.Complete(); }")]
    [InlineData(
        """
        using var x = Tick.CreateWriter(w);
        if (n == 0)
        {
            return;
        }

        x.Next().Time = n;
        return;
        """,
        """
        using var x = Tick.CreateWriter(w);
        if (n == 0)
        {
            return;
        }

        x.Next().Time = n;
        x.Complete();
        return;
        """)]
    [InlineData(
        """
        using (var x = Tick.CreateWriter(w))
        using (var y = new RecordWriter<Tick>(w))
        {
            x.Next() = default;
            y.Complete();
        }
        """,
        """
        using (var x = Tick.CreateWriter(w))
        using (var y = new RecordWriter<Tick>(w))
        {
            x.Next() = default;
            y.Complete();
            x.Complete();
        }
        """)]
    [InlineData(
        """
        using (var x = Tick.CreateWriter(w))
        x.Next().Time = 1;
        """,
        """
        using (var x = Tick.CreateWriter(w))
        {
            x.Next().Time = 1;
            x.Complete();
        }
        """)]
    [InlineData(
        """
        using var p = SpliceWriter.OpenFifo(path);
        foreach (int i in numbers) { p.Send(Frame.Rent(p)); }
        """,
        """
        using var p = SpliceWriter.OpenFifo(path);
        foreach (int i in numbers) { p.Send(Frame.Rent(p)); }
        p.CompleteBuffers();
        """)]
    public Task Fix_CompletesAtTheEnd(string body, string expected)
        => CodeFixTest.VerifyAsync<UncompletedStreamAnalyzer, CompleteStreamFix>(Subject(body), Subject(expected), Options);

    [Fact]
    public Task Fix_AwaitsWhereTheUsingDoes() => CodeFixTest.VerifyAsync<UncompletedStreamAnalyzer, CompleteStreamFix>(
        Subject(
            """
            await using var x = Tick.CreateWriter(w);
            x.Next() = default;
            """,
            isAsync: true),
        Subject(
            """
            await using var x = Tick.CreateWriter(w);
            x.Next() = default;
            await x.CompleteAsync();
            """,
            isAsync: true),
        Options);

    [Fact]
    public Task Fix_OfTopLevelStatements_IsTheLastOfThem() => CodeFixTest.VerifyAsync<UncompletedStreamAnalyzer, CompleteStreamFix>(
        """
        using SplicePipe pipe = SplicePipe.Create();
        using var x = Tick.CreateWriter(pipe.OpenWriter());
        x.Next().Time = 1;

        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        """,
        """
        using SplicePipe pipe = SplicePipe.Create();
        using var x = Tick.CreateWriter(pipe.OpenWriter());
        x.Next().Time = 1;
        x.Complete();

        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        """,
        Options);

    [Theory]
    [InlineData("using var x = Tick.CreateWriter(w); while (true) { x.Next().Time = 1; if (n > 3) { return; } }")]
    [InlineData("var x = Tick.CreateWriter(w); try { x.Next().Time = 1; } finally { x.Dispose(); }")]
    public Task Fix_WithoutAPlaceForIt_IsNotOffered(string body)
        => CodeFixTest.VerifyNotOfferedAsync<UncompletedStreamAnalyzer, CompleteStreamFix>(Subject(body), Options);

    /// <summary>Of a writer in a field, which no member completes.</summary>
    [Theory]
    [InlineData("private readonly RecordWriter<Tick> _x = [|Tick.CreateWriter(w)|];", "left.CopyTo(_x);")]
    [InlineData("private readonly RecordWriter<Tick> _x = [|Tick.CreateWriter(w)|];", "left.CopyToAsync(this._x).Wait();")]
    [InlineData("private readonly RecordWriter<Tick> _x = Tick.CreateWriter(w, new() { Framed = false });", "left.CopyTo(_x);")]
    [InlineData("private readonly RecordWriter<Tick> _x = Tick.CreateWriter(w);", "left.CopyTo(_x); _x.Complete();")]
    [InlineData("private readonly RecordWriter<Tick> _x = Tick.CreateWriter(w);", "CopyTo(_x);")]
    public Task KeptWriterThatIsCopiedTo_IsStillToBeCompleted(string field, string statements)
        => AnalyzerTest.VerifyRuleAsync<KeptWriterAnalyzer>("VMS2014", $$"""
            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class Subject(SpliceWriter w, RecordReader<Tick> left) : IDisposable
            {
                {{field}}
                private static void CopyTo(RecordWriter<Tick> writer) => writer.Complete();
                public void M() { {{statements}} }
                public void Dispose() => _x.Dispose();
            }
            """);

    private static CodeFixTestOptions Options { get; } = new() { Analyzer = AnalyzerTestOptions.Default };

    private static Task<AnalyzerResult> VerifyAsync(string id, string body, bool isAsync = false)
        => AnalyzerTest.VerifyRuleAsync<UncompletedStreamAnalyzer>(id, Subject(body, isAsync));

    private static string Subject(string body, bool isAsync = false) => $$"""
        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        [Spliceable]
        public sealed partial class Frame
        {
            [Segment(Length = 8)] public partial Span<int> Pixels { get; }
        }

        public static class Extensions
        {
            public static void WriteAll(this RecordWriter<Tick> writer, int count)
            {
                for (int i = 0; i < count; i++) { writer.Next().Time = i; }
                writer.Complete();
            }
        }

        public class Subject
        {
            public RecordWriter<Tick>? Held { get; set; }
            private static void Fill(RecordWriter<Tick> writer) => writer.Complete();
            private static void End(SpliceWriter writer) => writer.CompleteBuffers();
            private static RecordWriter<Tick> Make(SpliceWriter writer) => Tick.CreateWriter(writer);
            public {{(isAsync ? "async Task" : "void")}} M(
                SpliceWriter w, RecordReader<Tick> left, RecordWriterOptions options, SpliceWriterOptions ends, string path, int[] numbers, int n)
            {
                {{body.Indented(8)}}
            }
        }
        """;
}
