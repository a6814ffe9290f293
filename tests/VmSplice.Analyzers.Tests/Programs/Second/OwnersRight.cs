namespace VmSplice.Analyzers.Tests.Programs.Second;

/// <summary>Owners, factories, callbacks and double buffering.</summary>
internal sealed class OwnersRight : IPrograms
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
    };
}
