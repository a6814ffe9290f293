namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers in collections, and right.</summary>
internal sealed class CollectionsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DictionaryRemovesPageThenSends"] = """
            public sealed class Pending(SpliceWriter pipe)
            {
                private readonly Dictionary<int, PageBuffer<byte>> _pages = [];

                public Span<byte> Open(int id, int length)
                {
                    if (!_pages.TryGetValue(id, out PageBuffer<byte> page))
                    {
                        page = pipe.Rent<byte>(length);
                        _pages.Add(id, page);
                    }

                    return page.Span;
                }

                public bool Commit(int id)
                {
                    if (!_pages.Remove(id, out PageBuffer<byte> page))
                    {
                        return false;
                    }

                    pipe.Send(page);
                    return true;
                }
            }
            """,
        ["ExchangeWritesAndReadsAtOnce"] = """
            using System.Text;

            public static class Sorter
            {
                public static List<string> Sort(IEnumerable<string> lines)
                {
                    using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("sort", "-u"));
                    List<string> sorted = [];
                    int exitCode = link.Exchange(writer => Feed(writer, lines), reader => Collect(reader, sorted));
                    return exitCode == 0 ? sorted : throw new IOException($"sort ended with {exitCode}");
                }

                private static void Feed(SpliceWriter writer, IEnumerable<string> lines)
                {
                    foreach (string line in lines)
                    {
                        writer.Write<byte>(Encoding.UTF8.GetBytes(line + "\n"));
                    }
                }

                private static void Collect(SpliceReader reader, List<string> sorted)
                {
                    using StreamReader text = new(reader.AsStream());
                    while (text.ReadLine() is { } line)
                    {
                        sorted.Add(line);
                    }
                }
            }
            """,
        ["HeaderReadThenRestForwarded"] = """
            using System.Buffers.Binary;

            public static class Demux
            {
                public static long Route(SpliceReader input, IReadOnlyDictionary<int, SpliceWriter> targets, FileStream rest)
                {
                    Span<byte> header = stackalloc byte[8];
                    input.ReadExactly(header);
                    int channel = BinaryPrimitives.ReadInt32LittleEndian(header);
                    int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
                    if (!targets.TryGetValue(channel, out SpliceWriter? target))
                    {
                        return input.Forward(rest);
                    }

                    target.Write<byte>(header);
                    header.Clear();
                    return input.Forward(target, length) + input.Forward(rest);
                }
            }
            """,
        ["LengthAndDisposeAfterSend"] = """
            public sealed class Counter(SpliceWriter pipe)
            {
                private long _elements;

                public long Elements => _elements;

                public void Send(IReadOnlyList<double> values)
                {
                    PageBuffer<double> buffer = pipe.Rent<double>(values.Count);
                    try
                    {
                        for (int i = 0; i < values.Count; i++)
                        {
                            buffer[i] = values[i];
                        }

                        pipe.Send(buffer);
                    }
                    finally
                    {
                        _elements += buffer.Length;
                        buffer.Dispose();
                    }
                }
            }
            """,
        ["ListClearedAfterSendAll"] = """
            public sealed class Burst(SpliceWriter pipe)
            {
                private readonly List<PageBuffer<int>> _pages = [];

                public void Add(ReadOnlySpan<int> values)
                {
                    PageBuffer<int> page = pipe.Rent<int>(values.Length);
                    values.CopyTo(page.Span);
                    _pages.Add(page);
                }

                public void Flush()
                {
                    pipe.SendAll(_pages.ToArray());
                    _pages.Clear();
                }

                public void Drop()
                {
                    foreach (PageBuffer<int> page in _pages)
                    {
                        page.Dispose();
                    }

                    _pages.Clear();
                }
            }
            """,
        ["SentFlagGuardsSecondUse"] = """
            public sealed class Forwarder(SpliceWriter pipe, Stream spool)
            {
                public void Deliver(PageBuffer<byte> buffer, IReadOnlyList<string> routes)
                {
                    bool sent = false;
                    foreach (string route in routes)
                    {
                        if (route == "pipe")
                        {
                            pipe.Send(buffer);
                            sent = true;
                            break;
                        }
                    }

                    if (!sent)
                    {
                        spool.Write(buffer.Span);
                        buffer.Dispose();
                    }
                }
            }
            """,
        ["OneBufferRentedPerSubscriber"] = """
            public sealed class Topic
            {
                private readonly List<SpliceWriter> _subscribers = [];

                public void Subscribe(SpliceWriter writer) => _subscribers.Add(writer);

                public void Publish(ReadOnlySpan<byte> message)
                {
                    for (int i = _subscribers.Count - 1; i >= 0; i--)
                    {
                        SpliceWriter subscriber = _subscribers[i];
                        using PageBuffer<byte> buffer = subscriber.Rent<byte>(message.Length);
                        message.CopyTo(buffer.Span);
                        try
                        {
                            subscriber.Send(buffer);
                        }
                        catch (IOException)
                        {
                            _subscribers.RemoveAt(i);
                            subscriber.Dispose();
                        }
                    }
                }
            }
            """,
        ["SendsCollectedAndAwaitedTogether"] = """
            public sealed class Fan(IReadOnlyList<SpliceWriter> outputs)
            {
                public Task PublishAsync(byte[] message) => Task.WhenAll(outputs.Select(output =>
                {
                    PageBuffer<byte> buffer = output.Rent<byte>(message.Length);
                    message.AsSpan().CopyTo(buffer.Span);
                    return output.SendAsync(buffer).AsTask();
                }));
            }
            """,
    };
}
