namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers and transfers that are awaited.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PrefetchIntoOther"] = """
            namespace Import.Prefetch;

            public sealed class PrefetchingImporter(SpliceReader source)
            {
                private const int Block = 256 * 1024;

                private static long Sum(ReadOnlySpan<byte> block)
                {
                    long sum = 0;
                    foreach (byte value in block)
                    {
                        sum += value;
                    }

                    return sum;
                }

                // Reads the next block while the last one is summed up.
                public async Task<long> RunAsync()
                {
                    long total = 0;
                    PageBuffer<byte> even = PageBuffer<byte>.Allocate(Block);
                    PageBuffer<byte> odd = PageBuffer<byte>.Allocate(Block);
                    int count = await source.ReadAsync(even);
                    while (count > 0)
                    {
                        ValueTask<int> reading = source.ReadAsync(odd);
                        total += Sum(even.Span[..count]);
                        count = await reading;
                        if (count == 0)
                        {
                            break;
                        }

                        reading = source.ReadAsync(even);
                        total -= Sum(odd.Span[..count]);
                        count = await reading;
                    }

                    even.Dispose();
                    odd.Dispose();
                    return total;
                }
            }
            """,
        ["HandOverToChannel"] = """
            using System.Threading.Channels;

            namespace Pipeline.Stages;

            // One stage fills buffers, another one sends them; what finds no room is given back.
            public sealed class SendQueue(SpliceWriter pipe, int capacity)
            {
                private readonly Channel<PageBuffer<byte>> _channel = Channel.CreateBounded<PageBuffer<byte>>(capacity);
                private long _dropped;

                public long Dropped => Interlocked.Read(ref _dropped);

                public bool TryEnqueue(ReadOnlySpan<byte> message)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(message.Length);
                    message.CopyTo(buffer.Span);
                    if (_channel.Writer.TryWrite(buffer))
                    {
                        return true;
                    }

                    buffer.Dispose();
                    Interlocked.Increment(ref _dropped);
                    return false;
                }

                public void Close() => _channel.Writer.TryComplete();

                public async Task RunAsync(CancellationToken cancellation)
                {
                    await foreach (PageBuffer<byte> buffer in _channel.Reader.ReadAllAsync(cancellation))
                    {
                        if (buffer.Length == 0)
                        {
                            buffer.Dispose();
                            continue;
                        }

                        await pipe.SendAsync(buffer);
                    }
                }
            }
            """,
    };
}
