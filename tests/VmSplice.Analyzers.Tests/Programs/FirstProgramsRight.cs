namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Right programs of somebody who has read README and the guides, in the C# that people write today.</summary>
internal sealed class FirstProgramsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PipeReaderLoop"] = """
            static class P
            {
                static async Task CopyAsync(PipeReader source, SpliceWriter target, CancellationToken end)
                {
                    while (true)
                    {
                        ReadResult read = await source.ReadAsync(end);
                        foreach (ReadOnlyMemory<byte> part in read.Buffer)
                        {
                            PageBuffer<byte> buffer = target.Rent<byte>(part.Length);
                            part.CopyTo(buffer.Memory);
                            await target.SendAsync(buffer, end);
                        }

                        source.AdvanceTo(read.Buffer.End);
                        if (read.IsCompleted)
                        {
                            break;
                        }
                    }

                    await source.CompleteAsync();
                }
            }
            """,
        ["LinesFromPipeReader"] = """
            static class P
            {
                static async IAsyncEnumerable<string> LinesAsync(SpliceReader pipe, [EnumeratorCancellation] CancellationToken end = default)
                {
                    PipeReader reader = pipe.AsPipeReader();
                    try
                    {
                        while (true)
                        {
                            ReadResult read = await reader.ReadAsync(end);
                            ReadOnlySequence<byte> rest = read.Buffer;
                            while (rest.PositionOf((byte)'\n') is { } at)
                            {
                                yield return System.Text.Encoding.UTF8.GetString(rest.Slice(0, at).ToArray());
                                rest = rest.Slice(rest.GetPosition(1, at));
                            }

                            reader.AdvanceTo(rest.Start, rest.End);
                            if (read.IsCompleted)
                            {
                                yield break;
                            }
                        }
                    }
                    finally
                    {
                        await reader.CompleteAsync();
                    }
                }
            }
            """,
        ["HostedService"] = """
            interface IHosted { Task StartAsync(CancellationToken end); Task StopAsync(CancellationToken end); }
            sealed class Exporter(Channel<Tick> ticks, SpliceWriter pipe) : IHosted, IAsyncDisposable
            {
                private readonly CancellationTokenSource _stop = new();
                private Task _run = Task.CompletedTask;

                public Task StartAsync(CancellationToken end)
                {
                    _run = Task.Run(() => RunAsync(_stop.Token), end);
                    return Task.CompletedTask;
                }

                public async Task StopAsync(CancellationToken end)
                {
                    await _stop.CancelAsync();
                    await _run.WaitAsync(end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                public async ValueTask DisposeAsync()
                {
                    _stop.Dispose();
                    await _run;
                    pipe.Dispose();
                }

                private async Task RunAsync(CancellationToken end)
                {
                    await using RecordWriter<Tick> writer = Tick.CreateWriter(pipe);
                    await foreach (Tick tick in ticks.Reader.ReadAllAsync(end))
                    {
                        writer.Write(tick);
                        if (ticks.Reader.Count == 0)
                        {
                            await writer.FlushAsync(end);
                        }
                    }

                    await writer.CompleteAsync(end);
                }
            }
            """,
        ["ChannelOfBuffers"] = """
            static class P
            {
                static async Task ProduceAsync(Stream source, SpliceWriter w, ChannelWriter<(PageBuffer<byte> Buffer, int Length)> queue, CancellationToken end)
                {
                    try
                    {
                        while (true)
                        {
                            PageBuffer<byte> buffer = w.Rent<byte>(65536);
                            int read = await source.ReadAsync(buffer.Memory, end);
                            if (read == 0)
                            {
                                buffer.Dispose();
                                break;
                            }

                            await queue.WriteAsync((buffer, read), end);
                        }
                    }
                    finally
                    {
                        queue.Complete();
                    }
                }

                static async Task ConsumeAsync(ChannelReader<(PageBuffer<byte> Buffer, int Length)> queue, SpliceWriter w, CancellationToken end)
                {
                    await foreach (var (buffer, length) in queue.ReadAllAsync(end))
                    {
                        await w.SendAsync(buffer, length, end);
                    }
                }
            }
            """,
        ["RecordOfBuffers"] = """
            sealed record Envelope(int Id, PageBuffer<byte> Body, int Length) : IDisposable
            {
                public void Dispose() => Body.Dispose();
            }

            static class P
            {
                static Envelope Read(Stream source, SpliceWriter w, int id)
                {
                    PageBuffer<byte> body = w.Rent<byte>(4096);
                    return new Envelope(id, body, source.Read(body.Span));
                }

                static void M(Stream source, SpliceWriter w)
                {
                    Envelope one = Read(source, w, 1);
                    if (one is { Length: 0 })
                    {
                        one.Dispose();
                        return;
                    }

                    Console.WriteLine($"{one.Id}: {one.Length} bytes");
                    w.Send(one.Body, one.Length);
                }
            }
            """,
        ["LinqOverRecords"] = """
            static class P
            {
                static async Task<Dictionary<long, double>> ByDayAsync(RecordReader<Tick> reader)
                {
                    var all = new List<Tick>();
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        all.AddRange(batch.Span);
                    }

                    return all.GroupBy(tick => tick.Time / 86_400).ToDictionary(day => day.Key, day => day.Average(tick => tick.Price));
                }
            }
            """,
        ["BatchesAsArrays"] = """
            static class P
            {
                static async Task<List<Tick[]>> CollectAsync(RecordReader<Tick> reader, CancellationToken end)
                {
                    List<Tick[]> kept = [];
                    await foreach (ReadOnlyMemory<Tick> batch in reader.WithCancellation(end))
                    {
                        kept.Add(batch.ToArray());
                    }

                    return kept;
                }
            }
            """,
        ["LocalFunctionFills"] = """
            static class P
            {
                static void M(SpliceWriter w, ReadOnlySpan<int> values)
                {
                    using PageBuffer<int> b = w.Rent<int>(values.Length + 1);
                    int at = 0;
                    Put(b.Span, values.Length);
                    foreach (int value in values)
                    {
                        Put(b.Span, value);
                    }

                    w.Send(b);

                    void Put(Span<int> target, int value) => target[at++] = value;
                }
            }
            """,
        ["GenericSender"] = """
            sealed class Batcher<T>(SpliceWriter w, int size) : IDisposable where T : unmanaged
            {
                private PageBuffer<T> _current = w.Rent<T>(size);
                private int _count;

                public void Add(T value)
                {
                    _current.Span[_count++] = value;
                    if (_count == size)
                    {
                        Flush();
                    }
                }

                public void Flush()
                {
                    if (_count == 0)
                    {
                        return;
                    }

                    PageBuffer<T> full = _current;
                    _current = w.Rent<T>(size);
                    w.Send(full, _count);
                    _count = 0;
                }

                public void Dispose() => _current.Dispose();
            }
            """,
        ["BatcherWithExchange"] = """
            sealed class Batcher(SpliceWriter w)
            {
                private PageBuffer<byte> _current = w.Rent<byte>(4096);
                private int _used;

                public void Append(ReadOnlySpan<byte> data)
                {
                    while (!data.IsEmpty)
                    {
                        int part = Math.Min(data.Length, _current.Length - _used);
                        data[..part].CopyTo(_current.Span[_used..]);
                        _used += part;
                        data = data[part..];
                        if (_used == _current.Length)
                        {
                            (PageBuffer<byte> full, _current) = (_current, w.Rent<byte>(4096));
                            w.Send(full);
                            _used = 0;
                        }
                    }
                }
            }
            """,
        ["TryPattern"] = """
            static class P
            {
                static bool TryFill(SpliceWriter w, Stream source, out PageBuffer<byte> filled)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096);
                    if (source.ReadAtLeast(b.Span, 16, throwOnEndOfStream: false) < 16)
                    {
                        b.Dispose();
                        filled = default;
                        return false;
                    }

                    filled = b;
                    return true;
                }

                static int M(SpliceWriter w, Stream source)
                {
                    int sent = 0;
                    while (TryFill(w, source, out PageBuffer<byte> b))
                    {
                        w.Send(b);
                        sent++;
                    }

                    return sent;
                }
            }
            """,
        ["FrozenBroadcast"] = """
            static class P
            {
                static async Task M(IReadOnlyList<SpliceWriter> subscribers, ReadOnlyMemory<byte> news, CancellationToken end)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(news.Length);
                    news.Span.CopyTo(b.Span);
                    using FrozenPages<byte> page = b.Freeze();
                    await Task.WhenAll(subscribers.Select(one => one.SendAsync(page, end).AsTask()));
                    Console.WriteLine($"{page.Length} bytes, first {page.Span[0]}");
                }
            }
            """,
        ["BroadcastOfCopies"] = """
            static class P
            {
                static void M(IEnumerable<SpliceWriter> subscribers, ReadOnlySpan<int> news)
                {
                    foreach (SpliceWriter one in subscribers)
                    {
                        PageBuffer<int> copy = one.Rent<int>(news.Length);
                        news.CopyTo(copy.Span);
                        one.Send(copy);
                    }
                }
            }
            """,
        ["RetryWithNewBuffer"] = """
            static class P
            {
                static async Task M(Func<CancellationToken, Task<SpliceWriter>> connect, ReadOnlyMemory<byte> data, CancellationToken end)
                {
                    for (int attempt = 1; ; attempt++)
                    {
                        using SpliceWriter w = await connect(end);
                        using PageBuffer<byte> b = w.Rent<byte>(data.Length);
                        data.CopyTo(b.Memory);
                        try
                        {
                            await w.SendAsync(b, end);
                            return;
                        }
                        catch (IOException) when (attempt < 3)
                        {
                            await Task.Delay(TimeSpan.FromSeconds(attempt), end);
                        }
                    }
                }
            }
            """,
        ["PooledArrayCopied"] = """
            static class P
            {
                static async Task M(SpliceWriter w, Stream source, CancellationToken end)
                {
                    byte[] rented = ArrayPool<byte>.Shared.Rent(4096);
                    try
                    {
                        int read;
                        while ((read = await source.ReadAsync(rented, end)) > 0)
                        {
                            await w.WriteAsync(rented.AsMemory(0, read), end);
                        }
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(rented);
                    }
                }
            }
            """,
        ["SwitchOnMessage"] = """
            abstract record Command;
            sealed record Text(string Value) : Command;
            sealed record Numbers(int[] Values) : Command;
            sealed record Quit : Command;

            static class P
            {
                static bool Execute(SpliceWriter w, Command command)
                {
                    switch (command)
                    {
                        case Text { Value: { Length: > 0 } value }:
                            PageBuffer<byte> text = w.Rent<byte>(System.Text.Encoding.UTF8.GetMaxByteCount(value.Length));
                            w.Send(text, System.Text.Encoding.UTF8.GetBytes(value, text.Span));
                            return true;
                        case Numbers { Values: [var first, .., var last] values } when first <= last:
                            using (PageBuffer<int> numbers = w.Rent<int>(values.Length))
                            {
                                values.CopyTo(numbers.Span);
                                w.Send(numbers);
                            }

                            return true;
                        case Quit:
                            return false;
                        default:
                            throw new ArgumentException($"{command} is none.", nameof(command));
                    }
                }
            }
            """,
        ["SwitchExpressionOfBuffers"] = """
            static class P
            {
                static PageBuffer<byte> Encode(SpliceWriter w, object value) => value switch
                {
                    string s => Of(w, System.Text.Encoding.UTF8.GetBytes(s)),
                    byte[] bytes => Of(w, bytes),
                    int n => Of(w, BitConverter.GetBytes(n)),
                    _ => throw new NotSupportedException(),
                };

                static PageBuffer<byte> Of(SpliceWriter w, ReadOnlySpan<byte> bytes)
                {
                    PageBuffer<byte> b = w.Rent<byte>(bytes.Length);
                    bytes.CopyTo(b.Span);
                    return b;
                }

                static void M(SpliceWriter w, params object[] values)
                {
                    foreach (object value in values)
                    {
                        w.Send(Encode(w, value));
                    }
                }
            }
            """,
        ["RawFullLoop"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, FrozenPages<byte> pages)
                {
                    nuint done = 0;
                    nuint length = (nuint)pages.Length;
                    while (done < length)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pages.Address + (nint)done, length - done), SpliceFlags.None);
                        if (sent <= 0)
                        {
                            throw new IOException("The pipe took nothing.");
                        }

                        done += (nuint)sent;
                    }
                }
            }
            """,
        ["RawGiftOfPages"] = """
            static class P
            {
                static void Gift(SafeHandle pipe, ReadOnlySpan<byte> content)
                {
                    int pages = (content.Length + Environment.SystemPageSize - 1) / Environment.SystemPageSize;
                    int length = pages * Environment.SystemPageSize;
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(length);
                    content.CopyTo(b.Span);
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)length), SpliceFlags.Gift) != length)
                    {
                        throw new IOException("Not all of it.");
                    }
                }
            }
            """,
        ["RawChunks"] = """
            static class P
            {
                static void Send(SafeHandle pipe, IoVec[] all)
                {
                    foreach (IoVec[] chunk in all.Chunk(RawPipe.IovMax))
                    {
                        nint wanted = 0;
                        foreach (IoVec one in chunk)
                        {
                            wanted += (nint)one.Length;
                        }

                        if (RawPipe.VmSplice(pipe, chunk) != wanted)
                        {
                            throw new IOException("A short transfer.");
                        }
                    }
                }
            }
            """,
        ["PinnedHeapAtStart"] = """
            static class Banner
            {
                private static readonly byte[] s_text = Make();
                private static byte[] Make()
                {
                    byte[] text = GC.AllocateUninitializedArray<byte>(4096, pinned: true);
                    text.AsSpan().Fill((byte)'-');
                    return text;
                }

                public static unsafe void Send(SafeHandle pipe)
                {
                    fixed (byte* p = s_text)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)s_text.Length), SpliceFlags.None) != s_text.Length)
                        {
                            throw new IOException();
                        }
                    }
                }
            }
            """,
        ["OwnImport"] = """
            static unsafe partial class Native
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, IoVec* segments, nuint count, uint flags);

                public static void Send(int fd, FrozenPages<byte> pages)
                {
                    var segment = new IoVec(pages.Address, (nuint)pages.Length);
                    nint sent = vmsplice(fd, &segment, 1, 0);
                    if (sent == -1)
                    {
                        int error = Marshal.GetLastPInvokeError();
                        throw new IOException($"vmsplice: {Marshal.GetPInvokeErrorMessage(error)}");
                    }

                    if (sent != pages.Length)
                    {
                        throw new IOException($"{sent} of {pages.Length} bytes");
                    }
                }
            }
            """,
        ["WorkerWithLink"] = """
            static class P
            {
                static double Ask(ProcessStartInfo start, IReadOnlyList<double> prices)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    double sum = 0;
                    link.Exchange(
                        writer =>
                        {
                            using RecordWriter<Tick> outgoing = Tick.CreateWriter(writer);
                            foreach (double price in prices)
                            {
                                outgoing.Next().Price = price;
                            }

                            outgoing.Complete();
                        },
                        reader =>
                        {
                            using RecordReader<Tick> incoming = Tick.CreateReader(reader);
                            foreach (ref readonly Tick tick in incoming)
                            {
                                sum += tick.Price;
                            }
                        });
                    link.Child.WaitForExit();
                    return sum;
                }
            }
            """,
        ["HeadOfChild"] = """
            static class P
            {
                static string FirstLine(string[] lines)
                {
                    using Process head = Process.Start(new ProcessStartInfo("head", "-n 1") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
                    using (SpliceWriter input = SpliceWriter.OpenChildInput(head))
                    {
                        foreach (string line in lines)
                        {
                            input.Write<byte>(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
                        }
                    }

                    string first = head.StandardOutput.ReadToEnd();
                    head.WaitForExit();
                    return first;
                }
            }
            """,
        ["ShellThatIsToldToLeave"] = """
            static class P
            {
                static int M(string[] commands)
                {
                    using Process shell = Process.Start(new ProcessStartInfo("sh") { RedirectStandardInput = true })!;
                    using SpliceWriter input = SpliceWriter.OpenChildInput(shell);
                    foreach (string command in commands)
                    {
                        input.Write<byte>(System.Text.Encoding.UTF8.GetBytes(command + "\n"));
                    }

                    input.Write("exit\n"u8);
                    shell.WaitForExit();
                    return shell.ExitCode;
                }
            }
            """,
        ["FrameRing"] = """
            sealed class Camera(SpliceWriter pipe) : IDisposable
            {
                private readonly Queue<Frame> _ready = new();

                public Frame Next() => _ready.TryDequeue(out Frame? frame) ? frame : Frame.Rent(pipe);

                public void Show(Frame frame, int number)
                {
                    frame.Header = number;
                    pipe.Send(frame);
                }

                public void Skip(Frame frame) => _ready.Enqueue(frame);

                public void Dispose()
                {
                    foreach (Frame frame in _ready)
                    {
                        frame.Dispose();
                    }

                    _ready.Clear();
                }
            }
            """,
        ["FrameByFrame"] = """
            static class P
            {
                static async Task M(SpliceWriter pipe, IAsyncEnumerable<ReadOnlyMemory<byte>> captions, CancellationToken end)
                {
                    int number = 0;
                    await foreach (ReadOnlyMemory<byte> caption in captions.WithCancellation(end))
                    {
                        Frame frame = Frame.Rent(pipe);
                        frame.Header = ++number;
                        frame.CaptionLength = caption.Length;
                        caption.Span.CopyTo(frame.Caption);
                        await pipe.SendAsync(frame, end);
                    }

                    await pipe.CompleteBuffersAsync(end);
                }
            }
            """,
        ["ReceiveEachFrame"] = """
            static class P
            {
                static IEnumerable<string> Captions(SpliceReader pipe)
                {
                    while (Frame.TryReceive(pipe) is { } frame)
                    {
                        using (frame)
                        {
                            yield return System.Text.Encoding.UTF8.GetString(frame.Caption);
                        }
                    }
                }
            }
            """,
        ["ForwardOrModify"] = """
            static class P
            {
                static void Relay(SpliceReader source, SpliceWriter target, Func<Frame, bool> keep)
                {
                    while (Frame.TryReceive(source) is { } frame)
                    {
                        if (keep(frame))
                        {
                            frame.Header |= 1;
                            target.Send(frame);
                        }
                        else
                        {
                            frame.Dispose();
                        }
                    }

                    target.CompleteBuffers();
                }
            }
            """,
        ["ForwardAsIs"] = """
            static class P
            {
                static async Task<long> Log(FileStream log, SpliceReader source, SpliceWriter next, CancellationToken end)
                {
                    long total = 0;
                    while (await source.TeeAsync(next, 65536, end) is > 0 and var copied)
                    {
                        total += await source.ForwardAsync(log, copied, end);
                    }

                    return total;
                }
            }
            """,
        ["TicksInOrder"] = """
            static class P
            {
                static void M(SpliceWriter pipe, IEnumerable<(long Time, double Price)> quotes)
                {
                    using RecordWriter<Tick> w = Tick.CreateWriter(pipe, new() { LeaveOpen = true });
                    foreach (var (time, price) in quotes)
                    {
                        w.Next() = new Tick { Time = time, Price = price };
                    }

                    w.Complete();
                }
            }
            """,
        ["SpanOfSlots"] = """
            static class P
            {
                static void M(RecordWriter<Tick> w, ReadOnlySpan<double> prices)
                {
                    while (!prices.IsEmpty)
                    {
                        Span<Tick> slots = w.GetSpan();
                        int n = Math.Min(slots.Length, prices.Length);
                        for (int i = 0; i < n; i++)
                        {
                            slots[i].Price = prices[i];
                        }

                        w.Advance(n);
                        prices = prices[n..];
                    }

                    w.Flush();
                }
            }
            """,
        ["PreviousRecordByValue"] = """
            static class P
            {
                static double Swing(RecordReader<Tick> r)
                {
                    double most = 0;
                    Tick previous = default;
                    foreach (ref readonly Tick tick in r)
                    {
                        most = Math.Max(most, Math.Abs(tick.Price - previous.Price));
                        previous = tick;
                    }

                    return most;
                }
            }
            """,
        ["NullableCurrent"] = """
            sealed class Log(SpliceWriter w) : IDisposable
            {
                private PageBuffer<byte>? _open;
                private int _used;

                public void Write(ReadOnlySpan<byte> line)
                {
                    _open ??= w.Rent<byte>(65536);
                    if (line.TryCopyTo(_open.Value.Span[_used..]))
                    {
                        _used += line.Length;
                        return;
                    }

                    Flush();
                    w.Write(line);
                }

                public void Flush()
                {
                    if (_open is { } full)
                    {
                        _open = null;
                        w.Send(full, _used);
                        _used = 0;
                    }
                }

                public void Dispose() => Flush();
            }
            """,
        ["ParallelProducers"] = """
            static class P
            {
                static async Task M(SpliceWriter w, IReadOnlyList<string> files, CancellationToken end)
                    => await Parallel.ForEachAsync(files, end, async (file, stop) =>
                    {
                        await using FileStream source = File.OpenRead(file);
                        PageBuffer<byte> b = w.Rent<byte>((int)source.Length);
                        await source.ReadExactlyAsync(b.Memory, stop);
                        await w.SendAsync(b, stop);
                    });
            }
            """,
        ["ListSentInTheEnd"] = """
            static class P
            {
                static void M(SpliceWriter w, IEnumerable<int[]> rows)
                {
                    var buffers = new List<PageBuffer<int>>();
                    foreach (int[] row in rows)
                    {
                        PageBuffer<int> b = w.Rent<int>(row.Length);
                        row.CopyTo(b.Span);
                        buffers.Add(b);
                    }

                    w.SendAll(CollectionsMarshal.AsSpan(buffers));
                    buffers.Clear();
                }
            }
            """,
        ["SpanHelpers"] = """
            static class P
            {
                static Span<byte> Put(this Span<byte> rest, int value)
                {
                    System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(rest, value);
                    return rest[4..];
                }

                static Span<byte> Put(this Span<byte> rest, ReadOnlySpan<byte> value)
                {
                    rest = rest.Put(value.Length);
                    value.CopyTo(rest);
                    return rest[value.Length..];
                }

                static void M(SpliceWriter w, int id, ReadOnlySpan<byte> name)
                {
                    using PageBuffer<byte> b = w.Rent<byte>(4096);
                    int left = b.Span.Put(id).Put(name).Length;
                    w.Send(b, b.Length - left);
                }
            }
            """,
        ["OwnsInDictionary"] = """
            sealed class Sessions(SpliceWriter w) : IDisposable
            {
                private readonly Dictionary<int, PageBuffer<byte>> _open = [];

                public Span<byte> Of(int id)
                {
                    ref PageBuffer<byte> slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, id, out bool exists);
                    if (!exists)
                    {
                        slot = w.Rent<byte>(4096);
                    }

                    return slot.Span;
                }

                public void Close(int id)
                {
                    if (_open.Remove(id, out PageBuffer<byte> b))
                    {
                        w.Send(b);
                    }
                }

                public void Dispose()
                {
                    foreach (PageBuffer<byte> b in _open.Values)
                    {
                        b.Dispose();
                    }

                    _open.Clear();
                }
            }
            """,
        ["MemoryMarshalWrite"] = """
            static class P
            {
                static void M(SpliceWriter w, in Tick tick, Guid id)
                {
                    PageBuffer<byte> b = w.Rent<byte>(32);
                    MemoryMarshal.Write(b.Span, in tick);
                    id.TryWriteBytes(b.Span[16..]);
                    w.Send(b);
                }
            }
            """,
        ["OptionsAndFifo"] = """
            static class P
            {
                static async Task M(string path, CancellationToken end)
                {
                    if (!File.Exists(path))
                    {
                        SplicePipe.CreateFifo(path);
                    }

                    using SpliceWriter w = await SpliceWriter.OpenFifoAsync(path, new() { Reader = PipeReaderKind.Copying }, TimeSpan.FromSeconds(5), end);
                    await using RecordWriter<Tick> ticks = Tick.CreateWriter(w);
                    for (int i = 0; i < 100; i++)
                    {
                        if (ticks.FreeSlots == 0)
                        {
                            await ticks.FlushAsync(end);
                        }

                        ref Tick tick = ref ticks.Next();
                        (tick.Time, tick.Price) = (i, i * 0.5);
                    }

                    await ticks.CompleteAsync(end);
                }
            }
            """,
    };
}
