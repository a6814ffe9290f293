namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Buffers, and right.</summary>
internal sealed class OtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PendingBlockSentOrGivenBack"] = """
            public sealed class PendingBlock : IDisposable
            {
                private readonly PageBuffer<int> _block;

                public PendingBlock(SpliceWriter pipe, int length) => _block = pipe.Rent<int>(length);

                public Span<int> Values => _block.Span;

                public void Commit(SpliceWriter pipe) => pipe.Send(_block);

                // Without effect where it was committed.
                public void Dispose() => _block.Dispose();
            }

            public static class Transaction
            {
                public static bool Run(SpliceWriter pipe, Func<int, int?> next)
                {
                    using PendingBlock block = new(pipe, 1024);
                    for (int i = 0; i < block.Values.Length; i++)
                    {
                        if (next(i) is not { } value)
                            return false;

                        block.Values[i] = value;
                    }

                    block.Commit(pipe);
                    return true;
                }
            }
            """,
        ["RetryCopiesIntoNewBuffer"] = """
            public sealed class AuditSink(Func<SpliceWriter> connect, int attempts)
            {
                private SpliceWriter _pipe = connect();

                public void Append(ReadOnlySpan<byte> entry)
                {
                    for (int attempt = 1; ; attempt++)
                    {
                        PageBuffer<byte> copy = _pipe.Rent<byte>(entry.Length);
                        entry.CopyTo(copy.Span);
                        try
                        {
                            _pipe.Send(copy);
                            return;
                        }
                        catch (IOException) when (attempt < attempts)
                        {
                            Thread.Sleep(100 * attempt);
                            _pipe.Dispose();
                            _pipe = connect();
                        }
                    }
                }
            }
            """,
        ["SamplerGivesBackWhatItDrops"] = """
            public sealed class TraceSampler(SpliceWriter collector, int oneIn)
            {
                private int _seen;

                public int Dropped { get; private set; }

                public void Offer([Consumes] PageBuffer<byte> trace)
                {
                    using (trace)
                    {
                        if (_seen++ % oneIn != 0)
                        {
                            Dropped++;
                            return;
                        }

                        trace[0] = (byte)_seen;
                        collector.Send(trace);
                    }
                }
            }
            """,
        ["StackScratchIsWritten"] = """
            using System.Globalization;

            public static class MetricsLine
            {
                public static void Gauges(SpliceWriter pipe, ReadOnlySpan<double> values)
                {
                    Span<byte> text = stackalloc byte[40];
                    foreach (double value in values)
                    {
                        if (!value.TryFormat(text, out int written, "F3", CultureInfo.InvariantCulture))
                            continue;

                        text[written++] = (byte)'\n';
                        pipe.Write(text[..written]);
                        text.Clear();
                    }
                }
            }
            """,
        ["StateAskedBeforeSecondUse"] = """
            public sealed class BestEffortSender(SpliceWriter primary, SpliceWriter overflow)
            {
                public void Send(ReadOnlySpan<byte> bytes, int mostUnread)
                {
                    PageBuffer<byte> page = primary.Rent<byte>(bytes.Length);
                    bytes.CopyTo(page.Span);
                    if (primary.BytesUnread < mostUnread)
                        primary.Send(page);

                    if (page.State == PageBufferState.Owned)
                    {
                        page[0] |= 0x80;
                        overflow.Write<byte>(page.Span);
                        page.Dispose();
                    }
                }
            }
            """,
        ["StreamBridgeLeftOpenThenPage"] = """
            using System.IO.Compression;

            public static class ArchiveSender
            {
                public static void Send(SpliceWriter pipe, byte[] index, ReadOnlySpan<long> offsets)
                {
                    using (Stream stream = pipe.AsStream(leaveOpen: true))
                    using (GZipStream zip = new(stream, CompressionLevel.Fastest))
                    {
                        zip.Write(index);
                    }

                    index[0] = 0;
                    using PageBuffer<long> tail = pipe.Rent<long>(offsets.Length);
                    offsets.CopyTo(tail.Span);
                    pipe.Send(tail);
                }
            }
            """,
        ["TrySendAnswerDecides"] = """
            public sealed class BackpressureQueue(SpliceWriter pipe, int mostUnread, Stream overflow)
            {
                private bool TrySend(PageBuffer<byte> page)
                {
                    if (pipe.BytesUnread > mostUnread)
                        return false;

                    pipe.Send(page);
                    return true;
                }

                public void Push(ReadOnlySpan<byte> bytes)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(bytes.Length);
                    bytes.CopyTo(page.Span);
                    if (!TrySend(page))
                        overflow.Write(page.Span);
                }
            }
            """,
        ["ChunkParsedBeforeItsUsingEnds"] = """
            using System.Text;

            public sealed class ChunkedInput(SpliceReader reader)
            {
                public IEnumerable<string> Chunks()
                {
                    while (NextChunk() is { Length: > 0 } text)
                    {
                        yield return text;
                    }
                }

                private string NextChunk()
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(64 * 1024);
                    int count = reader.Read(buffer);
                    return Encoding.Latin1.GetString(buffer.Span[..count]);
                }
            }
            """,
        ["EncodeSmallWrittenLargeSentBothSummedBefore"] = """
            public readonly record struct Written(int Count, int Checksum, bool Moved);

            public sealed class HybridWriter(SpliceWriter pipe)
            {
                private const int Threshold = 8 * 1024;

                public Written Write(Func<Memory<byte>, int> encode, int most)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(most);
                    int count = encode(buffer.Memory);
                    int checksum = 0;
                    foreach (byte one in buffer.Span[..count])
                    {
                        checksum = (checksum * 31) + one;
                    }

                    if (count >= Threshold)
                    {
                        pipe.Send(buffer, count);
                        return new Written(count, checksum, Moved: true);
                    }

                    pipe.Write(buffer.Span[..count]);
                    buffer.Span[..count].Clear();
                    return new Written(count, checksum, buffer.State != PageBufferState.Owned);
                }
            }
            """,
    };
}
