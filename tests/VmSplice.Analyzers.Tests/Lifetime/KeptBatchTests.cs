using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2016: batches that outlive their round; and work on a batch that is not awaited before the next, which is VMS2004.</summary>
public sealed class KeptBatchTests
{
    [Theory]
    [InlineData("await foreach (var b in r) { list.Add([|b|]); }")]
    [InlineData("await foreach (var b in r.WithCancellation(default)) { list.Add([|b|]); }")]
    [InlineData("while (true) { var b = await r.ReadBatchAsync(); if (b.IsEmpty) break; list.Add([|b|]); }")]
    [InlineData("while (n > 0) { list.Add([|await r.ReadBatchAsync()|]); n--; }")]
    [InlineData("var first = await r.ReadBatchAsync(); list.Add([|first|]); await r.ReadBatchAsync(); n = list.Count;")]
    [InlineData("var all = new Queue<ReadOnlyMemory<Tick>>(); await foreach (var b in r) { all.Enqueue([|b.Slice(1)|]); } n = all.Count;")]
    [InlineData("var all = new ReadOnlyMemory<Tick>[8]; await foreach (var b in r) { [|all[n++]|] = b; } n = all.Length;")]
    [InlineData("await foreach (var b in r) { [|map[n++]|] = b; }")]
    [InlineData("await foreach (var b in r) { channel.Writer.TryWrite([|b|]); }")]
    [InlineData("await foreach (var b in r) { await channel.Writer.WriteAsync([|b|]); }")]
    [InlineData("await foreach (var b in r) { pairs.Add([|(b, n)|]); }")]
    [InlineData("await foreach (var b in r) { _kept.Add([|b|]); }")]
    public Task InACollectionWhileTheReaderMovesOn_Reported(string statements) => VerifyAsync("VMS2016", statements);

    [Theory]
    [InlineData("await foreach (var b in r) { list.Add(b.ToArray()); }")]
    [InlineData("await foreach (var b in r) { list.Add(b); Use(list); list.Clear(); }")]
    [InlineData("await foreach (var b in r) { List<ReadOnlyMemory<Tick>> own = [b]; Use(own); }")]
    [InlineData("await foreach (var b in r) { var own = new List<ReadOnlyMemory<Tick>>(); own.Add(b); Use(own); }")]
    [InlineData("var b = await r.ReadBatchAsync(); list.Add(b); Use(list);")]
    [InlineData("await foreach (var b in r) { counts.Add(b.Length); foreach (Tick t in b.Span) { ticks.Add(t); } }")]
    [InlineData("await foreach (var b in r) { ticks.AddRange(b.ToArray()); }")]
    [InlineData("await foreach (var b in r) { await channel.Writer.WriteAsync(b.ToArray()); }")]
    [InlineData("await foreach (var b in r) { queue.Enqueue(b); Sum(queue.Dequeue()); }")]
    public Task CopiedEmptiedOrOfTheRound_Silent(string statements) => VerifyAsync("VMS2016", statements);

    [Theory]
    [InlineData("await foreach (var b in r) { tasks.Add([|Task.Run(() => Sum(b))|]); }")]
    [InlineData("Task last = Task.CompletedTask; await foreach (var b in r) { last = [|Task.Run(() => Sum(b))|]; } await last;")]
    [InlineData("await foreach (var b in r) { [|ThreadPool.QueueUserWorkItem(_ => Sum(b))|]; }")]
    [InlineData("await foreach (var b in r) { tasks.Add([|SumLaterAsync(b)|]); }")]
    [InlineData("while (n-- > 0) { var b = await r.ReadBatchAsync(); _ = [|Task.Factory.StartNew(() => Sum(b))|]; }")]
    public Task WorkThatIsNotAwaited_Reported(string statements) => VerifyAsync("VMS2004", statements);

    [Theory]
    [InlineData("await foreach (var b in r) { await Task.Run(() => Sum(b)); }")]
    [InlineData("await foreach (var b in r) { Task t = Task.Run(() => Sum(b)); n++; await t; }")]
    [InlineData("await foreach (var b in r) { var copy = b.ToArray(); tasks.Add(Task.Run(() => Sum(copy))); }")]
    [InlineData("await foreach (var b in r) { tasks.Add(Task.Run(() => Sum(b))); await Task.WhenAll(tasks); }")]
    [InlineData("await foreach (var b in r) { await SumLaterAsync(b); }")]
    [InlineData("await foreach (var b in r) { tasks.Add(CopyFirstAsync(b)); }")]
    [InlineData("await foreach (var b in r) { Task.Run(() => Sum(b)).Wait(); }")]
    [InlineData("var b = await r.ReadBatchAsync(); tasks.Add(Task.Run(() => Sum(b))); await Task.WhenAll(tasks);")]
    public Task WorkThatIsAwaitedOrHasACopy_Silent(string statements) => VerifyAsync("VMS2004", statements);

    [Theory]
    [InlineData("await foreach (var b in r) { list.Add(b); }", "await foreach (var b in r) { list.Add(b.ToArray()); }")]
    [InlineData("await foreach (var b in r) { map[n++] = b; }", "await foreach (var b in r) { map[n++] = b.ToArray(); }")]
    public Task Kept_CopyIsKept(string statements, string expected)
        => CodeFixTest.VerifyAsync<LifetimeAnalyzer, KeepCopyFix>(Subject(statements), Subject(expected),
            new() { Analyzer = AnalyzerTestOptions.Default with { RunGenerator = true } });

    private static Task VerifyAsync(string id, string statements) => Lifetimes.Verify(id, Subject(statements));

    private static string Subject(string statements) => $$"""
        using System.Threading.Channels;

        [Spliceable]
        public partial struct Tick { public int Time; public float Price; }

        public class Feed
        {
            private readonly List<ReadOnlyMemory<Tick>> _kept = [];
            public int Count => _kept.Count;
            private static void Use(List<ReadOnlyMemory<Tick>> list) => Console.WriteLine(list.Count);
            private static long Sum(ReadOnlyMemory<Tick> batch) => batch.Span[0].Time;
            private static async Task SumLaterAsync(ReadOnlyMemory<Tick> batch) { await Task.Yield(); Console.WriteLine(batch.Span[0].Time); }
            private static async Task CopyFirstAsync(ReadOnlyMemory<Tick> batch)
            {
                var copy = batch.ToArray();
                await Task.Yield();
                Console.WriteLine(copy[0].Time);
            }

            public async Task M(RecordReader<Tick> r, int n, List<ReadOnlyMemory<Tick>> list, Dictionary<int, ReadOnlyMemory<Tick>> map,
                List<(ReadOnlyMemory<Tick>, int)> pairs,
                Channel<ReadOnlyMemory<Tick>> channel, List<int> counts, List<Tick> ticks, List<Task> tasks, Queue<ReadOnlyMemory<Tick>> queue)
            {
                {{statements}}
            }
        }
        """;
}
