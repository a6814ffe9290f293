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
    [InlineData("PageBuffer<int>? r = null; for (int i = 0; i < n; i++) { var x = r ??= w.Rent<int>(8); x[0]++; if (i == 3) { w.Send(x); r = null; } } if (r is not null) w.Send(r.Value);")]
    [InlineData("var r = w.Rent<int>(8); ThreadPool.QueueUserWorkItem(_ => r.Dispose());")]
    public Task HandedOver_Silent(string statements) => Lifetimes.VerifyStatements("VMS2013", statements);

    [Theory]
    [InlineData("return w.Rent<int>(8);")]
    [InlineData("var r = w.Rent<int>(8); r[0] = 1; return r;")]
    [InlineData("_held = w.Rent<int>(8); return _held;")]
    [InlineData("var r = w.Rent<int>(8); if (r.Length > 3) { w.Send(r); return default; } return r;")]
    [InlineData("var r = w.Rent<int>(8); Held = r; return default;")]
    [InlineData("var r = w.Rent<int>(8); box.Add(r); return default;")]
    public Task MovedOut_Silent(string statements) => Lifetimes.Verify("VMS2013", $$"""
        public class Subject
        {
            private PageBuffer<int> _held;
            public PageBuffer<int> Held { get; set; }
            public PageBuffer<int> M(SpliceWriter w, List<PageBuffer<int>> box) { {{statements}} }
        }
        """);
}
