namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Mistakes of somebody who has read README and the guides, each in a shape of its own.</summary>
internal sealed class FirstProgramsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChannelConsumerLooksBack"] = """
            static class P
            {
                static async Task<long> DrainAsync(Channel<PageBuffer<byte>> queue, SpliceWriter w, CancellationToken end)
                {
                    long sum = 0;
                    await foreach (PageBuffer<byte> b in queue.Reader.ReadAllAsync(end))
                    {
                        await w.SendAsync(b, end);
                        sum += b.Span[0]; //~VMS2002
                    }

                    return sum;
                }
            }
            """,
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
        ["TaskStartedThenCleared"] = """
            static class P
            {
                static async Task M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(16);
                    Task sending = w.SendAsync(b).AsTask();
                    b.Span.Clear(); //~VMS2001
                    await sending;
                }
            }
            """,
        ["ArrayChangedWhileItIsWritten"] = """
            static class P
            {
                static async Task M(SpliceWriter w, byte[] data)
                {
                    ValueTask writing = w.WriteAsync(data);
                    data[0] = 1; //~VMS2004
                    await writing;
                }
            }
            """,
        ["ReceiveNotAwaited"] = """
            static class P
            {
                static async Task M(SpliceReader r, SpliceWriter w)
                {
                    using PageBuffer<byte> b = w.Rent<byte>(4096);
                    ValueTask<int> reading = r.ReadAsync(b.Memory);
                    w.Send(b); //~VMS2004
                    await reading;
                }
            }
            """,
        ["PooledArrayReturnedInFinally"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe, ReadOnlySpan<byte> data)
                {
                    byte[] rented = ArrayPool<byte>.Shared.Rent(data.Length);
                    try
                    {
                        data.CopyTo(rented);
                        fixed (byte* p = rented)
                        {
                            if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)data.Length), SpliceFlags.None) != data.Length) //~VMS2006
                            {
                                throw new IOException();
                            }
                        }
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(rented); //~VMS2007
                    }
                }
            }
            """,
        ["StackSpanPinned"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe)
                {
                    Span<byte> header = stackalloc byte[64];
                    header.Clear();
                    fixed (byte* p = header)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None); //~VMS2005
                        if (sent != 64) throw new IOException();
                    }
                }
            }
            """,
        ["UnsafeAddressOfArray"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe)
                {
                    byte[] data = [1, 2, 3];
                    void* p = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(data));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(p, (nuint)data.Length), SpliceFlags.None); //~VMS2006
                    if (sent != data.Length) throw new IOException();
                }
            }
            """,
        ["PinnedHandleFreedAtOnce"] = """
            static class P
            {
                static void M(SafeHandle pipe, byte[] data)
                {
                    GCHandle pin = GCHandle.Alloc(data, GCHandleType.Pinned);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), (nuint)data.Length), SpliceFlags.None); //~VMS2006
                    pin.Free();
                    if (sent != data.Length) throw new IOException();
                }
            }
            """,
        ["NativeMemoryFreed"] = """
            static class P
            {
                static unsafe void M(SafeHandle pipe)
                {
                    byte* p = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
                    new Span<byte>(p, 4096).Fill(1);
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096) throw new IOException();
                    NativeMemory.AlignedFree(p); //~VMS2007
                }
            }
            """,
        ["HGlobalFreedInFinally"] = """
            static class P
            {
                static void M(SafeHandle pipe, byte[] data)
                {
                    nint p = Marshal.AllocHGlobal(data.Length);
                    try
                    {
                        Marshal.Copy(data, 0, p, data.Length);
                        if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)data.Length), SpliceFlags.None) != data.Length) throw new IOException();
                    }
                    finally
                    {
                        Marshal.FreeHGlobal(p); //~VMS2007
                    }
                }
            }
            """,
        ["GiftInsideOfPage"] = """
            static class P
            {
                static void M(SafeHandle pipe)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(8192);
                    nint header = 16;
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address + header, 4096), SpliceFlags.Gift) != 4096) throw new IOException(); //~VMS3001 VMS3005
                }
            }
            """,
        ["GiftOfRecordLength"] = """
            static class P
            {
                static void M(SafeHandle pipe, int records)
                {
                    PageBuffer<Tick> b = PageBuffer<Tick>.Allocate(256);
                    nuint length = 100 * 16;
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, length), SpliceFlags.Gift) != (nint)length) throw new IOException(); //~VMS3002
                }
            }
            """,
        ["ResultAssignedAndForgotten"] = """
            static class P
            {
                static void M(SafeHandle pipe, FrozenPages<byte> pages)
                {
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pages.Address, (nuint)pages.Length), SpliceFlags.None); //~VMS4002
                    if (sent < 0) throw new IOException();
                }
            }
            """,
        ["FileHandleFromHelper"] = """
            static class P
            {
                static SafeFileHandle Create(string path) => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
                static void M(FrozenPages<byte> pages)
                {
                    using SafeFileHandle file = Create("/tmp/out");
                    if (RawPipe.VmSplice(file, new IoVec(pages.Address, (nuint)pages.Length), SpliceFlags.None) != pages.Length) throw new IOException(); //~VMS4003
                }
            }
            """,
        ["FileHandleInField"] = """
            sealed class Sink(string path) : IDisposable
            {
                private readonly FileStream _file = new(path, FileMode.CreateNew);
                public void Put(FrozenPages<byte> pages)
                {
                    if (RawPipe.VmSplice(_file.SafeFileHandle, new IoVec(pages.Address, (nuint)pages.Length), SpliceFlags.None) != pages.Length) throw new IOException(); //~VMS4003
                }
                public void Dispose() => _file.Dispose();
            }
            """,
        ["SpanTakenBeforeFreeze"] = """
            static class P
            {
                static void M(SpliceWriter[] all)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(4096);
                    Span<byte> s = b.Span;
                    using FrozenPages<byte> page = b.Freeze();
                    foreach (SpliceWriter w in all) w.Send(page);
                    s[0] = 1; //~VMS2012
                }
            }
            """,
        ["ReadIntoFrozenPages"] = """
            static class P
            {
                static void M(SpliceReader r, PageBuffer<byte> b)
                {
                    using FrozenPages<byte> page = b.Freeze();
                    int n = r.Read(MemoryMarshal.AsMemory(page.Memory).Span); //~VMS2012
                    Console.WriteLine(n);
                }
            }
            """,
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
        ["BroadcastInAsyncLoop"] = """
            static class P
            {
                static async Task M(IEnumerable<SpliceWriter> subscribers, PageBuffer<byte> news)
                {
                    foreach (SpliceWriter one in subscribers)
                    {
                        await one.SendAsync(news); //~VMS2008
                    }
                }
            }
            """,
        ["TasksOfBroadcast"] = """
            static class P
            {
                static Task M(SpliceWriter[] subscribers, PageBuffer<byte> news)
                    => Task.WhenAll(subscribers.Select(one => one.SendAsync(news).AsTask())); //~VMS2004
            }
            """,
        ["ViewReturnedAfterSend"] = """
            static class P
            {
                static Span<byte> M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(64);
                    Span<byte> s = b.Span;
                    w.Send(b);
                    return s; //~VMS2002
                }
            }
            """,
        ["MemoryOutOfUsing"] = """
            static class P
            {
                static Memory<byte> M(SpliceReader r)
                {
                    using PageBuffer<byte> b = PageBuffer<byte>.Allocate(4096);
                    int n = r.Read(b.Span);
                    return b.Memory[..n]; //~VMS2002
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
        ["LocalFunctionLater"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    int Sum() { int s = 0; foreach (int x in b.Span) s += x; return s; } //~VMS2002
                    b[0] = 1;
                    w.Send(b);
                    Console.WriteLine(Sum());
                }
            }
            """,
        ["EventKeepsBuffer"] = """
            static class P
            {
                static event Action? Beat;
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    Beat += () => b.Span[0]++;
                    w.Send(b); //~VMS2009
                    Beat();
                }
            }
            """,
        ["MoreThanTheKernelTakes"] = """
            static class P
            {
                static void M(SafeHandle pipe, FrozenPages<byte> page)
                {
                    var all = new IoVec[2000];
                    Array.Fill(all, new IoVec(page.Address, (nuint)page.Length));
                    nint sent = RawPipe.VmSplice(pipe, all); //~VMS3003
                    if (sent != (nint)page.Length * 2000) throw new IOException();
                }
            }
            """,
        ["AsManyAsTheCallerHas"] = """
            static class P
            {
                static nint M(SafeHandle pipe, IReadOnlyCollection<FrozenPages<byte>> pages)
                    => RawPipe.VmSplice(pipe, pages.Select(one => new IoVec(one.Address, (nuint)one.Length)).ToArray()); //~VMS3004
            }
            """,
        ["ErrorNumberAfterLog"] = """
            static class Native
            {
                [DllImport("libc", SetLastError = true)]
                internal static extern unsafe nint vmsplice(int fd, void* iov, nuint count, uint flags);
            }

            static class P
            {
                static unsafe void M(int fd, IoVec one)
                {
                    nint sent = Native.vmsplice(fd, &one, 1, 0);
                    if (sent != (nint)one.Length)
                    {
                        File.AppendAllText("/tmp/log", "vmsplice failed");
                        throw new IOException($"errno {Marshal.GetLastPInvokeError()}"); //~VMS4007
                    }
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
        ["GatherTakesAtAdd"] = """
            static class P
            {
                static void M(SpliceWriter w, ReadOnlySpan<byte> body)
                {
                    using SpliceGather gather = w.CreateGather();
                    PageBuffer<int> head = w.Rent<int>(1);
                    gather.Add(head);
                    PageBuffer<byte> rest = w.Rent<byte>(body.Length);
                    body.CopyTo(rest.Span);
                    gather.Add(rest);
                    head[0] = body.Length; //~VMS2001
                    gather.Send();
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
        ["VolatileWrite"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    ref int flag = ref b.Span[0];
                    w.Send(b);
                    Volatile.Write(ref flag, 1); //~VMS2001
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
        ["CastView"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(Environment.SystemPageSize);
                    Span<int> numbers = MemoryMarshal.Cast<byte, int>(b.Span[16..]);
                    numbers[0] = 1;
                    w.Gift(b);
                    numbers[1] = 2; //~VMS2001
                }
            }
            """,
        ["RefStructCursor"] = """
            ref struct Cursor(Span<byte> rest)
            {
                private Span<byte> _rest = rest;
                public void Put(byte value) { _rest[0] = value; _rest = _rest[1..]; }
            }

            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(64);
                    var cursor = new Cursor(b.Span);
                    cursor.Put(1);
                    w.Send(b);
                    cursor.Put(2); //~VMS2001
                }
            }
            """,
        ["ExchangeLambda"] = """
            static class P
            {
                static void M(SpliceLink link)
                    => link.Exchange(
                        w =>
                        {
                            PageBuffer<int> b = w.Rent<int>(4);
                            w.Send(b);
                            b[0] = 1; //~VMS2001
                        },
                        r => { });
            }
            """,
        ["FieldSentInTimer"] = """
            sealed class Pump(SpliceWriter w) : IDisposable
            {
                private readonly Timer _timer = new(_ => { });
                private PageBuffer<byte> _current = w.Rent<byte>(4096);
                private int _used;

                public void Put(byte value)
                {
                    _current[_used++] = value;
                    if (_used == _current.Length)
                    {
                        w.Send(_current); //~VMS2009
                        _used = 0;
                    }
                }

                public void Dispose() { _timer.Dispose(); _current.Dispose(); }
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
        ["StreamOverBuffer"] = """
            static class P
            {
                static unsafe void M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096);
                    using var stream = new UnmanagedMemoryStream((byte*)b.Address, 4096, 4096, FileAccess.Write);
                    stream.WriteByte(1);
                    w.Send(b);
                    stream.WriteByte(2); //~VMS2001
                }
            }
            """,
        ["BufferWriterOverMemory"] = """
            sealed class Filler(Memory<byte> target) : IBufferWriter<byte>
            {
                private int _at;
                public void Advance(int count) => _at += count;
                public Memory<byte> GetMemory(int sizeHint = 0) => target[_at..];
                public Span<byte> GetSpan(int sizeHint = 0) => target.Span[_at..];
            }

            static class P
            {
                static void M(SpliceWriter w, Tick[] ticks)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096);
                    var filler = new Filler(b.Memory);
                    RecordCodec.Encode<Tick>(ticks, filler);
                    w.Send(b);
                    filler.GetSpan()[0] = 1; //~VMS2001
                }
            }
            """,
    };
}
