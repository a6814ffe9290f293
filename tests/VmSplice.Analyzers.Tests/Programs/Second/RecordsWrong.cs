namespace VmSplice.Analyzers.Tests.Programs.Second;

/// <summary>Mistakes with slots and batches.</summary>
internal sealed class RecordsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RefLocalInLoop"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w, int n)
                {
                    ref Tick first = ref w.Next();
                    for (int i = 1; i < n; i++)
                    {
                        w.Next().Time = i;
                    }

                    first.Price = n; //~VMS2004
                    w.Flush();
                }
            }
            """,
        ["SlotAfterFlush"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w)
                {
                    ref Tick tick = ref w.Next();
                    tick.Time = 1;
                    w.Flush();
                    tick.Price = 2; //~VMS2003
                }
            }
            """,
        ["MemoryOfSlotsInTask"] = """
            static class P
            {
                static async Task M(RecordWriter<Tick> w)
                {
                    Memory<Tick> slots = w.GetMemory(8);
                    w.Advance(8);
                    await w.FlushAsync();
                    slots.Span[0].Price = 1; //~VMS2003
                }
            }
            """,
        ["QueueOfBatches"] = """
            static class P
            {
                static async Task M(RecordReader<Tick> r, Channel<ReadOnlyMemory<Tick>> to)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in r)
                    {
                        await to.Writer.WriteAsync(batch); //~VMS2016
                    }

                    to.Writer.Complete();
                }
            }
            """,
        ["ToListOfBatches"] = """
            static class P
            {
                static async Task<int> M(RecordReader<Tick> r)
                {
                    List<ReadOnlyMemory<Tick>> all = await r.ToListAsync(); //~VMS2016
                    return all.Sum(one => one.Length);
                }
            }
            """,
    };
}
