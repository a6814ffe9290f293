namespace VmSplice.Analyzers.Tests.Programs.Second;

/// <summary>Mistakes with buffers: used after a send, sent twice, owned by two.</summary>
internal sealed class BuffersWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LogsAfterSend"] = """
            static class P
            {
                static async Task M(SpliceWriter w, ReadOnlyMemory<byte> data)
                {
                    PageBuffer<byte> b = w.Rent<byte>(data.Length);
                    data.CopyTo(b.Memory);
                    await w.SendAsync(b);
                    Console.WriteLine(Convert.ToHexString(b.Span)); //~VMS2002
                }
            }
            """,
        ["DoubleBufferingWithOneBuffer"] = """
            static class P
            {
                static async Task M(SpliceWriter w, Stream source)
                {
                    PageBuffer<byte> b = w.Rent<byte>(65536); //~VMS2013
                    int n;
                    while ((n = await source.ReadAsync(b.Memory)) > 0) //~VMS2001
                    {
                        await w.SendAsync(b, n);
                    }
                }
            }
            """,
        ["SentInUsingStatement"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    using (PageBuffer<int> b = w.Rent<int>(4))
                    {
                        w.Send(b);
                        for (int i = 0; i < 4; i++) b[i] = i; //~VMS2001
                    }
                }
            }
            """,
        ["ConditionalSendThenUse"] = """
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<int> b, bool now)
                {
                    if (now) w.Send(b);
                    b.Span.Reverse(); //~VMS2004
                    if (!now) w.Send(b);
                }
            }
            """,
        ["DisposeThenSend"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    b.Span.Fill(1);
                    b.Dispose();
                    w.Send(b); //~VMS2002
                }
            }
            """,
        ["SegmentKept"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    Frame f = Frame.Rent(w);
                    f.CaptionLength = 4;
                    Span<byte> caption = f.Caption;
                    w.Send(f);
                    "late"u8.CopyTo(caption); //~VMS2001
                }
            }
            """,
        ["RefToHeader"] = """
            static class P
            {
                static async Task M(SpliceWriter w, Frame f)
                {
                    await w.SendAsync(f);
                    f.Header++; //~VMS2001
                }
            }
            """,
        ["ReceiveBufferAfterDispose"] = """
            static class P
            {
                static string M(SpliceReader r)
                {
                    Span<byte> caption;
                    using (Frame f = Frame.Receive(r))
                    {
                        caption = f.Caption;
                    }

                    return System.Text.Encoding.UTF8.GetString(caption); //~VMS2004
                }
            }
            """,
        ["TwoOwners"] = """
            static class P
            {
                static void M(SpliceWriter log, SpliceWriter net, ReadOnlySpan<byte> data)
                {
                    PageBuffer<byte> b = net.Rent<byte>(data.Length);
                    data.CopyTo(b.Span);
                    net.Send(b);
                    log.Write<byte>(b.Span); //~VMS2002
                }
            }
            """,
        ["ListSentTwice"] = """
            static class P
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> parts)
                {
                    foreach (PageBuffer<int> one in parts) w.Send(one);
                    foreach (PageBuffer<int> one in parts) w.Send(one); //~VMS2004
                    parts.Clear();
                }
            }
            """,
        ["NotAwaited"] = """
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    w.SendAsync(b); //~VMS4001
                }
            }
            """,
        ["BorrowedAndSent"] = """
            static class P
            {
                static void Log(SpliceWriter w, [Borrows] PageBuffer<int> b) => w.Send(b); //~VMS2011
            }
            """,
    };
}
