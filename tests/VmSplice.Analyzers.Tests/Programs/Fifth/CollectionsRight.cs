namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Buffers in collections, and right.</summary>
internal sealed class CollectionsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BorrowingCacheCopies"] = """
            public interface IPageObserver
            {
                void Seen([Borrows] PageBuffer<byte> page);
            }

            public sealed class LastPages : IPageObserver
            {
                private readonly Queue<byte[]> _copies = new();

                public void Seen([Borrows] PageBuffer<byte> page)
                {
                    _copies.Enqueue(page.Span.ToArray());
                    if (_copies.Count > 8)
                        _copies.Dequeue();
                }
            }

            public sealed class ObservedWriter(SpliceWriter pipe, IPageObserver observer)
            {
                public void Send([Consumes] PageBuffer<byte> page)
                {
                    observer.Seen(page);
                    page[0] = 1;
                    pipe.Send(page);
                }
            }
            """,
        ["CopiesForAllButTheLast"] = """
            public sealed class FanOut
            {
                private readonly List<SpliceWriter> _subscribers = [];

                public void Subscribe(SpliceWriter subscriber) => _subscribers.Add(subscriber);

                public void Publish([Consumes] PageBuffer<byte> frame)
                {
                    int last = _subscribers.Count - 1;
                    for (int i = 0; i < last; i++)
                        _subscribers[i].Write<byte>(frame.Span);

                    if (last >= 0)
                        _subscribers[last].Send(frame);
                    else
                        frame.Dispose();
                }
            }
            """,
        ["QueueDrainedToThePipe"] = """
            public sealed class OutgoingQueue(SpliceWriter pipe) : IDisposable
            {
                private readonly ConcurrentQueue<PageBuffer<byte>> _waiting = new();

                public void Post(ReadOnlySpan<byte> message)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(message.Length);
                    message.CopyTo(page.Span);
                    _waiting.Enqueue(page);
                }

                public int Drain()
                {
                    int sent = 0;
                    while (_waiting.TryDequeue(out PageBuffer<byte> page))
                    {
                        pipe.Send(page);
                        sent++;
                    }

                    return sent;
                }

                public void Dispose()
                {
                    while (_waiting.TryDequeue(out PageBuffer<byte> page))
                        page.Dispose();
                }
            }
            """,
        ["ColumnFileIndexFilledBeforeGatherAdd"] = """
            public sealed record Column(string Name, long[] Values);

            public sealed class ColumnWriter(SpliceWriter pipe, FrozenPages<byte> magic)
            {
                public void Write(IReadOnlyList<Column> columns)
                {
                    using SpliceGather gather = pipe.CreateGather();
                    gather.Add(magic);
                    PageBuffer<long> index = pipe.Rent<long>(columns.Count);
                    Span<long> offsets = index.Span;
                    for (int i = 1; i < offsets.Length; i++)
                    {
                        offsets[i] = offsets[i - 1] + columns[i - 1].Values.Length;
                    }

                    gather.Add(index);
                    foreach (Column column in columns)
                    {
                        PageBuffer<long> body = pipe.Rent<long>(column.Values.Length);
                        column.Values.CopyTo(body.Span);
                        gather.Add(body);
                    }

                    gather.Add(magic);
                    gather.Send();
                }
            }
            """,
        ["PendingBuffersRemovedThenSent"] = """
            public sealed class Assembler(SpliceWriter pipe)
            {
                private readonly Dictionary<long, PageBuffer<byte>> _pending = [];

                public void Begin(long id, int length) => _pending.Add(id, pipe.Rent<byte>(length));

                public void Put(long id, int offset, ReadOnlySpan<byte> part)
                {
                    if (_pending.TryGetValue(id, out PageBuffer<byte> buffer))
                    {
                        part.CopyTo(buffer.Span[offset..]);
                    }
                }

                public bool Finish(long id, bool valid)
                {
                    if (!_pending.Remove(id, out PageBuffer<byte> buffer))
                    {
                        return false;
                    }

                    if (!valid)
                    {
                        buffer.Dispose();
                        return false;
                    }

                    pipe.Send(buffer);
                    return true;
                }
            }
            """,
    };
}
