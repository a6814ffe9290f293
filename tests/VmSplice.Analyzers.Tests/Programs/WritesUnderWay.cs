namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Records that an unfinished WriteAsync still reads.</summary>
internal sealed class WritesUnderWay : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WriteAsyncOfRecordsNotAwaited"] = """
            static class P
            {
                static async Task M(RecordWriter<Tick> r, PageBuffer<Tick> b)
                {
                    ValueTask t = r.WriteAsync(b.Memory);
                    b[0] = default; //~VMS2004
                    await t;
                    b.Dispose();
                }
            }
            """,
        ["WriteAsyncOfRecordsAwaited"] = """
            static class P
            {
                static async Task M(RecordWriter<Tick> r, PageBuffer<Tick> b)
                {
                    await r.WriteAsync(b.Memory);
                    b[0] = default;
                    ValueTask t = r.WriteAsync(b.Memory);
                    await t;
                    b.Dispose();
                }
            }
            """,
        ["WriteAsyncOfRecordsDisposed"] = """
            static class P
            {
                static ValueTask M(RecordWriter<Tick> r)
                {
                    using PageBuffer<Tick> b = PageBuffer<Tick>.Allocate(16); //~VMS2004
                    return r.WriteAsync(b.Memory);
                }
            }
            """,
        ["WriteAsyncOfArray"] = """
            static class P
            {
                static async Task M(RecordWriter<Tick> r, Tick[] a)
                {
                    ValueTask t = r.WriteAsync(a);
                    a[0] = default; //~VMS2004
                    await t;
                }
            }
            """,
    };
}
