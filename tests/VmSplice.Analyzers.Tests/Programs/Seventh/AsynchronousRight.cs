namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Code that awaits, and right.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AwaitedThenWritten"] = """
            // Radio: a block is received, and only then windowed in its own pages and sent on.
            public sealed class IqRelay(SpliceReader radio, SpliceWriter decoder)
            {
                public async Task<long> RelayAsync(float[] window)
                {
                    long samples = 0;
                    while (true)
                    {
                        using PageBuffer<float> block = decoder.Rent<float>(64 * 1024);
                        ValueTask<int> receiving = radio.ReadAsync(block);
                        float scale = 1 / window.Max();
                        int count = await receiving;
                        if (count == 0)
                        {
                            return samples;
                        }

                        for (int i = 0; i < count; i++)
                        {
                            block.Span[i] *= window[i % window.Length] * scale;
                        }

                        ValueTask sending = decoder.SendAsync(block);
                        samples += count;
                        await sending;
                    }
                }
            }
            """,
        ["MemoryAskedAnew"] = """
            // Message broker: frames are encoded in the memory of a PipeWriter, which is asked anew behind each flush.
            public static class FrameEncoder
            {
                public static async Task EncodeAsync(SpliceWriter pipe, IAsyncEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken cancellation)
                {
                    PipeWriter writer = pipe.AsPipeWriter();
                    await foreach (ReadOnlyMemory<byte> message in messages.WithCancellation(cancellation))
                    {
                        Memory<byte> frame = writer.GetMemory(message.Length + 4);
                        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(frame.Span, message.Length);
                        message.CopyTo(frame[4..]);
                        writer.Advance(message.Length + 4);
                        FlushResult result = await writer.FlushAsync(cancellation);
                        if (result.IsCompleted)
                        {
                            break;
                        }
                    }

                    await writer.CompleteAsync();
                }
            }
            """,
        ["QueueOfPages"] = """
            // Print server: pages wait in a queue; the spooler takes one out for each turn.
            public sealed class Spooler(SpliceWriter printer)
            {
                private readonly Queue<PageBuffer<byte>> _waiting = new();

                public void Enqueue(PageBuffer<byte> page) => _waiting.Enqueue(page);

                public async Task<int> RunAsync(CancellationToken cancellation)
                {
                    int printed = 0;
                    while (_waiting.TryDequeue(out PageBuffer<byte> page))
                    {
                        if (cancellation.IsCancellationRequested)
                        {
                            page.Dispose();
                            continue;
                        }

                        await printer.SendAsync(page);
                        printed++;
                    }

                    return printed;
                }
            }
            """,
        ["SendsAwaitedTogether"] = """
            // Sharding: every shard gets a page of its own, and all sends are awaited together.
            public sealed class ShardedStore(IReadOnlyList<SpliceWriter> shards)
            {
                public async Task StoreAsync(long[] keys)
                {
                    List<Task> sends = new(shards.Count);
                    foreach (var (number, shard) in shards.Index())
                    {
                        long[] own = [.. keys.Where(key => key % shards.Count == number)];
                        if (own.Length == 0)
                        {
                            continue;
                        }

                        using PageBuffer<long> page = shard.Rent<long>(own.Length);
                        own.CopyTo(page.Span);
                        sends.Add(shard.SendAsync(page).AsTask());
                    }

                    await Task.WhenAll(sends);
                }
            }
            """,
    };
}
