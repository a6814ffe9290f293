namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Asynchronous code, and right.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CopyingWriterForwardedByReader"] = """
            public sealed class CapturePipeline : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;
                private readonly SpliceReader _reader;

                public CapturePipeline()
                {
                    _writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
                    _reader = _pipe.OpenReader();
                }

                public async Task CaptureAsync(ReadOnlyMemory<byte> data, FileStream file, CancellationToken cancellation)
                {
                    using PageBuffer<byte> page = _writer.Rent<byte>(data.Length);
                    data.CopyTo(page.Memory);
                    ValueTask sending = _writer.SendAsync(page, cancellation);
                    await _reader.ForwardAsync(file, data.Length, cancellation);
                    await sending;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _reader.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["KeyCopyWrittenThenCleared"] = """
            using System.Security.Cryptography;

            public sealed class KeyDistributor(SpliceWriter agent)
            {
                public async Task SendKeyAsync(Func<byte[]> derive, CancellationToken cancellation)
                {
                    byte[] key = derive();
                    try
                    {
                        await agent.WriteAsync(key.AsMemory(), cancellation);
                    }
                    finally
                    {
                        CryptographicOperations.ZeroMemory(key);
                    }
                }

                public void SendKey(Span<byte> key)
                {
                    agent.Write(key);
                    key.Clear();
                }
            }
            """,
        ["PipeWriterMemoryAskedAgainAfterFlush"] = """
            public static class StreamBridge
            {
                public static async Task CopyAsync(Stream source, SpliceWriter pipe, CancellationToken cancellation)
                {
                    PipeWriter writer = pipe.AsPipeWriter();
                    while (true)
                    {
                        Memory<byte> free = writer.GetMemory(32 * 1024);
                        int read = await source.ReadAsync(free, cancellation);
                        if (read == 0) break;
                        writer.Advance(read);
                        FlushResult flushed = await writer.FlushAsync(cancellation);
                        if (flushed.IsCompleted) break;
                    }

                    await writer.CompleteAsync();
                }
            }
            """,
        ["ReceiveAwaitedBeforeClear"] = """
            public static class Poller
            {
                public static async Task<int> PollAsync(SpliceReader reader, int rounds)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(64 * 1024);
                    int newlines = 0;
                    for (int round = 0; round < rounds; round++)
                    {
                        ValueTask<int> pending = reader.ReadAsync(buffer);
                        await Task.Yield();
                        int count = await pending;
                        if (count == 0) break;
                        newlines += buffer.Span[..count].Count((byte)'\n');
                        buffer.Span.Clear();
                    }

                    return newlines;
                }
            }
            """,
        ["SendsCollectedAndAwaited"] = """
            public sealed class Heartbeat(IReadOnlyList<SpliceWriter> peers)
            {
                private long _beats;

                public async Task BeatAsync(CancellationToken stop)
                {
                    var sends = new Task[peers.Count];
                    for (int i = 0; i < sends.Length; i++)
                    {
                        PageBuffer<long> beat = peers[i].Rent<long>(2);
                        beat[0] = ++_beats;
                        beat[1] = Environment.TickCount64;
                        sends[i] = peers[i].SendAsync(beat, stop).AsTask();
                    }

                    await Task.WhenAll(sends);
                }
            }
            """,
        ["BroadcastCompletedAsync"] = """
            [Spliceable]
            public partial struct Candle { public long Minute; public double Open; public double Close; }

            public static class CandleServer
            {
                public static async Task<int> ServeAsync(SpliceWriter[] clients, IAsyncEnumerable<Candle[]> candles, CancellationToken ct)
                {
                    await using var broadcast = new RecordBroadcaster<Candle>(clients, new() { SlowReader = SlowReader.Drop });
                    await foreach (Candle[] some in candles.WithCancellation(ct))
                    {
                        await broadcast.WriteAsync(some, ct);
                        await broadcast.FlushAsync(ct);
                    }

                    await broadcast.CompleteAsync(ct);
                    return broadcast.Readers.Count(reader => reader.Error is null);
                }
            }
            """,
        ["ChecksumBeforeSendasync"] = """
            public sealed class BlobUploader(SpliceWriter pipe, Action<long> onChecksum)
            {
                public async Task<int> UploadAsync(Stream blob, CancellationToken ct)
                {
                    int chunks = 0;
                    while (true)
                    {
                        using PageBuffer<byte> chunk = pipe.Rent<byte>(1 << 20);
                        int read = await blob.ReadAtLeastAsync(chunk.Memory, chunk.Length, throwOnEndOfStream: false, ct);
                        if (read == 0)
                        {
                            return chunks;
                        }

                        long checksum = 0;
                        foreach (byte b in chunk.Span[..read])
                        {
                            checksum += b;
                        }

                        onChecksum(checksum);
                        await pipe.SendAsync(chunk, read, ct);
                        chunks++;
                    }
                }
            }
            """,
        ["PipewriterPrefixBeforeFlush"] = """
            using System.Buffers.Binary;

            public static class FrameProtocol
            {
                public static async Task SendAsync(SpliceWriter pipe, Func<Memory<byte>, int> encode, CancellationToken ct)
                {
                    PipeWriter output = pipe.AsPipeWriter();
                    for (int round = 0; round < 10; round++)
                    {
                        Memory<byte> memory = output.GetMemory(4096);
                        int length = encode(memory[4..]);
                        BinaryPrimitives.WriteInt32LittleEndian(memory.Span, length);
                        output.Advance(4 + length);
                        FlushResult result = await output.FlushAsync(ct);
                        if (result.IsCompleted)
                        {
                            break;
                        }
                    }

                    await output.CompleteAsync();
                }
            }
            """,
        ["ReceivedPagesPassedOnAfterAwait"] = """
            public static class Repeater
            {
                public static async Task<long> RepeatAsync(SpliceReader input, SpliceWriter output, CancellationToken ct)
                {
                    long total = 0;
                    int count;
                    do
                    {
                        using PageBuffer<byte> buffer = output.Rent<byte>(64 * 1024);
                        count = await input.ReadAsync(buffer, ct);
                        if (count > 0)
                        {
                            await output.SendAsync(buffer, count, ct);
                            total += count;
                        }
                    }
                    while (count > 0);
                    return total;
                }
            }
            """,
    };
}
