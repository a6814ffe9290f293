namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>More right programs in the C# that people write today: owners, factories, generics, streams, and the raw call with care.</summary>
internal sealed class SecondProgramsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OwnerWithTransfer"] = """
            sealed class Draft(SpliceWriter w, int size) : IDisposable
            {
                private PageBuffer<byte> _pages = w.Rent<byte>(size);
                private bool _sent;

                public Span<byte> Room => _sent ? throw new InvalidOperationException("It is sent.") : _pages.Span;

                public void Send(int length)
                {
                    ObjectDisposedException.ThrowIf(_sent, this);
                    _sent = true;
                    PageBuffer<byte> pages = _pages;
                    _pages = default;
                    w.Send(pages, length);
                }

                public void Dispose() => _pages.Dispose();
            }

            static class P
            {
                static void M(SpliceWriter w, ReadOnlySpan<byte> data)
                {
                    using var draft = new Draft(w, 4096);
                    data.CopyTo(draft.Room);
                    draft.Send(data.Length);
                }
            }
            """,
        ["FactoryDelegate"] = """
            static class P
            {
                static void Each(SpliceWriter w, int n, Func<int, PageBuffer<int>> make)
                {
                    for (int i = 0; i < n; i++)
                    {
                        w.Send(make(i));
                    }
                }

                static void M(SpliceWriter w) => Each(w, 10, i =>
                {
                    PageBuffer<int> b = w.Rent<int>(1);
                    b.Span[0] = i;
                    return b;
                });
            }
            """,
        ["FillCallback"] = """
            delegate int Fill(Span<byte> room);
            static class P
            {
                static void Send(this SpliceWriter w, int size, Fill fill)
                {
                    PageBuffer<byte> b = w.Rent<byte>(size);
                    try
                    {
                        int length = fill(b.Span);
                        w.Send(b, length);
                    }
                    catch
                    {
                        b.Dispose();
                        throw;
                    }
                }

                static void M(SpliceWriter w, string text) => w.Send(4096, room => System.Text.Encoding.UTF8.GetBytes(text, room));
            }
            """,
        ["AsyncEnumerableOfTicks"] = """
            static class P
            {
                static async IAsyncEnumerable<Tick> TicksAsync(SpliceReader pipe, [EnumeratorCancellation] CancellationToken end = default)
                {
                    using RecordReader<Tick> reader = Tick.CreateReader(pipe);
                    await foreach (ReadOnlyMemory<Tick> batch in reader.WithCancellation(end))
                    {
                        for (int i = 0; i < batch.Length; i++)
                        {
                            yield return batch.Span[i];
                        }
                    }
                }

                static async Task<double> M(SpliceReader pipe)
                    => await TicksAsync(pipe).Where(tick => tick.Price > 0).Take(100).Select(tick => tick.Price).SumAsync();
            }
            """,
        ["BatchInFieldUntilUsedUp"] = """
            sealed class Cursor(RecordReader<Tick> reader)
            {
                private ReadOnlyMemory<Tick> _batch;
                private int _at;

                public async ValueTask<Tick?> NextAsync(CancellationToken end = default)
                {
                    if (_at == _batch.Length)
                    {
                        _batch = await reader.ReadBatchAsync(end);
                        _at = 0;
                        if (_batch.IsEmpty)
                        {
                            return null;
                        }
                    }

                    return _batch.Span[_at++];
                }
            }
            """,
        ["DoubleBuffering"] = """
            static class P
            {
                static async Task M(SpliceWriter w, Stream source, CancellationToken end)
                {
                    PageBuffer<byte> next = w.Rent<byte>(65536);
                    int length = await source.ReadAsync(next.Memory, end);
                    while (length > 0)
                    {
                        PageBuffer<byte> full = next;
                        ValueTask sending = w.SendAsync(full, length, end);
                        next = w.Rent<byte>(65536);
                        length = await source.ReadAsync(next.Memory, end);
                        await sending;
                    }

                    next.Dispose();
                }
            }
            """,
        ["TimeoutDisposes"] = """
            static class P
            {
                static async Task<bool> TrySendAsync(SpliceWriter w, ReadOnlyMemory<int> data, TimeSpan most)
                {
                    using var timer = new CancellationTokenSource(most);
                    using PageBuffer<int> b = w.Rent<int>(data.Length);
                    data.CopyTo(b.Memory);
                    try
                    {
                        await w.SendAsync(b, timer.Token);
                        return true;
                    }
                    catch (OperationCanceledException)
                    {
                        return false;
                    }
                }
            }
            """,
        ["GenericMath"] = """
            static class P
            {
                static void Ramp<T>(SpliceWriter w, T from, T step, int n) where T : unmanaged, System.Numerics.INumber<T>
                {
                    using PageBuffer<T> b = w.Rent<T>(n);
                    Span<T> room = b.Span;
                    for (int i = 0; i < room.Length; i++, from += step)
                    {
                        room[i] = from;
                    }

                    w.Send(b);
                }

                static void M(SpliceWriter w) => Ramp(w, 0.5, 0.25, 100);
            }
            """,
        ["InlineStruct"] = """
            readonly struct Part(PageBuffer<byte> pages, int length)
            {
                public PageBuffer<byte> Pages => pages;
                public int Length => length;
                public void Deconstruct(out PageBuffer<byte> p, out int n) => (p, n) = (pages, length);
            }

            static class P
            {
                static Part Read(SpliceWriter w, Stream s)
                {
                    PageBuffer<byte> b = w.Rent<byte>(100);
                    return new Part(b, s.Read(b.Span));
                }

                static void M(SpliceWriter w, Stream s)
                {
                    var (pages, n) = Read(w, s);
                    w.Send(pages, n);
                }
            }
            """,
        ["SortBeforeSend"] = """
            static class P
            {
                static void M(SpliceWriter w, IEnumerable<int> values)
                {
                    int[] all = [.. values.Distinct().OrderDescending()];
                    PageBuffer<int> b = w.Rent<int>(all.Length);
                    all.AsSpan().CopyTo(b.Span);
                    b.Span.Sort();
                    Debug.Assert(b.Span is [] or [.., _]);
                    int least = b.Length > 0 ? b.Span[0] : 0;
                    w.Send(b);
                    Console.WriteLine(least);
                }
            }
            """,
        ["RetryOtherWriter"] = """
            static class P
            {
                static void M(IReadOnlyList<SpliceWriter> writers, FrozenPages<byte> page)
                {
                    foreach (SpliceWriter w in writers)
                    {
                        try
                        {
                            w.Send(page);
                            break;
                        }
                        catch (BrokenPipeException gone)
                        {
                            Console.Error.WriteLine($"{gone.BytesAccepted} bytes went through");
                        }
                    }
                }
            }
            """,
        ["RawPollAndResume"] = """
            static class P
            {
                static bool TryPush(SafeHandle pipe, FrozenPages<byte> pages, ref int done)
                {
                    while (done < pages.Length)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pages.Address + done, (nuint)(pages.Length - done)), SpliceFlags.NonBlocking);
                        if (sent <= 0)
                        {
                            return false;
                        }

                        done += (int)sent;
                    }

                    return true;
                }
            }
            """,
        ["RawFieldMemory"] = """
            sealed unsafe class Template : IDisposable
            {
                private readonly PageBuffer<byte> _pages = PageBuffer<byte>.Allocate(65536);

                public Template(ReadOnlySpan<byte> text) => text.CopyTo(_pages.Span);

                public void Send(SpliceWriter w) => w.Write<byte>(_pages.Span);

                public void Dispose() => _pages.Dispose();
            }
            """,
        ["MmapKeptForEver"] = """
            static unsafe class Static
            {
                private static readonly nint s_page = (nint)NativeMemory.AlignedAlloc(65536, 65536);

                public static void Send(SafeHandle pipe)
                {
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(s_page, 65536), SpliceFlags.None);
                    if (sent != 65536)
                    {
                        throw new IOException($"{sent} of 65536");
                    }
                }
            }
            """,
        ["PipeHandleInField"] = """
            sealed class Log : IDisposable
            {
                private readonly SafeFileHandle _file = File.OpenHandle("out.log", FileMode.Create, FileAccess.Write);
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public Log() => _writer = SpliceWriter.Open(_pipe.WriteHandle, new() { LeaveOpen = true });

                public void Write(ReadOnlySpan<byte> line)
                {
                    _writer.Write(line);
                    RandomAccess.Write(_file, line, RandomAccess.GetLength(_file));
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                    _file.Dispose();
                }
            }
            """,
        ["EndsByHelper"] = """
            static class P
            {
                static SafeHandle In(SplicePipe pipe) => pipe.WriteHandle;
                static SafeHandle Out(SplicePipe pipe) => pipe.ReadHandle;

                static void M()
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceWriter w = SpliceWriter.Open(In(pipe));
                    using SpliceReader r = SpliceReader.Open(Out(pipe));
                    w.Write("hello"u8);
                    Span<byte> got = stackalloc byte[5];
                    r.ReadExactly(got);
                }
            }
            """,
        ["HandleReplaced"] = """
            sealed class Target
            {
                private SafeHandle _handle = File.OpenHandle("fallback.bin", FileMode.CreateNew);

                public void Attach(SafeHandle pipe) => _handle = pipe;

                public void Send(FrozenPages<byte> page)
                {
                    if (RawPipe.VmSplice(_handle, new IoVec(page.Address, (nuint)page.Length), SpliceFlags.None) != page.Length)
                    {
                        throw new IOException();
                    }
                }
            }
            """,
        ["LengthByHelper"] = """
            static class P
            {
                static int WholePages(int bytes) => (bytes + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;

                static void M(SafeHandle pipe, ReadOnlySpan<byte> data)
                {
                    int length = WholePages(data.Length);
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(length);
                    data.CopyTo(b.Span);
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)length), SpliceFlags.Gift) != length)
                    {
                        throw new IOException();
                    }
                }
            }
            """,
        ["PooledFrames"] = """
            sealed class Mixer(SpliceWriter pipe)
            {
                private readonly ConcurrentQueue<(int Number, byte[] Caption)> _waiting = new();

                public void Post(int number, string caption) => _waiting.Enqueue((number, System.Text.Encoding.UTF8.GetBytes(caption)));

                public int Run()
                {
                    int sent = 0;
                    for (; _waiting.TryDequeue(out var next); sent++)
                    {
                        Frame frame = Frame.Rent(pipe);
                        (frame.Header, frame.CaptionLength) = (next.Number, next.Caption.Length);
                        next.Caption.CopyTo(frame.Caption);
                        pipe.Send(frame);
                    }

                    return sent;
                }
            }
            """,
        ["StateAsked"] = """
            static class P
            {
                static void SendOnce(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.State == PageBufferState.Owned)
                    {
                        b[0]++;
                        w.Send(b);
                    }
                }
            }
            """,
        ["ExpressionBodies"] = """
            sealed class Outbox(SpliceWriter w)
            {
                public void Text(string s) => w.Send(Encode(s));
                public Task TextAsync(string s, CancellationToken end) => w.SendAsync(Encode(s), end).AsTask();
                public ValueTask NumberAsync(int n) => w.SendAsync(Encode(n.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                private PageBuffer<byte> Encode(string s)
                {
                    PageBuffer<byte> b = w.Rent<byte>(System.Text.Encoding.UTF8.GetByteCount(s));
                    System.Text.Encoding.UTF8.GetBytes(s, b.Span);
                    return b;
                }
            }
            """,
        ["WithRecordOfNumbers"] = """
            sealed record Settings(int Size, string Name);
            static class P
            {
                static void M(SpliceWriter w, Settings settings)
                {
                    Settings larger = settings with { Size = settings.Size * 2 };
                    PageBuffer<byte> b = w.Rent<byte>(larger.Size);
                    b.Span.Fill((byte)larger.Name.Length);
                    w.Send(b);
                    Console.WriteLine(larger with { Name = "done" });
                }
            }
            """,
        ["EnvelopeWithNewBody"] = """
            sealed record Envelope(int Id, PageBuffer<byte> Body);
            static class P
            {
                static void M(SpliceWriter w, Envelope first)
                {
                    w.Send(first.Body);
                    Envelope second = first with { Id = 2, Body = w.Rent<byte>(10) };
                    second.Body[0] = 1;
                    w.Send(second.Body);
                }
            }
            """,
        ["CopiedOnPurpose"] = """
            static class P
            {
                static Tick Newest(RecordReader<Tick> r)
                {
                    Tick newest = default;
                    foreach (ref readonly Tick tick in r)
                    {
                        newest = tick.Time > newest.Time ? tick : newest;
                    }

                    return newest with { Price = Math.Round(newest.Price, 2) };
                }
            }
            """,
    };
}
