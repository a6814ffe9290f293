namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Asynchronous code, and right.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AsyncIteratorHandsPagesOver"] = """
            public sealed class Splitter(SpliceWriter pipe)
            {
                private async IAsyncEnumerable<PageBuffer<byte>> PagesAsync(Stream source, [EnumeratorCancellation] CancellationToken cancellation)
                {
                    while (true)
                    {
                        PageBuffer<byte> page = pipe.Rent<byte>(64 * 1024);
                        int count = await source.ReadAtLeastAsync(page.Memory, page.Length, throwOnEndOfStream: false, cancellation);
                        if (count < page.Length)
                        {
                            await pipe.WriteAsync(page.Memory[..count], cancellation);
                            page.Dispose();
                            yield break;
                        }

                        yield return page;
                    }
                }

                public async Task SplitAsync(Stream source, CancellationToken cancellation)
                {
                    await foreach (PageBuffer<byte> page in PagesAsync(source, cancellation))
                    {
                        page[0] ^= 0x55;
                        await pipe.SendAsync(page, cancellation);
                    }
                }
            }
            """,
        ["ChannelWorkerSendsWhatItTakes"] = """
            public sealed class SendWorker(SpliceWriter pipe)
            {
                private readonly Channel<PageBuffer<long>> _work = Channel.CreateBounded<PageBuffer<long>>(8);

                public async ValueTask PostAsync(ReadOnlyMemory<long> values, CancellationToken cancellation)
                {
                    PageBuffer<long> page = pipe.Rent<long>(values.Length + 1);
                    values.Span.CopyTo(page.Span[1..]);
                    await _work.Writer.WriteAsync(page, cancellation);
                }

                public void Close() => _work.Writer.Complete();

                public async Task RunAsync(CancellationToken cancellation)
                {
                    await foreach (PageBuffer<long> page in _work.Reader.ReadAllAsync(cancellation))
                    {
                        page[0] = Environment.TickCount64;
                        await pipe.SendAsync(page, cancellation);
                    }
                }
            }
            """,
        ["PipeWriterMemoryAskedForEachRound"] = """
            using System.Buffers.Binary;

            public sealed class BlockFramer(SpliceWriter pipe)
            {
                public async Task FrameAsync(Stream source, CancellationToken cancellation)
                {
                    PipeWriter writer = pipe.AsPipeWriter();
                    while (true)
                    {
                        Memory<byte> block = writer.GetMemory(16 * 1024 + 4);
                        int count = await source.ReadAsync(block[4..], cancellation);
                        if (count == 0)
                            break;

                        BinaryPrimitives.WriteInt32LittleEndian(block.Span, count);
                        writer.Advance(4 + count);
                        await writer.FlushAsync(cancellation);
                    }

                    await writer.CompleteAsync();
                }
            }
            """,
        ["PooledArrayReturnedBehindWrite"] = """
            public sealed class FileFeeder(SpliceWriter pipe)
            {
                public async Task FeedAsync(Stream file, CancellationToken cancellation)
                {
                    byte[] chunk = ArrayPool<byte>.Shared.Rent(128 * 1024);
                    try
                    {
                        int count;
                        while ((count = await file.ReadAsync(chunk, cancellation)) > 0)
                            await pipe.WriteAsync(chunk.AsMemory(0, count), cancellation);
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(chunk);
                    }
                }
            }
            """,
        ["TeeThenForwardAsMany"] = """
            public sealed class Recorder(SpliceReader source, SpliceWriter viewer)
            {
                public async Task<long> RecordAsync(string path, CancellationToken cancellation)
                {
                    await using FileStream file = new(path, FileMode.Create, FileAccess.Write);
                    long all = 0;
                    while (await source.TeeAsync(viewer, 1 << 20, cancellation) is > 0 and var bytes)
                        all += await source.ForwardAsync(file, bytes, cancellation);

                    return all;
                }
            }
            """,
        ["TwoArraysOverlapReadAndWrite"] = """
            public sealed class OverlappedFeeder(SpliceWriter pipe)
            {
                public async Task FeedAsync(FileStream file, CancellationToken cancellation)
                {
                    byte[] even = new byte[256 * 1024];
                    byte[] odd = new byte[256 * 1024];
                    int count = await file.ReadAsync(even, cancellation);
                    while (count > 0)
                    {
                        ValueTask writing = pipe.WriteAsync(even.AsMemory(0, count), cancellation);
                        count = await file.ReadAsync(odd, cancellation);
                        await writing;
                        if (count == 0)
                            break;

                        writing = pipe.WriteAsync(odd.AsMemory(0, count), cancellation);
                        count = await file.ReadAsync(even, cancellation);
                        await writing;
                    }
                }
            }
            """,
        ["TwoSendsUnderWayEachItsOwnPage"] = """
            using System.Buffers.Binary;

            public sealed class MessageRelay(SpliceWriter pipe)
            {
                public async Task RelayAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
                {
                    PageBuffer<byte> prefix = pipe.Rent<byte>(4);
                    BinaryPrimitives.WriteInt32LittleEndian(prefix.Span, payload.Length);
                    ValueTask first = pipe.SendAsync(prefix, cancellation);
                    PageBuffer<byte> body = pipe.Rent<byte>(payload.Length);
                    payload.Span.CopyTo(body.Span);
                    ValueTask second = pipe.SendAsync(body, cancellation);
                    await first;
                    await second;
                }
            }
            """,
        ["BroadcastReadersLookedAtAfterComplete"] = """
            [Spliceable]
            public partial struct Price { public long Instrument; public double Value; }

            public sealed record Outcome(int Index, long Records, string? Error);

            public static class EndOfDay
            {
                public static async Task<Outcome[]> PublishAsync(IEnumerable<SpliceWriter> pipes, Price[] closing, CancellationToken cancellation)
                {
                    await using RecordBroadcaster<Price> prices = new(pipes, new() { Backlog = 4 });
                    foreach (Price[] page in closing.Chunk(1000))
                    {
                        await prices.WriteAsync(page, cancellation);
                        await prices.FlushAsync(cancellation);
                        page[0].Value = 0;
                    }

                    await prices.CompleteAsync(cancellation);
                    return prices.Readers.Select(reader => new Outcome(reader.Index, reader.RecordsSent, reader.Error?.Message)).ToArray();
                }
            }
            """,
        ["DecodedBatchesOfAFileGrouped"] = """
            [Spliceable]
            public partial struct Visit { public long User; public int Page; public int Seconds; }

            public static class VisitReport
            {
                public static async Task<Dictionary<int, double>> RunAsync(string path, CancellationToken cancellation)
                {
                    List<Visit> visits = [];
                    await using FileStream file = File.OpenRead(path);
                    await foreach (ReadOnlyMemory<Visit> batch in PipeReader.Create(file).ReadRecordsAsync<Visit>(cancellation))
                    {
                        visits.AddRange(batch.Span);
                    }

                    return visits.GroupBy(visit => visit.Page).ToDictionary(page => page.Key, page => page.Average(visit => visit.Seconds));
                }
            }
            """,
        ["HubAwaitsEverySend"] = """
            public sealed class Hub
            {
                private readonly Dictionary<string, SpliceWriter> _clients = [];

                public void Join(string name, SpliceWriter client) => _clients[name] = client;

                public async Task<string[]> BroadcastAsync(byte[] message)
                {
                    string?[] gone = await Task.WhenAll(_clients.Select(pair => SendOneAsync(pair.Key, pair.Value, message)));
                    return gone.OfType<string>().ToArray();
                }

                private static async Task<string?> SendOneAsync(string name, SpliceWriter client, byte[] message)
                {
                    using PageBuffer<byte> copy = client.Rent<byte>(message.Length);
                    message.CopyTo(copy.Span);
                    try
                    {
                        await client.SendAsync(copy);
                        return null;
                    }
                    catch (IOException)
                    {
                        return name;
                    }
                }
            }
            """,
    };
}
