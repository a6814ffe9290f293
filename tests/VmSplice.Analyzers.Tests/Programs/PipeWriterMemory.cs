namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Memory of a PipeWriter over a splice writer: it is the pipe's from the next flush on.</summary>
internal sealed class PipeWriterMemory : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Flush"] = """
            static class P
            {
                static async Task M(SpliceWriter w)
                {
                    PipeWriter p = w.AsPipeWriter();
                    Memory<byte> m = p.GetMemory(8);
                    m.Span[0] = 1;
                    p.Advance(8);
                    await p.FlushAsync();
                    m.Span[0] = 2; //~VMS2003
                    await p.CompleteAsync();
                }
            }
            """,
        ["Right"] = """
            static class P
            {
                static async Task M(SpliceWriter w)
                {
                    PipeWriter p = w.AsPipeWriter();
                    for (int i = 0; i < 3; i++)
                    {
                        Memory<byte> m = p.GetMemory(8);
                        m.Span[0] = 1;
                        p.Advance(8);
                        p.GetSpan(4)[0] = 3;
                        m.Span[1] = 2;
                        p.Advance(4);
                        await p.FlushAsync();
                    }
                    await p.CompleteAsync();
                }
            }
            """,
        ["Complete"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PipeWriter p = w.AsPipeWriter(leaveOpen: true);
                    Span<byte> m = p.GetSpan(8);
                    p.Advance(8);
                    p.Complete();
                    m[0] = 2; //~VMS2003
                }
            }
            """,
        ["DirectlyWriteasync"] = """
            static class P
            {
                static async Task M(SpliceWriter w, byte[] more)
                {
                    var p = w.AsPipeWriter();
                    var m = p.GetMemory(8);
                    p.Advance(8);
                    FlushResult r = await p.WriteAsync(more);
                    if (!r.IsCompleted)
                    {
                        m.Span.Clear(); //~VMS2003
                    }
                    p.Complete();
                }
            }
            """,
        ["HelperFillsBefore"] = """
            static class P
            {
                static async Task M(SpliceWriter w)
                {
                    var p = w.AsPipeWriter();
                    var m = p.GetMemory(8);
                    Fill(m);
                    p.Advance(8);
                    await Send(p);
                    Fill(m); //~VMS2003
                    p.Complete();
                }
                static void Fill(Memory<byte> m) => m.Span.Clear();
                static async Task Send(PipeWriter p) => await p.FlushAsync();
            }
            """,
        ["AnyPipeWriterNotOurs"] = """
            static class P
            {
                static async Task M(PipeWriter p)
                {
                    Memory<byte> m = p.GetMemory(8);
                    p.Advance(8);
                    await p.FlushAsync();
                    m.Span[0] = 2;
                    await p.CompleteAsync();
                }
            }
            """,
    };
}
