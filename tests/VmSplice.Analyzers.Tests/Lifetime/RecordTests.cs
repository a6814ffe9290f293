using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2003: records and batches, which are valid until their writer or reader moves on.</summary>
public sealed class RecordTests
{
    [Theory]
    [InlineData("ref var t = ref records.Next(); records.Flush(); [|t.Price|] = 1;")]
    [InlineData("ref var t = ref records.Next(); ref var u = ref records.Next(); u.Price = 2; [|t.Price|] = 1;")]
    [InlineData("ref var t = ref records.Next(); records.Dispose(); n = (int)[|t.Time|];")]
    [InlineData("ref var t = ref records.Next(); records.Write(new Tick()); [|t|] = default;")]
    [InlineData("ref var t = ref records.Next(); _ = records.WriteAsync(new Tick[1]); [|t|] = default;")]
    [InlineData("var s = records.GetSpan(4); s[0].Price = 1; records.Advance(1); [|s[1].Price|] = 2;")]
    [InlineData("var m = records.GetMemory(4); records.Advance(1); [|m.Span[0]|] = default;")]
    [InlineData("var s = batches.ReadBatch(); batches.ReadBatch(); n = (int)[|s[0].Time|];")]
    [InlineData("var s = batches.ReadBatch(); batches.Dispose(); n = (int)[|s[0].Time|];")]
    [InlineData("var s = batches.ReadBatch(); batches.CopyTo(records); n = (int)[|s[0].Time|];")]
    [InlineData("var s = batches.ReadBatch(); _ = batches.CopyToAsync(records); n = (int)[|s[0].Time|];")]
    [InlineData("var t = batches.GetText(default); batches.CopyTo(records); n = [|t[0]|];")]
    [InlineData("ref var t = ref records.Next(); batches.CopyTo(records); [|t.Time|] = 1;")]
    [InlineData("var s = records.GetSpan(4); _ = batches.CopyToAsync(records); [|s[0].Time|] = 1;")]
    [InlineData("ref var t = ref records.Next(); batches.CopyTo(destination: records); [|t.Time|] = 1;")]
    [InlineData("ref var t = ref records.Next(); ref double price = ref t.Price; records.Complete(); [|price|] = 3;")]
    [InlineData("ref var t = ref records.Next(); for (int i = 0; i < n; i++) { records.Next().Price = i; } t.Time = 0;", "VMS2004", "t.Time")]
    public Task Stale_Reported(string statements, string? id = null, string? span = null)
        => Lifetimes.VerifyStatements(id ?? "VMS2003", id is null ? statements : statements.Replace(span!, "[|" + span + "|]", StringComparison.Ordinal));

    [Theory]
    [InlineData("ref var t = ref records.Next(); t.Price = 1; t.Time = 2; records.Flush();")]
    [InlineData("for (int i = 0; i < n; i++) { ref var t = ref records.Next(); t.Price = i; t.Time = i; }")]
    [InlineData("ref var t = ref records.Next(); t.Price = 1; t = ref records.Next(); t.Price = 2;")]
    [InlineData("Tick copy = records.Next(); records.Flush(); n = (int)copy.Time;")]
    [InlineData("var s = records.GetSpan(4); s[0].Price = 1; records.Advance(1); s = records.GetSpan(4); s[0].Price = 2; records.Advance(1);")]
    [InlineData("for (var s = batches.ReadBatch(); !s.IsEmpty; s = batches.ReadBatch()) { foreach (ref readonly var t in s) { n += (int)t.Time; } }")]
    [InlineData("while (true) { var s = batches.ReadBatch(); if (s.IsEmpty) break; n += s.Length; n += (int)s[0].Time; }")]
    [InlineData("ref var t = ref records.Next(); long count = records.RecordsWritten; t.Price = count;")]
    [InlineData("using var other = Tick.CreateWriter(w); ref var t = ref records.Next(); other.Next().Price = 2; t.Price = 1;")]
    [InlineData("records.Next().Price = 2; records.Next() = new Tick { Price = 3 };")]
    [InlineData("var s = batches.ReadBatch(); n = (int)s[0].Time; records.Next().Time = n; batches.CopyTo(records); records.Next().Time = n;")]
    [InlineData("using var other = Tick.CreateWriter(w); ref var t = ref records.Next(); batches.CopyTo(other); t.Time = 1; other.Complete();")]
    [InlineData("var s = batches.ReadBatch().ToArray(); batches.CopyTo(records); n = (int)s[0].Time; s = batches.ReadBatch().ToArray();")]
    [InlineData("Span<Tick> s = new Tick[4]; batches.ReadBatch().CopyTo(s); batches.ReadBatch(); n = (int)s[0].Time;")]
    [InlineData("var kept = batches.ReadBatch().ToArray(); batches.ReadBatch(); n = (int)kept[0].Time;")]
    public Task Fresh_Silent(string statements) => Lifetimes.VerifyStatements("VMS2003", statements);

    [Theory]
    [InlineData("var s = batches.ReadBatch(); batches.ReadBatch(); _sum = [|s[0].Time|];")]
    [InlineData("ref var t = ref records.Next(); records.Flush(); [|t.Time|] = 1;")]
    public Task CapturedByPrimaryConstructor_Reported(string statements) => Lifetimes.Verify("VMS2003", Captured(statements));

    [Theory]
    [InlineData("var s = batches.ReadBatch(); _sum = s[0].Time; batches.ReadBatch();")]
    [InlineData("ref var t = ref records.Next(); t.Time = 1; records.Flush();")]
    public Task CapturedByPrimaryConstructor_Silent(string statements) => Lifetimes.Verify("VMS2003", Captured(statements));

    private static string Captured(string statements) => $$"""
        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        public class Subject(RecordWriter<Tick> records, RecordReader<Tick> batches)
        {
            private long _sum;
            public long M() { {{statements}} return _sum + records.RecordsWritten + batches.RecordsRead; }
        }
        """;
}
