namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Tasks and collections, and right.</summary>
internal sealed class AsyncCollectionsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AsyncStreamYieldsCopies"] = """
            public static class ChunkSource
            {
                public static async IAsyncEnumerable<byte[]> ChunksAsync(SpliceReader pipe, [EnumeratorCancellation] CancellationToken cancellation = default)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(64 * 1024);
                    while (await pipe.ReadAsync(buffer, cancellation) is > 0 and var got)
                    {
                        yield return buffer.Memory[..got].ToArray();
                    }
                }

                public static async Task<long> CountAsync(SpliceReader pipe)
                {
                    List<byte[]> kept = [];
                    await foreach (byte[] chunk in ChunksAsync(pipe))
                    {
                        kept.Add(chunk);
                    }

                    return kept.Sum(chunk => (long)chunk.Length);
                }
            }
            """,
        ["BuffersQueuedInChannelAndConsumedOnce"] = """
            public sealed class Queue0(SpliceWriter pipe)
            {
                private readonly Channel<PageBuffer<byte>> _queue = Channel.CreateBounded<PageBuffer<byte>>(16);

                public async ValueTask PostAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(message.Length);
                    message.Span.CopyTo(page.Span);
                    await _queue.Writer.WriteAsync(page, cancellation);
                }

                public async Task RunAsync(CancellationToken stopping)
                {
                    await foreach (PageBuffer<byte> page in _queue.Reader.ReadAllAsync(stopping))
                    {
                        if (page.Length == 0)
                        {
                            page.Dispose();
                            continue;
                        }

                        await pipe.SendAsync(page, stopping);
                    }
                }

                public void Stop() => _queue.Writer.Complete();
            }
            """,
        ["OneFrameReceivedIntoAgainAndAgain"] = """
            [Spliceable]
            public sealed partial class Packet
            {
                [Segment(MaxLength = 65536)] public partial Span<byte> Body { get; }
            }

            public static class PacketReader
            {
                public static async Task<Dictionary<int, int>> HistogramAsync(SpliceReader pipe, CancellationToken cancellation)
                {
                    Dictionary<int, int> lengths = [];
                    using Packet packet = Packet.Allocate();
                    while (await pipe.TryReceiveIntoAsync(packet, cancellationToken: cancellation))
                    {
                        int length = packet.Body.Length;
                        lengths[length] = lengths.GetValueOrDefault(length) + 1;
                        packet.Body.Clear();
                    }

                    return lengths;
                }
            }
            """,
    };
}
