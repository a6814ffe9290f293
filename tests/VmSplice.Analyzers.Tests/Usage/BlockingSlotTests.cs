using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4010.</summary>
public sealed class BlockingSlotTests
{
    [Theory]
    [InlineData("async Task M(RecordWriter<Tick> r) { for (int i = 0; i < 9; i++) { [|r.Next()|].Time = i; } await r.CompleteAsync(); }")]
    [InlineData("async Task M(RecordBroadcaster<Tick> r) { for (int i = 0; i < 9; i++) { [|r.Next()|].Time = i; } await r.CompleteAsync(); }")]
    [InlineData("async Task M(RecordWriter<Tick> r, long[] a) { foreach (long i in a) { [|r.Next()|].Time = i; await Task.Yield(); } }")]
    [InlineData("async ValueTask M(RecordWriter<Tick> r) { while (true) { [|r.GetSpan(1)|][0].Time = 1; r.Advance(1); await r.FlushAsync(); } }")]
    [InlineData("async Task M(RecordWriter<Tick> r) { do { [|r.GetMemory(1)|].Span[0].Time = 1; r.Advance(1); } while (await Task.FromResult(false)); }")]
    [InlineData("Task M(RecordWriter<Tick> r) => Task.Run(async () => { for (int i = 0; i < 9; i++) { [|r.Next()|].Time = i; } await r.CompleteAsync(); });")]
    [InlineData(
        """
        void M(RecordWriter<Tick> r)
        {
            _ = Fill();
            async Task Fill()
            {
                for (int i = 0; i < 9; i++) { [|r.Next()|].Time = i; }
                await r.CompleteAsync();
            }
        }
        """)]
    public Task SlotInALoopOfAsynchronousCode_IsReported(string member) => VerifyAsync("VMS4010", member);

    [Theory]
    [InlineData("async Task M(RecordWriter<Tick> r) { for (int i = 0; i < 9; i++) { if (r.FreeSlots == 0) { await r.FlushAsync(); } r.Next().Time = i; } }")]
    [InlineData("async Task M(RecordWriter<Tick> r) { r.Next().Time = 1; await r.FlushAsync(); }")]
    [InlineData("void M(RecordWriter<Tick> r) { for (int i = 0; i < 9; i++) { r.Next().Time = i; } r.Complete(); }")]
    [InlineData("async Task M(RecordWriter<Tick> r, Tick[] a) { while (a.Length > 3) { await r.WriteAsync(a); } }")]
    [InlineData("async Task M(RecordWriter<Tick> r) { await Task.Yield(); Fill(); void Fill() { for (int i = 0; i < 9; i++) { r.Next().Time = i; } } }")]
    [InlineData("async Task M(System.Buffers.ArrayBufferWriter<long> r) { for (int i = 0; i < 9; i++) { r.GetSpan(1)[0] = i; await Task.Yield(); } }")]
    public Task SlotThatDoesNotBlock_IsSilent(string member) => VerifyAsync("VMS4010", member);

    private static Task<AnalyzerResult> VerifyAsync(string id, string member) => AnalyzerTest.VerifyRuleAsync<BlockingSlotAnalyzer>(id, $$"""
        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        public class Subject
        {
            public {{member}}
        }
        """);
}
