namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Used after it was given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CaptionLoggedBehindAsyncSend"] = """
            using System.Text;

            [Spliceable]
            public sealed partial class Slide
            {
                [Segment(Length = 320 * 200)] public partial Span<byte> Pixels { get; }
                [Segment(MaxLength = 1024)] public partial Span<byte> Caption { get; }
            }

            public sealed class SlideShow(SpliceWriter projector, TextWriter log)
            {
                public async Task ShowAsync(string caption, byte shade)
                {
                    Slide slide = Slide.Rent(projector);
                    slide.CaptionLength = Encoding.UTF8.GetByteCount(caption);
                    Encoding.UTF8.GetBytes(caption, slide.Caption);
                    slide.Pixels.Fill(shade);
                    await projector.SendAsync(slide);
                    await log.WriteLineAsync(Encoding.UTF8.GetString(slide.Caption)); //~VMS2002
                }
            }
            """,
        ["HeaderViewReturnedOutOfUsing"] = """
            public sealed class CaptureReader(SpliceReader source)
            {
                private const int HeaderBytes = 24;

                public bool IsSupported() => ReadHeader() is { Length: HeaderBytes } header && header[0] == 0xD4;

                private ReadOnlySpan<byte> ReadHeader()
                {
                    using PageBuffer<byte> page = PageBuffer<byte>.Allocate(4096);
                    int got = source.Read(page);
                    return got < HeaderBytes ? default : page.Span[..HeaderBytes]; //~VMS2002
                }
            }
            """,
        ["PublishedThenFrozenForReplay"] = """
            static class WriterExtensions
            {
                public static int Publish(this SpliceWriter pipe, PageBuffer<int> buffer)
                {
                    int length = buffer.Length;
                    pipe.Send(buffer);
                    return length;
                }
            }

            public sealed class ReplayLog(SpliceWriter live) : IDisposable
            {
                private readonly Queue<FrozenPages<int>> _recent = new();

                public long Total { get; private set; }

                public void Append(ReadOnlySpan<int> values)
                {
                    PageBuffer<int> buffer = live.Rent<int>(values.Length);
                    values.CopyTo(buffer.Span);
                    Total += live.Publish(buffer);
                    _recent.Enqueue(buffer.Freeze()); //~VMS2002
                    if (_recent.Count > 16)
                        _recent.Dequeue().Dispose();
                }

                public void Dispose()
                {
                    foreach (FrozenPages<int> pages in _recent)
                        pages.Dispose();
                }
            }
            """,
        ["SendResultReadsSequenceTooLate"] = """
            public readonly record struct SendOutcome(bool Ok, int Bytes, long Sequence)
            {
                public static SendOutcome Failed => new(false, 0, -1);
            }

            public sealed class OrderGateway(SpliceWriter exchange)
            {
                private long _sequence;

                public SendOutcome Submit(ReadOnlySpan<long> legs)
                {
                    if (legs.IsEmpty)
                        return SendOutcome.Failed;

                    using PageBuffer<long> order = exchange.Rent<long>(legs.Length + 1);
                    order[0] = ++_sequence;
                    legs.CopyTo(order.Span[1..]);
                    exchange.Send(order);
                    return new SendOutcome(true, order.Length * sizeof(long), order[0]); //~VMS2002
                }
            }
            """,
        ["TemplateHashedThroughHandleBehindFreeze"] = """
            using System.Security.Cryptography;

            public sealed class PageTemplate : IDisposable
            {
                private readonly FrozenPages<byte> _pages;

                public string Digest { get; }

                public PageTemplate(ReadOnlySpan<byte> html)
                {
                    PageBuffer<byte> draft = PageBuffer<byte>.Allocate(html.Length);
                    html.CopyTo(draft.Span);
                    _pages = draft.Freeze();
                    Digest = Convert.ToHexString(SHA256.HashData(draft.Span)); //~VMS2002
                }

                public void Answer(SpliceWriter client) => client.Send(_pages);

                public void Dispose() => _pages.Dispose();
            }
            """,
        ["TupleMessageReadBehindSendAll"] = """
            public static class RpcSender
            {
                public static byte Send(SpliceWriter pipe, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
                {
                    (PageBuffer<byte> Head, PageBuffer<byte> Body) message = (pipe.Rent<byte>(head.Length), pipe.Rent<byte>(body.Length));
                    head.CopyTo(message.Head.Span);
                    body.CopyTo(message.Body.Span);
                    pipe.SendAll([message.Head, message.Body]);
                    return message.Body.Span[^1]; //~VMS2002
                }
            }
            """,
        ["BlockNumberLoggedAfterAwaitOfSend"] = """
            [Spliceable]
            public sealed partial class Block
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 4096)] public partial Span<double> Samples { get; }
            }

            public sealed class BlockPump(SpliceWriter pipe, Action<string> log)
            {
                public async Task PumpAsync(long number, double[] samples, CancellationToken cancellation)
                {
                    Block block = Block.Rent(pipe);
                    block.Number = number;
                    samples.AsSpan(0, Math.Min(samples.Length, 4096)).CopyTo(block.Samples);
                    await pipe.SendAsync(block, cancellation);
                    log($"block {block.Number} is out"); //~VMS2002
                }
            }
            """,
        ["EtagOfBufferThatWasFrozen"] = """
            public sealed record Asset(FrozenPages<byte> Pages, int Tag);

            public sealed class AssetCache(SpliceWriter pipe)
            {
                private readonly Dictionary<string, Asset> _assets = [];

                public void Add(string name, ReadOnlySpan<byte> content)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(content.Length);
                    content.CopyTo(buffer.Span);
                    FrozenPages<byte> pages = buffer.Freeze();
                    HashCode tag = default;
                    tag.AddBytes(buffer.Span); //~VMS2002
                    _assets[name] = new Asset(pages, tag.ToHashCode());
                }

                public void Serve(string name, SpliceWriter client) => client.Send(_assets[name].Pages);
            }
            """,
        ["NextChunkViewOfDisposedBuffer"] = """
            public sealed class ChunkedInput(SpliceReader reader)
            {
                private long _total;

                public long CountLines()
                {
                    long lines = 0;
                    for (ReadOnlySpan<byte> chunk = NextChunk(); !chunk.IsEmpty; chunk = NextChunk())
                    {
                        lines += chunk.Count((byte)'\n');
                    }

                    return lines;
                }

                private ReadOnlySpan<byte> NextChunk()
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(64 * 1024);
                    int count = reader.Read(buffer);
                    _total += count;
                    return buffer.Span[..count]; //~VMS2002
                }
            }
            """,
        ["ReceiptReadsFirstIdAfterSendAll"] = """
            public readonly record struct Receipt(int Rows, long FirstId, long LastId);

            public sealed class TableSender(SpliceWriter pipe)
            {
                public Receipt Send(ReadOnlySpan<long> ids, ReadOnlySpan<long> values)
                {
                    PageBuffer<long> idColumn = ToColumn(ids);
                    PageBuffer<long> valueColumn = ToColumn(values);
                    PageBuffer<long>[] columns = [idColumn, valueColumn];
                    pipe.SendAll(columns);
                    return new Receipt(ids.Length, ids[0], idColumn[^1]); //~VMS2002
                }

                private PageBuffer<long> ToColumn(ReadOnlySpan<long> values)
                {
                    PageBuffer<long> column = pipe.Rent<long>(values.Length);
                    values.CopyTo(column.Span);
                    return column;
                }
            }
            """,
    };
}
