namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Mistakes with slots, batches and the end of a stream.</summary>
internal sealed class RecordsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchesInDictionary"] = """
            static class P
            {
                static async Task<Dictionary<long, ReadOnlyMemory<Tick>>> IndexAsync(RecordReader<Tick> reader)
                {
                    var index = new Dictionary<long, ReadOnlyMemory<Tick>>();
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        index[batch.Span[0].Time] = batch; //~VMS2016
                    }

                    return index;
                }
            }
            """,
        ["TwoBatchesAtOnce"] = """
            static class P
            {
                static double M(RecordReader<Tick> r)
                {
                    ReadOnlySpan<Tick> a = r.ReadBatch();
                    ReadOnlySpan<Tick> b = r.ReadBatch();
                    return b[0].Price - a[0].Price; //~VMS2003
                }
            }
            """,
        ["TwoSlotsAtOnce"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w)
                {
                    ref Tick open = ref w.Next();
                    ref Tick close = ref w.Next();
                    close.Price = 2;
                    open.Price = 1; //~VMS2003
                }
            }
            """,
        ["SpanAfterAdvance"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w)
                {
                    Span<Tick> s = w.GetSpan(2);
                    s[0].Price = 1;
                    w.Advance(1);
                    s[1].Price = 2; //~VMS2003
                    w.Advance(1);
                }
            }
            """,
        ["BatchReturned"] = """
            static class P
            {
                static ReadOnlySpan<Tick> First(SpliceReader r)
                {
                    using RecordReader<Tick> reader = Tick.CreateReader(r);
                    return reader.ReadBatch(); //~VMS2003
                }
            }
            """,
        ["AwaitUsingWithoutComplete"] = """
            static class P
            {
                static async Task M(SpliceWriter pipe, Tick[] ticks)
                {
                    await using RecordWriter<Tick> w = Tick.CreateWriter(pipe); //~VMS2014
                    await w.WriteAsync(ticks);
                    await w.FlushAsync();
                }
            }
            """,
        ["VarNext"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w, IEnumerable<double> prices)
                {
                    foreach (double price in prices)
                    {
                        var tick = w.Next(); //~VMS2015
                        tick.Price = price;
                    }

                    w.Flush();
                }
            }
            """,
        ["ObjectInitializerOnCopy"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w)
                {
                    Tick tick = w.Next(); //~VMS2015
                    tick = tick with { Price = 3 };
                    w.Flush();
                }
            }
            """,
        ["BackgroundSumOfBatch"] = """
            static class P
            {
                static double Sum(ReadOnlyMemory<Tick> batch) { double s = 0; foreach (Tick t in batch.Span) s += t.Price; return s; }
                static async Task<double> M(RecordReader<Tick> reader)
                {
                    var sums = new List<Task<double>>();
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        sums.Add(Task.Run(() => Sum(batch))); //~VMS2004
                    }

                    return (await Task.WhenAll(sums)).Sum();
                }
            }
            """,
        ["PipeWriterMemoryAfterFlush"] = """
            static class P
            {
                static async Task M(SpliceWriter pipe)
                {
                    PipeWriter w = pipe.AsPipeWriter();
                    Memory<byte> m = w.GetMemory(512);
                    m.Span[0] = 1;
                    w.Advance(512);
                    await w.FlushAsync();
                    m.Span[1] = 2; //~VMS2003
                    await w.CompleteAsync();
                }
            }
            """,
    };
}
