namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Views that stay reachable.</summary>
internal sealed class ViewsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatcherFlushKeepsPageField"] = """
            public sealed class ByteBatcher(SpliceWriter pipe) : IDisposable
            {
                private PageBuffer<byte> _page = pipe.Rent<byte>(64 * 1024);
                private int _used;

                public void Append(ReadOnlySpan<byte> bytes)
                {
                    bytes.CopyTo(_page.Span[_used..]);
                    _used += bytes.Length;
                }

                public bool NeedsFlush => _used > 48 * 1024;

                public void Flush()
                {
                    pipe.Send(_page, _used); //~VMS2009
                    _used = 0;
                }

                public void Dispose() => _page.Dispose();
            }
            """,
        ["InFlightDictionaryKeepsBuffer"] = """
            public sealed class RequestTracker(SpliceWriter pipe)
            {
                private Dictionary<long, PageBuffer<byte>> _outstanding = [];
                private long _next;

                public long Send(ReadOnlySpan<byte> request)
                {
                    long id = ++_next;
                    PageBuffer<byte> page = pipe.Rent<byte>(request.Length);
                    request.CopyTo(page.Span);
                    _outstanding[id] = page;
                    pipe.Send(page); //~VMS2009
                    return id;
                }

                public ReadOnlySpan<byte> RequestOf(long id) => _outstanding[id].Span;

                public void Reset() => _outstanding = [];
            }
            """,
        ["TryMakeHandsOutSentBuffer"] = """
            public sealed class GreetingSender(SpliceWriter pipe)
            {
                public bool TryGreet(ReadOnlySpan<byte> name, out PageBuffer<byte> greeting)
                {
                    greeting = default;
                    if (name.Length > 64)
                        return false;

                    greeting = pipe.Rent<byte>(name.Length + 6);
                    "HELLO "u8.CopyTo(greeting.Span);
                    name.CopyTo(greeting.Span[6..]);
                    pipe.Send(greeting); //~VMS2009
                    return true;
                }
            }
            """,
        ["DoubleBufferPropertyNotReplaced"] = """
            [Spliceable]
            public sealed partial class Page
            {
                [Segment] public partial ref int Count { get; }
                [Segment(Length = 1024)] public partial Span<long> Values { get; }
            }

            public sealed class PageCollector(SpliceWriter pipe)
            {
                public Page? Current { get; private set; }

                public void Add(long value)
                {
                    Current ??= Page.Rent(pipe);
                    Current.Values[Current.Count++] = value;
                }

                public void Rotate()
                {
                    if (Current is not null)
                    {
                        pipe.Send(Current); //~VMS2009
                    }
                }
            }
            """,
        ["InFlightRegistryHoldsSentBuffer"] = """
            public sealed class InFlightRegistry(SpliceWriter pipe)
            {
                private readonly ConcurrentDictionary<long, PageBuffer<byte>> _unacknowledged = new();
                private long _lastId;

                public long Send(ReadOnlySpan<byte> message)
                {
                    long id = ++_lastId;
                    PageBuffer<byte> buffer = pipe.Rent<byte>(message.Length);
                    message.CopyTo(buffer.Span);
                    _unacknowledged[id] = buffer;
                    pipe.Send(buffer); //~VMS2009
                    return id;
                }

                public byte[]? MessageOf(long id)
                    => _unacknowledged.TryGetValue(id, out PageBuffer<byte> buffer) ? buffer.Span.ToArray() : null;

                public void Acknowledge(long id) => _unacknowledged.TryRemove(id, out _);
            }
            """,
        ["TryShipHandsSentBufferOut"] = """
            public sealed class Shipper(SpliceWriter pipe)
            {
                public bool TryShip(ReadOnlySpan<int> readings, out PageBuffer<int> shipped)
                {
                    if (readings.IsEmpty)
                    {
                        shipped = default;
                        return false;
                    }

                    shipped = pipe.Rent<int>(readings.Length);
                    readings.CopyTo(shipped.Span);
                    pipe.Send(shipped); //~VMS2009
                    return true;
                }
            }
            """,
    };
}
