using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Buffers of which nobody in sight knows where they come from: the variable that holds one is enough to tell "sent, then used".</summary>
public sealed class UnknownOriginTests
{
    [Theory]
    [InlineData("VMS2001", "foreach (var e in _list) { w.Send(e); [|e[0]|] = 1; }")]
    [InlineData("VMS2002", "foreach (var e in _list) { var s = e.Span; w.Send(e); n = [|s[0]|]; }")]
    [InlineData("VMS2008", "foreach (var e in _list) { w.Send(e); w.Gift([|e|]); }")]
    [InlineData("VMS2001", "var e = _list[0]; w.Send(e); [|e[0]|] = 1;")]
    [InlineData("VMS2001", "var e = array[n]; var k = e; w.Send(k); [|e[0]|] = 1;")]
    [InlineData("VMS2001", "if (queue.TryDequeue(out var e)) { w.Send(e); [|e[0]|] = 1; }")]
    [InlineData("VMS2001", "TryRent(w, out var e); w.Send(e); [|e[0]|] = 1;")]
    [InlineData("VMS2001", "var (e, used) = Make(w); w.Send(e, used); [|e[0]|] = 1;")]
    [InlineData("VMS2001", "Job job = jobs.Dequeue(); w.Send(job.Buffer); [|job.Buffer[0]|] = 1;")]
    [InlineData("VMS2002", "foreach (Job job in jobs) { var s = job.Buffer.Span; w.Send(job.Buffer); n = [|s[0]|]; }")]
    [InlineData("VMS2001", "foreach (var (e, used) in jobs) { w.Send(e, used); [|e[0]|] = 1; }")]
    [InlineData("VMS2001", "Loose loose = loosely.Dequeue(); w.Send(loose.Buffer); [|loose.Buffer[0]|] = 1;")]
    [InlineData("VMS2001", "var e = unknown.Get(); w.Send(e); [|e[0]|] = 1;")]
    [InlineData("VMS2001", "b = queue.Dequeue(); w.Send(b); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "if (boxed is PageBuffer<int> e) { w.Send(e); [|e[0]|] = 1; }")]
    [InlineData("VMS2001", "if (jobs.Dequeue() is { Buffer: var e }) { w.Send(e); [|e[0]|] = 1; }")]
    [InlineData("VMS2001", "switch (boxed) { case PageBuffer<int> e: w.Send(e); [|e[0]|] = 1; break; }")]
    [InlineData("VMS2001", "object o = b; if (o is PageBuffer<int> e) { w.Send(e); [|b[0]|] = 1; }")]
    [InlineData("VMS2004", "foreach (var e in _list) { if (e.Length > 3) { w.Send(e); } [|e[0]|] = 1; }")]
    [InlineData("VMS2004", "var e = n > 3 ? b : _list[0]; w.Send(b); [|e[0]|] = 1;")]
    [InlineData("VMS2012", "foreach (var e in _list) { var s = e.Span; using var f = e.Freeze(); [|s[0]|] = 1; }")]
    [InlineData("VMS2001", "void Local(out PageBuffer<int> x) { x = b; } Local(out var e); w.Send(e); [|b[0]|] = 1;")]
    [InlineData("VMS2004",
        """
        Loose loose = loosely.Dequeue();
        Loose other = loosely.Peek();
        w.Send(loose.Buffer);
        other.Buffer = queue.Dequeue();
        [|loose.Buffer[0]|] = 1;
        """)]
    public Task SentThenUsed_Reported(string id, string statements) => Verify(id, statements);

    [Theory]
    [InlineData("foreach (var e in _list) { e[0] = 1; w.Send(e); }")]
    [InlineData("foreach (var e in _list) { w.Send(e); } foreach (var e in _list) { n += e.Length; }")]
    [InlineData("var e = _list[0]; w.Send(e); e = _list[1]; e[0] = 1; w.Send(e);")]
    [InlineData("while (queue.TryDequeue(out var e)) { e[0] = 1; w.Send(e); }")]
    [InlineData("w.Send(b); queue.TryDequeue(out b); b[0] = 1;")]
    [InlineData("w.Send(b); TryRent(w, out b); b[0] = 1;")]
    [InlineData("w.Send(b); unknown.TryGet(out b); b[0] = 1;")]
    [InlineData("Renew(w, ref b); b[0] = 1;")]
    [InlineData("w.Send(b); unknown.Swap(ref b); b[0] = 1;")]
    [InlineData("void Local(out PageBuffer<int> x) { x = w.Rent<int>(3); } w.Send(b); Local(out b); b[0] = 1; w.Send(b);")]
    [InlineData("var e = unknown.Get(); e[0] = 1;")]
    [InlineData("var e = _list[0]; var k = _list[n]; w.Send(e); k[0] = 1;")]
    [InlineData("Loose loose = loosely.Dequeue(); w.Send(loose.Buffer); loose.Buffer = queue.Dequeue(); loose.Buffer[0] = 1;")]
    [InlineData("Loose loose = loosely.Dequeue(); w.Send(loose.Buffer); unknown.Refill(); loose.Buffer[0] = 1;")]
    [InlineData("foreach (Job job in jobs) { job.Buffer[0] = 1; w.Send(job.Buffer, job.Used); }")]
    [InlineData("var e = unknown.Get(); unknown.Take(e);")]
    [InlineData("Span<int> s = _list[0].Span; foreach (var e in _list) { w.Send(e); } s = default;")]
    public Task Right_Silent(string statements) => Verify("-", statements);

    private static Task Verify(string id, string statements) => Lifetimes.Verify(id, $$"""
        public sealed record Job(PageBuffer<int> Buffer, int Used);
        public sealed class Loose { public PageBuffer<int> Buffer; }
        public abstract class Unknown
        {
            public abstract PageBuffer<int> Get();
            public abstract bool TryGet(out PageBuffer<int> buffer);
            public abstract void Swap(ref PageBuffer<int> buffer);
            public abstract void Take([Consumes] PageBuffer<int> buffer);
            public abstract void Refill();
        }

        public class Subject
        {
            private readonly List<PageBuffer<int>> _list = [];
            private static bool TryRent(SpliceWriter w, out PageBuffer<int> b) { b = w.Rent<int>(8); return true; }
            private static (PageBuffer<int> Buffer, int Used) Make(SpliceWriter w) => (w.Rent<int>(8), 3);
            private static void Renew(SpliceWriter w, ref PageBuffer<int> b) { w.Send(b); b = w.Rent<int>(8); }

            public void M(SpliceWriter w, PageBuffer<int> b, int n, PageBuffer<int>[] array, Queue<PageBuffer<int>> queue, Queue<Job> jobs,
                Queue<Loose> loosely, Unknown unknown, object boxed)
            {
                {{statements}}
            }
        }
        """);
}
