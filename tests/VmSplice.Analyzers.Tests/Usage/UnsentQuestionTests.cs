using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using VmSplice.CodeFixes.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4009, and its fix.</summary>
public sealed class UnsentQuestionTests
{
    [Theory]
    [InlineData("q.Next().Time = 1; sum = [|a|].ReadBatch().Length; q.Complete();")]
    [InlineData("q.Next().Time = 1; foreach (Tick t in [|a|]) { sum += t.Time; } q.Complete();")]
    [InlineData("q.Write(ticks); sum = [|a|].ReadBatch().Length; q.Complete();")]
    [InlineData("q.Next().Time = 1; q.Flush(); q.Next().Time = 2; sum = [|a|].ReadBatch().Length; q.Complete();")]
    [InlineData("q.GetSpan(4)[0].Time = 1; q.Advance(1); while (sum < 9) { sum += [|a|].ReadBatch().Length; } q.Complete();")]
    [InlineData("q.Next().Time = 1; sum = [|a|].ReadBatchAsync().AsTask().Result.Length; q.Complete();")]
    [InlineData("q.Next().Time = 1; sum = [|a|].CopyTo(Tick.CreateWriter(second.Writer)); q.Complete();")]
    [InlineData("foreach (Tick t in ticks) { q.Next() = t; } while (sum < 9) { sum += [|a|].ReadBatch().Length; } q.Complete();")]
    [InlineData("foreach (Tick t in ticks) q.Next() = t; sum = [|a|].ReadBatch().Length; q.Complete();")]
    [InlineData("for (int i = 0; i < 4; i++) { q.Next().Time = i; } foreach (Tick t in [|a|]) { sum += t.Time; } q.Complete();")]
    [InlineData("while (sum < 4) { using (link.Writer) { q.Next().Time = sum++; } } sum = [|a|].ReadBatch().Length; q.Complete();")]
    [InlineData("try { q.Next().Time = 1; } finally { sum++; } sum = [|a|].ReadBatch().Length; q.Complete();")]
    [InlineData("if (sum > 3) { foreach (Tick t in ticks) { q.Next() = t; } sum = [|a|].ReadBatch().Length; } q.Complete();")]
    [InlineData("switch (sum) { case 1: q.Next().Time = 1; sum = [|a|].ReadBatch().Length; break; } q.Complete();")]
    public Task AnswerReadBeforeTheQuestionIsSent_IsReported(string body) => VerifyAsync("VMS4009", body);

    [Theory]
    [InlineData("q.Next().Time = 1; q.Flush(); sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("q.Next().Time = 1; q.Complete(); sum = a.ReadBatch().Length;")]
    [InlineData("q.Next().Time = 1; other.Next().Time = 2; sum = b.ReadBatch().Length; q.Complete(); other.Complete();")]
    [InlineData("Action ask = () => q.Next().Time = 1; ask(); sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("q.Next().Time = 1; Send(q); sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("if (sum > 3) { q.Next().Time = 1; } else { sum = a.ReadBatch().Length; } q.Complete();")]
    [InlineData("sum = a.ReadBatch().Length; q.Next().Time = sum; q.Complete();")]
    [InlineData("foreach (Tick t in ticks) { q.Next() = t; q.Flush(); } sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("foreach (Tick t in ticks) { q.Next() = t; } q.Flush(); sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("foreach (Tick t in ticks) { if (t.Time > 0) { q.Next() = t; } } sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("foreach (Tick t in ticks) { q.Next() = t; if (t.Time > 4) { q.Flush(); } } sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("try { q.Next().Time = 1; } catch (IOException) { return; } sum = a.ReadBatch().Length; q.Complete();")]
    [InlineData("switch (sum) { case 1: foreach (Tick t in ticks) { q.Next() = t; } break; } sum = a.ReadBatch().Length; q.Complete();")]
    public Task AnswerReadAfterTheQuestion_IsSilent(string body) => VerifyAsync("VMS4009", body);

    [Fact]
    public async Task Message_NamesWriterAndLine()
    {
        AnalyzerResult result = await VerifyAsync("VMS4009", "q.Next().Time = 1; sum = [|a|].ReadBatch().Length; q.Complete();");
        Assert.Equal("'a' waits for an answer here, and what was written to 'q' on line 13 may still be in its chunk: call q.Flush() first", result.Message);
    }

    [Fact]
    public Task Fix_FlushesFirst() => CodeFixTest.VerifyAsync<UnsentQuestionAnalyzer, FlushQuestionFix>(
        Subject("q.Next().Time = 1;\n        sum = a.ReadBatch().Length;\n        q.Complete();"),
        Subject("q.Next().Time = 1;\n        q.Flush();\n        sum = a.ReadBatch().Length;\n        q.Complete();"),
        new() { Analyzer = AnalyzerTestOptions.Default });

    private static Task<AnalyzerResult> VerifyAsync(string id, string body) => AnalyzerTest.VerifyRuleAsync<UnsentQuestionAnalyzer>(id, Subject(body));

    private static string Subject(string body) => $$"""
        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        public class Subject
        {
            private static void Send(RecordWriter<Tick> writer) => writer.Flush();
            public void M(SpliceLink link, SpliceLink second, Tick[] ticks, long sum)
            {
                using RecordWriter<Tick> q = Tick.CreateWriter(link.Writer);
                using RecordReader<Tick> a = new(link.Reader);
                using RecordWriter<Tick> other = Tick.CreateWriter(link.Writer);
                using RecordReader<Tick> b = new(second.Reader);
                {{body}}
                Console.WriteLine(sum);
            }
        }
        """;
}
