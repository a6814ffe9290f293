namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Right programs that keep buffers in objects, records, queues and dictionaries.</summary>
internal sealed class OwnersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
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
    };
}
