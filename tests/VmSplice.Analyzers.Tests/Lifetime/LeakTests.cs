using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2013: rented, and on some path neither sent nor disposed.</summary>
public sealed class LeakTests
{
    [Theory]
    [InlineData("var r = [|w.Rent<int>(8)|]; r[0] = 1;")]
    [InlineData("var r = [|PageBuffer<int>.Allocate(8)|]; r[0] = 1;")]
    [InlineData("var r = [|w.Rent<int>(8)|]; if (n > 3) w.Send(r);")]
    [InlineData("var r = [|w.Rent<int>(8)|]; if (n > 3) return; w.Send(r);")]
    [InlineData("[|w.Rent<int>(8)|].Span.Clear();")]
    [InlineData("for (int i = 0; i < n; i++) { var r = [|w.Rent<int>(8)|]; if (i == 3) continue; w.Send(r); }")]
    [InlineData("var r = [|w.Rent<int>(8)|]; r = w.Rent<int>(4); w.Send(r);")]
    [InlineData("PageBuffer<int>? r = null; if (c) r = [|w.Rent<int>(8)|]; if (r is null) w.Send(b);")]
    [InlineData("PageBuffer<int>? r = [|w.Rent<int>(8)|]; if (c && r is not null) w.Send(r.Value);")]
    [InlineData("var r = [|w.Rent<int>(8)|]; switch (n) { case 1: w.Send(r); break; case 2: r.Dispose(); break; }")]
    public Task Leaked_Reported(string statements) => Lifetimes.VerifyStatements("VMS2013", statements);

    [Theory]
    [InlineData("using var r = w.Rent<int>(8); if (n > 3) w.Send(r);")]
    [InlineData("var r = w.Rent<int>(8); w.Send(r);")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) w.Send(r); else r.Dispose();")]
    [InlineData("var r = w.Rent<int>(8); _list.Add(r);")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) throw new InvalidOperationException(); w.Send(r);")]
    [InlineData("var r = w.Rent<int>(8); try { r[0] = 1; w.Send(r); } finally { r.Dispose(); }")]
    [InlineData("try { var r = w.Rent<int>(8); r[0] = 1; w.Send(r); } catch (IOException) { n = 1; }")]
    [InlineData("b = w.Rent<int>(8); w.Send(b);")]
    [InlineData("var f = w.Rent<int>(8).Freeze(); w.Send(f);")]
    [InlineData("var r = w.Rent<int>(8); var t = (r, 1); w.Send(t.r);")]
    [InlineData("var r = w.Rent<int>(8); Task.Run(() => { r[0] = 1; w.Send(r); });")]
    [InlineData("PageBuffer<int>? r = null; if (c) r = w.Rent<int>(8); if (r is not null) w.Send(r.Value);")]
    [InlineData("PageBuffer<int>? r = null; if (c) r = w.Rent<int>(8); if (r != null) w.Send(r.Value);")]
    [InlineData("PageBuffer<int>? r = null; if (c) r = w.Rent<int>(8); if (r.HasValue) w.Send(r.Value);")]
    [InlineData(
        """
        PageBuffer<int>? r = null;
        for (int i = 0; i < n; i++)
        {
            var x = r ??= w.Rent<int>(8);
            x[0]++;
            if (i == 3) { w.Send(x); r = null; }
        }
        if (r is not null) w.Send(r.Value);
        """)]
    [InlineData("var r = w.Rent<int>(8); ThreadPool.QueueUserWorkItem(_ => r.Dispose());")]
    public Task HandedOver_Silent(string statements) => Lifetimes.VerifyStatements("VMS2013", statements);

