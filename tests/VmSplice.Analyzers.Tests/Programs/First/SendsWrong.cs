namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Buffers that are sent twice, used after a send, or left behind.</summary>
internal sealed class SendsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RetryLoop"] = """
            static class P
            {
                static void M(SpliceWriter w, ReadOnlySpan<byte> data)
                {
                    PageBuffer<byte> b = w.Rent<byte>(data.Length);
                    data.CopyTo(b.Span);
                    for (int attempt = 0; attempt < 3; attempt++)
                    {
                        try
                        {
                            w.Send(b); //~VMS2008
                            return;
                        }
                        catch (IOException)
                        {
                            Thread.Sleep(100);
                        }
                    }
                }
            }
            """,
        ["Broadcast"] = """
            static class P
            {
                static void M(List<SpliceWriter> subscribers, PageBuffer<byte> news) => subscribers.ForEach(one => one.Send(news)); //~VMS2004
            }
            """,
        ["EarlyReturnLeaks"] = """
            static class P
            {
                static bool M(SpliceWriter w, Stream s)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096); //~VMS2013
                    int n = s.Read(b.Span);
                    if (n == 0) return false;
                    w.Send(b, n);
                    return true;
                }
            }
            """,
        ["FrameAfterSend"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    Frame f = Frame.Rent(w);
                    for (int i = 0; i < 10; i++)
                    {
                        f.Header = i; //~VMS2001
                        w.Send(f);
                    }
                }
            }
            """,
        ["FramesInArray"] = """
            static class P
            {
                static void M(SpliceWriter w, int n)
                {
                    Frame[] ring = [Frame.Rent(w), Frame.Rent(w)];
                    w.Send(ring[0]); //~VMS2009
                    w.Send(ring[1]); //~VMS2009
                    ring[0].Header = 1; //~VMS2001
                }
            }
            """,
        ["SendAllThenLength"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> a = w.Rent<int>(4), b = w.Rent<int>(4);
                    w.SendAll(a, b);
                    b.Span.Fill(0); //~VMS2001
                }
            }
            """,
        ["GenericShip"] = """
            static class P
            {
                static void Ship<T>(this SpliceWriter w, PageBuffer<T> b) where T : unmanaged => w.Send(b);
                static void M(SpliceWriter w)
                {
                    PageBuffer<long> b = w.Rent<long>(8);
                    w.Ship(b);
                    b[0] = 1; //~VMS2001
                }
            }
            """,
        ["IteratorOfBuffers"] = """
            static class P
            {
                static IEnumerable<PageBuffer<int>> Fill(SpliceWriter w, int n)
                {
                    for (int i = 0; i < n; i++)
                    {
                        PageBuffer<int> b = w.Rent<int>(4);
                        b[0] = i;
                        yield return b;
                    }
                }

                static void M(SpliceWriter w)
                {
                    foreach (PageBuffer<int> b in Fill(w, 3))
                    {
                        w.Send(b);
                        b[0]++; //~VMS2001
                    }
                }
            }
            """,
        ["TupleFromHelper"] = """
            static class P
            {
                static (PageBuffer<byte> Buffer, int Length) Prepare(SpliceWriter w, Stream s)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096);
                    return (b, s.Read(b.Span));
                }

                static void M(SpliceWriter w, Stream s)
                {
                    var (buffer, length) = Prepare(w, s);
                    w.Send(buffer, length);
                    buffer[0] = 0; //~VMS2001
                }
            }
            """,
        ["RecordWithSharesPayload"] = """
            sealed record Message(int Id, PageBuffer<byte> Payload);
            static class P
            {
                static void M(SpliceWriter w, Message message)
                {
                    Message again = message with { Id = 2 };
                    w.Send(message.Payload);
                    again.Payload[0] = 1; //~VMS2001
                }
            }
            """,
        ["SwitchExpressionSends"] = """
            static class P
            {
                static bool Put(SpliceWriter w, PageBuffer<int> b) { w.Send(b); return true; }
                static void M(SpliceWriter w, PageBuffer<int> b, int kind)
                {
                    bool done = kind switch { 0 => Put(w, b), _ => Put(w, b) };
                    if (done) b[0] = 1; //~VMS2001
                }
            }
            """,
    };
}
