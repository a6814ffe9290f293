namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers and views that are used after they were given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MetricsAfterSend"] = """
            using System.Diagnostics.Metrics;

            namespace Ingest.Metrics;

            public sealed class MeteredSender : IDisposable
            {
                private readonly Meter _meter = new("Ingest");
                private readonly Counter<long> _bytes;
                private readonly SpliceWriter _pipe;

                public MeteredSender(SpliceWriter pipe)
                {
                    _pipe = pipe;
                    _bytes = _meter.CreateCounter<long>("ingest.bytes", "By");
                }

                public void Send(Stream source, int length)
                {
                    using PageBuffer<byte> buffer = _pipe.Rent<byte>(length);
                    source.ReadExactly(buffer.Span);
                    _pipe.Send(buffer);
                    _bytes.Add(length, new KeyValuePair<string, object?>("kind", buffer[0])); //~VMS2002
                }

                public void Dispose() => _meter.Dispose();
            }
            """,
        ["PreviewOfFrozen"] = """
            namespace Cdn.Edge;

            public sealed class AssetFanout(IReadOnlyList<SpliceWriter> edges)
            {
                private readonly Dictionary<string, string> _previews = [];

                public int Push(string name, byte[] content)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(content.Length);
                    content.CopyTo(buffer.Span);
                    ReadOnlySpan<byte> preview;
                    int sent = 0;
                    using (FrozenPages<byte> pages = buffer.Freeze())
                    {
                        preview = pages.Span[..Math.Min(pages.Length, 12)];
                        foreach (SpliceWriter edge in edges)
                        {
                            edge.Send(pages);
                            sent++;
                        }
                    }

                    _previews[name] = Convert.ToHexString(preview); //~VMS2002
                    return sent;
                }
            }
            """,
        ["ViewLeavesUsing"] = """
            namespace Capture.Reading;

            public sealed class BlockSource(SpliceReader pipe)
            {
                private const int Block = 64 * 1024;
                private long _total;

                public long Total => _total;

                public bool IsAtEnd { get; private set; }

                // The next block, or an empty one where the pipe has ended.
                public ReadOnlyMemory<byte> Next()
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Block);
                    int count = pipe.Read(buffer);
                    IsAtEnd = count == 0;
                    _total += count;
                    return buffer.Memory[..count]; //~VMS2002
                }
            }
            """,
        ["RoutedThenRead"] = """
            namespace Trading.Routing;

            public enum Venue { Primary, Backup, Dark }

            public sealed class OrderRouter(SpliceWriter primary, SpliceWriter backup)
            {
                private long _lastId;

                private static void Ship(SpliceWriter target, PageBuffer<long> order) => target.Send(order);

                private void Dispatch(Venue venue, PageBuffer<long> order)
                {
                    switch (venue)
                    {
                        case Venue.Primary:
                            Ship(primary, order);
                            break;
                        case Venue.Backup:
                            Ship(backup, order);
                            break;
                        default:
                            order.Dispose();
                            break;
                    }
                }

                public long Submit(Venue venue, long id, long quantity, long limit)
                {
                    PageBuffer<long> order = primary.Rent<long>(3);
                    order[0] = id;
                    order[1] = quantity;
                    order[2] = limit;
                    Dispatch(venue, order);
                    _lastId = order[0]; //~VMS2002
                    return _lastId;
                }
            }
            """,
    };
}