    [Theory]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; x.Next().Time = 1;")]
    [InlineData("var x = [|new RecordWriter<Tick>(w)|]; x.Write(new Tick()); x.Flush();")]
    [InlineData("[|new RecordWriter<Tick>(w)|].Write(new Tick());")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; if (n > 3) { return; } x.Complete();")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; for (int i = 0; i < n; i++) { x.Next().Time = i; if (i == 7) { x.Dispose(); } }")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; Fill(x); void Fill(RecordWriter<Tick> y) { y.Next().Time = n; }")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; try { x.Next().Time = 1; } catch (IOException) { x.Dispose(); }")]
    [InlineData("var x = [|Tick.CreateWriter(w)|]; batches.CopyTo(x);")]
    public Task WriterLeftBehind_Reported(string statements) => Lifetimes.VerifyStatements("VMS2013", statements);

    [Theory]
    [InlineData("using var x = Tick.CreateWriter(w); x.Next().Time = 1;")]
    [InlineData("using var x = Tick.CreateWriter(w); batches.CopyTo(x); x.Complete();")]
    [InlineData("var x = Tick.CreateWriter(w); x.Next().Time = 1; x.Complete();")]
    [InlineData("var x = Tick.CreateWriter(w); if (n > 3) { x.Dispose(); return; } x.Complete();")]
    [InlineData("var x = Tick.CreateWriter(w); try { x.Next().Time = 1; } finally { x.Dispose(); }")]
    [InlineData("RecordWriter<Tick>? x = c ? Tick.CreateWriter(w) : null; x?.Dispose();")]
    [InlineData("var x = Tick.CreateWriter(w); Task.Run(() => { x.Next().Time = 1; x.Dispose(); });")]
    [InlineData("var x = Tick.CreateWriter(w); End(x); void End(RecordWriter<Tick> y) { y.Complete(); }")]
    [InlineData("var x = Tick.CreateWriter(w); while (true) { x.Next().Time = n++; }")]
    [InlineData("var all = new List<RecordWriter<Tick>>(); var x = Tick.CreateWriter(w); all.Add(x);")]
    [InlineData("var x = Tick.CreateReader(SpliceReader.OpenStandardInput()); n = x.ReadBatch().Length;")]
    public Task WriterEnded_Silent(string statements) => Lifetimes.VerifyStatements("VMS2013", statements);

    [Theory]
    [InlineData("public RecordWriter<Tick> Make(SpliceWriter w) { var x = Tick.CreateWriter(w); x.Next().Time = 1; return x; }")]
    [InlineData("private RecordWriter<Tick>? _x; public void M(SpliceWriter w) { _x = Tick.CreateWriter(w); _x.Next().Time = 1; }")]
    [InlineData("private readonly RecordWriter<Tick> _x; public Subject(SpliceWriter w) { _x = new RecordWriter<Tick>(w); }")]
    [InlineData("private readonly RecordWriter<Tick> _x = Tick.CreateWriter(SpliceWriter.OpenStandardOutput());")]
    [InlineData("public void M(SpliceWriter w, Action<RecordWriter<Tick>> use) { var x = Tick.CreateWriter(w); use(x); }")]
    [InlineData("public void M(SpliceWriter w, out RecordWriter<Tick> x) { x = Tick.CreateWriter(w); }")]
    [InlineData(
        """
        public sealed class Feed(RecordWriter<Tick> x) { public void End() => x.Dispose(); }
        public Feed M(SpliceWriter w) => new(Tick.CreateWriter(w));
        """)]
    [InlineData(
        """
        private RecordWriter<Tick>? _x;
        private RecordWriter<Tick> Get(SpliceWriter w) => _x ??= Tick.CreateWriter(w);
        public void M(SpliceWriter w) { Get(w).Next().Time = 1; }
        """)]
    [InlineData(
        """
        public async Task M(SpliceWriter w)
        {
            var x = Tick.CreateWriter(w);
            await using (x.ConfigureAwait(false)) { x.Next().Time = 1; await x.FlushAsync(); }
        }
        """)]
    public Task WriterKept_Silent(string members) => Lifetimes.Verify("VMS2013", $$"""
        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        public class Subject
        {
            {{members}}
        }
        """);

    [Theory]
    [InlineData("return w.Rent<int>(8);")]
    [InlineData("var r = w.Rent<int>(8); r[0] = 1; return r;")]
    [InlineData("_held = w.Rent<int>(8); return _held;")]
    [InlineData("var r = w.Rent<int>(8); if (r.Length > 3) { w.Send(r); return default; } return r;")]
    [InlineData("var r = w.Rent<int>(8); Held = r; return default;")]
    [InlineData("var r = w.Rent<int>(8); box.Add(r); return default;")]
    [InlineData("Span<PageBuffer<int>> all = new PageBuffer<int>[3]; foreach (ref var x in all) { x = w.Rent<int>(8); } return all[0];")]
    [InlineData("var all = new PageBuffer<int>[3]; ref var x = ref all[1]; x = w.Rent<int>(8); return all[0];")]
    public Task MovedOut_Silent(string statements) => Lifetimes.Verify("VMS2013", $$"""
        public class Subject
        {
            private PageBuffer<int> _held;
            public PageBuffer<int> Held { get; set; }
            public PageBuffer<int> M(SpliceWriter w, List<PageBuffer<int>> box) { {{statements}} }
        }
        """);

    /// <summary>Those of the round before are another entry of a table whose order differs from run to run; the message does not.</summary>
    [Fact]
    public async Task LeftInLoop_SaysTheSameEachTime()
    {
        HashSet<string> told = [];
        for (int i = 0; i < 30; i++)
        {
            AnalyzerResult result = await Lifetimes.ResultOfStatements(
                "VMS2013", "var r = [|w.Rent<int>(4)|]; while (n-- > 0) { if (n > 3) { if (n > 7) { w.Send(r); } r = [|w.Rent<int>(5)|]; } }");
            told.Add(string.Join('\n', result.Messages));
        }

        Assert.Single(told);
    }
}
