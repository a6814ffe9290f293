namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>More mistakes, in shapes that the first ones did not have.</summary>
internal sealed class SecondProgramsWrong : IPrograms
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
        ["OffsetFromField"] = """
            sealed class Sender(SafeHandle pipe)
            {
                private readonly int _header = 24;

                public void Gift(int length)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(1 << 20);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(b.Address + _header, (nuint)Environment.SystemPageSize), SpliceFlags.Gift); //~VMS3001
                    if (sent != Environment.SystemPageSize) throw new IOException();
                }
            }
            """,
        ["LengthFromHelper"] = """
            static class P
            {
                static int Bytes(int records) => records * 24;
                static void M(SafeHandle pipe)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(1 << 20);
                    int length = Bytes(1000);
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)length), SpliceFlags.Gift) != length) throw new IOException(); //~VMS3002
                }
            }
            """,
        ["SocketOfConstructor"] = """
            sealed class Net
            {
                private readonly System.Net.Sockets.Socket _socket;
                public Net() => _socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                public void Send(FrozenPages<byte> page)
                {
                    using SpliceWriter w = SpliceWriter.Open(_socket.SafeHandle); //~VMS4003
                    w.Send(page);
                }
            }
            """,
        ["ShortTransferAsSuccess"] = """
            static class P
            {
                static bool M(SafeHandle pipe, FrozenPages<byte> page)
                    => RawPipe.VmSplice(pipe, new IoVec(page.Address, (nuint)page.Length), SpliceFlags.None) > 0; //~VMS4002
            }
            """,
        ["FlagOfSplice"] = """
            static class P
            {
                static void M(SafeHandle pipe, FrozenPages<byte> page)
                {
                    const SpliceFlags flags = SpliceFlags.Move | SpliceFlags.More;
                    if (RawPipe.VmSplice(pipe, new IoVec(page.Address, (nuint)page.Length), flags) != page.Length) throw new IOException(); //~VMS4005
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
