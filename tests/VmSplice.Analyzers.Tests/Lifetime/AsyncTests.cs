using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// Sends and receives that go on in the background: a send takes its buffer with the call, awaited or not; a receive
/// fills its buffer until it is awaited. And spliceable buffers, whose segments are views.
/// </summary>
public sealed class AsyncTests
{
    [Theory]
    [InlineData("VMS2001", "await w.SendAsync(b); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "var t = w.SendAsync(b); [|b[0]|] = 1; await t;")]
    [InlineData("VMS2001", "var m = b.Memory; var t = w.GiftAsync(b); [|m.Span[0]|] = 1; await t;")]
    [InlineData("VMS2002", "await w.SendAsync(b); n = [|b[0]|];")]
    [InlineData("VMS2002", "var m = b.Memory; await w.SendAsync(b).ConfigureAwait(false); n = [|m.Span[0]|];")]
    [InlineData("VMS2008", "await w.SendAsync(b); await w.GiftAsync([|b|]);")]
    [InlineData("VMS2004", "if (n > 3) { await w.SendAsync(b); } [|b[0]|] = 1;")]
    [InlineData("VMS2001", "await w.SendAsync(b); await r.ReadAsync([|b|]);")]
    [InlineData("VMS2001", "w.Send(b); r.Read([|b|]);")]
    [InlineData("VMS2004", "var t = r.ReadAsync(b); w.Send([|b|]); await t;")]
    [InlineData("VMS2004", "var t = r.ReadAsync(b); [|b.Dispose()|]; await t;")]
    [InlineData("VMS2003", "var m = await batches.ReadBatchAsync(); await batches.ReadBatchAsync(); n = [|m.Span[0].Value|];")]
    [InlineData("VMS2003", "ReadOnlyMemory<Tick> last = default; await foreach (var m in batches) { last = m; } n = [|last.Span[0].Value|];")]
    [InlineData("VMS2001", "w.Send(frame); [|frame.Header|] = 1;")]
    [InlineData("VMS2001", "frame.Pixels.Clear(); w.Gift(frame); [|frame.Pixels.Clear()|];")]
    [InlineData("VMS2002", "w.Send(frame); n = [|frame.Header|];")]
    [InlineData("VMS2008", "w.Send(frame); w.Send([|frame|]);")]
    [InlineData("VMS2001", "w.Send(frame); r.ReceiveInto([|frame|]);")]
    [InlineData("VMS2008", "try { await w.SendAsync(b); } catch (IOException) { w.Send([|b|]); }")]
    [InlineData("VMS2004", "try { n = int.Parse(Console.ReadLine()!); await w.SendAsync(b); } catch (IOException) { w.Send([|b|]); }")]
    [InlineData("VMS2001", "await w.SendAsync(frame); [|frame.Header|] = 1;")]
    [InlineData("VMS2001", "var t = w.SendAsync(frame); [|frame.Pixels.Clear()|]; await t;")]
    [InlineData("VMS2002", "await w.GiftAsync(frame); n = [|frame.Header|];")]
    [InlineData("VMS2008", "await w.SendAsync(frame); w.Send([|frame|]);")]
    [InlineData("VMS2001", "await w.SendAllAsync([b, w.Rent<int>(3)]); [|b[0]|] = 1;")]
    [InlineData("VMS2008", "w.SendAll(b, w.Rent<int>(3)); await w.SendAsync([|b|]);")]
    [InlineData("VMS2004", "var t = r.ReceiveIntoAsync(frame); w.Send([|frame|]); await t;")]
    [InlineData("VMS2004", "var t = r.TryReceiveIntoAsync(frame); [|frame.Dispose()|]; await t;")]
    [InlineData("VMS2001", "await w.SendAsync(frame); await r.ReceiveIntoAsync([|frame|]);")]
    [InlineData("VMS2004", "var t = w.WriteAsync<int>(b.Memory); [|b[0]|] = 1; await t;")]
    [InlineData("VMS2004", "var t = w.WriteAsync<int>(b.Memory); w.Send([|b|]); await t;")]
    [InlineData("VMS2013", "var f = [|r.Receive<Frame>()|]; n = f.Header;")]
    [InlineData("VMS2013", "var f = await [|r.ReceiveAsync<Frame>()|]; n = f.Header;")]
    [InlineData("VMS2013", "while ([|r.TryReceive<Frame>()|] is { } f) { n += f.Header; }")]
    [InlineData("VMS2001", "var f = await r.ReceiveAsync<Frame>(); w.Send(f); [|f.Header|] = 1;")]
    [InlineData("VMS2013", "var f = [|Frame.Rent(w)|]; f.Header = 1;")]
    [InlineData("VMS2013", "var f = [|Frame.Allocate()|]; f.Header = 1;")]
    public Task Misuse_Reported(string id, string statements) => Verify(id, statements);

    [Theory]
    [InlineData("b[0] = 1; await w.SendAsync(b);")]
    [InlineData("var t = w.SendAsync(b); await t;")]
    [InlineData("await r.ReadAsync(b); b[0] = 1; w.Send(b);")]
    [InlineData("var t = r.ReadAsync(b); n = await t; w.Send(b);")]
    [InlineData("var t = r.ReadAsync(b); n = t.AsTask().GetAwaiter().GetResult(); w.Send(b);")]
    [InlineData("while (n-- > 0) { var one = w.Rent<int>(8); await r.ReadAsync(one); await w.SendAsync(one); }")]
    [InlineData("var m = await batches.ReadBatchAsync(); n = m.Span[0].Value; m = await batches.ReadBatchAsync(); n = m.Span[0].Value;")]
    [InlineData("await foreach (var m in batches) { n += m.Span[0].Value; }")]
    [InlineData("using var f = Frame.Rent(w); f.Header = 1; f.Pixels.Clear(); w.Send(f);")]
    [InlineData("while (r.TryReceiveInto(frame)) { n += frame.Header; } w.Send(frame);")]
    [InlineData("frame.Header = 1; w.Send(frame); frame.Dispose();")]
    [InlineData("frame.Header = 1; await w.SendAsync(frame);")]
    [InlineData("b[0] = 1; var e = w.Rent<int>(4); await w.SendAllAsync([b, e]);")]
    [InlineData("using var f = r.Receive<Frame>(); n = f.Header;")]
    [InlineData("using var f = await r.ReceiveAsync<Frame>(); n = f.Header; await r.ReceiveIntoAsync(f); n = f.Header;")]
    [InlineData("while (r.TryReceive<Frame>() is { } f) { w.Send(f); }")]
    [InlineData("while (await r.TryReceiveAsync<Frame>() is { } f) { using (f) { n += f.Header; } }")]
    [InlineData("if (await r.TryReceiveAsync<Frame>() is { } f) { f.Dispose(); }")]
    [InlineData("if (r.TryReceive<Frame>() is { } f) { using (f) { n += f.Header; } }")]
    [InlineData("while (await r.TryReceiveAsync<Frame>() is { } f) { f.Dispose(); }")]
    [InlineData("while (r.TryReceive<Frame>() is { } f) { using (f) { n += f.Header; } }")]
    [InlineData("Frame? f; while ((f = r.TryReceive<Frame>()) is not null) { n += f.Header; f.Dispose(); }")]
    [InlineData("while (await r.TryReceiveIntoAsync(frame)) { n += frame.Header; } await w.SendAsync(frame);")]
    [InlineData("var t = w.WriteAsync<int>(b.Memory); n = b[0]; await t; b[0] = 1; w.Send(b);")]
    [InlineData("var t = r.ReceiveAsync<Frame>(); using var f = await t; n = f.Header;")]
    public Task Right_Silent(string statements) => Verify("-", statements);

    [Theory]
    [InlineData("[|w.SendAsync(b)|];")]
    [InlineData("var t = [|w.GiftAsync(b)|];")]
    [InlineData("[|w.SendAllAsync([b])|];")]
    [InlineData("using var gather = w.CreateGather(); gather.Add(b); [|gather.SendAsync()|]; await Task.Yield();")]
    [InlineData("[|w.WriteAsync(bytes)|]; await Task.Yield();")]
    [InlineData("using var x = Tick.CreateWriter(w); [|batches.CopyToAsync(x)|]; await x.CompleteAsync();")]
    public Task NotAwaited_Reported(string statements)
        => AnalyzerTest.VerifyAsync(Source(statements), Options("VMS4001"), new UnawaitedSendAnalyzer());

    [Theory]
    [InlineData("await w.SendAsync(b);")]
    [InlineData("_ = w.SendAsync(b);")]
    [InlineData("var t = w.SendAsync(b); await t;")]
    [InlineData("Task t = w.SendAsync(b).AsTask(); await Task.WhenAll(t);")]
    public Task Awaited_Silent(string statements)
        => AnalyzerTest.VerifyAsync(Source(statements), Options("VMS4001"), new UnawaitedSendAnalyzer());

    private static Task<AnalyzerResult> Verify(string id, string statements)
        => AnalyzerTest.VerifyAsync(Source(statements), Options(id), new LifetimeAnalyzer());

    private static AnalyzerTestOptions Options(string id) => new() { Id = id, RunGenerator = true };

    private static string Source(string statements) => $$"""
        [Spliceable]
        public partial struct Tick { public int Value; }

        [Spliceable]
        public sealed partial class Frame
        {
            [Segment]
            public partial ref int Header { get; }

            [Segment(Length = 8)]
            public partial Span<int> Pixels { get; }
        }

        public class Subject
        {
            public async Task M(SpliceWriter w, SpliceReader r, PageBuffer<int> b, RecordReader<Tick> batches, Frame frame, ReadOnlyMemory<byte> bytes, int n)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}
