namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers that were given away on some path, or by one of several names.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HeaderAfterBody"] = """
            namespace Market.Depth;

            [Spliceable]
            public partial struct Level { public double Price; public long Quantity; public int Count; public int Side; }

            public sealed class DepthPublisher(RecordWriter<Level> levels)
            {
                private ref Level Begin(double mid)
                {
                    ref Level head = ref levels.Next();
                    head.Price = mid;
                    head.Side = -1;
                    return ref head;
                }

                private int Append(IEnumerable<KeyValuePair<double, long>> book, int side)
                {
                    int count = 0;
                    foreach ((double price, long quantity) in book)
                    {
                        ref Level level = ref levels.Next();
                        level.Price = price;
                        level.Quantity = quantity;
                        level.Side = side;
                        count++;
                    }

                    return count;
                }

                public void Publish(double mid, SortedDictionary<double, long> bids, SortedDictionary<double, long> asks)
                {
                    ref Level head = ref Begin(mid);
                    int count = Append(bids.Reverse(), 0) + Append(asks, 1);
                    head.Count = count; //~VMS2004
                    levels.Flush();
                }
            }
            """,
        ["NullableOpenBatch"] = """
            namespace Batching.Coalescing;

            public sealed class Coalescer(SpliceWriter pipe)
            {
                private const int Batch = 64 * 1024;
                private const int MostMessage = 1024;

                // Small messages travel together; a batch goes when another message might not fit.
                public int SendAll(IEnumerable<ReadOnlyMemory<byte>> messages)
                {
                    PageBuffer<byte>? open = null;
                    int used = 0;
                    int batches = 0;
                    foreach (ReadOnlyMemory<byte> message in messages)
                    {
                        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, MostMessage);
                        open ??= pipe.Rent<byte>(Batch);
                        message.Span.CopyTo(open.Value.Span[used..]); //~VMS2004
                        used += message.Length;
                        if (used > Batch - MostMessage)
                        {
                            pipe.Send(open.Value, used);
                            used = 0;
                            batches++;
                        }
                    }

                    if (open is { } rest && rest.State == PageBufferState.Owned)
                    {
                        pipe.Send(rest, used);
                        batches++;
                    }

                    return batches;
                }
            }
            """,
        ["CatchNamesFrame"] = """
            namespace Video.Pipeline;

            [Spliceable]
            public sealed partial class Picture
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<byte> Luma { get; }
            }

            public sealed class PictureStage(SpliceWriter next, Action<string> log)
            {
                private int _failed;

                private static void Equalize(Span<byte> luma)
                {
                    byte most = 0;
                    foreach (byte value in luma)
                    {
                        most = Math.Max(most, value);
                    }

                    for (int i = 0; i < luma.Length; i++)
                    {
                        luma[i] = (byte)(luma[i] * 255 / most);     // throws for a black picture
                    }
                }

                public bool Process(long number, ReadOnlySpan<byte> luma)
                {
                    Picture picture = Picture.Rent(next);
                    try
                    {
                        picture.Number = number;
                        luma.CopyTo(picture.Luma);
                        Equalize(picture.Luma);
                        next.Send(picture);
                        return true;
                    }
                    catch (Exception e)
                    {
                        _failed++;
                        log($"picture {picture.Number} was lost ({_failed} so far): {e.Message}"); //~VMS2004
                        picture.Dispose();
                        return false;
                    }
                }
            }
            """,
        ["PrefetchPeek"] = """
            namespace Import.Prefetch;

            public sealed class PrefetchingImporter(SpliceReader source, Func<ReadOnlyMemory<byte>, Task> store)
            {
                private const int Block = 256 * 1024;

                public async Task<long> RunAsync()
                {
                    long total = 0;
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Block);
                    while (true)
                    {
                        ValueTask<int> reading = source.ReadAsync(buffer);
                        bool compressed = buffer[0] == 0x1F && total == 0; //~VMS2004
                        int count = await reading;
                        if (count == 0)
                        {
                            return total;
                        }

                        if (compressed)
                        {
                            throw new InvalidDataException("The source sends gzip; ask it for plain data.");
                        }

                        await store(buffer.Memory[..count]);
                        total += count;
                    }
                }
            }
            """,
        ["ChecksumBehindChunks"] = """
            namespace Upload.Chunked;

            public sealed class ChunkedUpload(SpliceWriter pipe)
            {
                private const int Chunk = 64 * 1024;

                private static ulong Mix(ulong hash, ReadOnlySpan<byte> content)
                {
                    foreach (byte value in content)
                    {
                        hash = (hash ^ value) * 1099511628211;
                    }

                    return hash;
                }

                // The number of chunks, the chunks, and their hash behind them.
                public ulong Upload(Stream source)
                {
                    List<PageBuffer<byte>> chunks = [];
                    for (long left = source.Length; left > 0; left -= Chunk)
                    {
                        PageBuffer<byte> chunk = pipe.Rent<byte>((int)Math.Min(left, Chunk));
                        source.ReadExactly(chunk.Span);
                        chunks.Add(chunk);
                    }

                    pipe.Write(BitConverter.GetBytes(chunks.Count));
                    foreach (PageBuffer<byte> chunk in chunks)
                    {
                        pipe.Send(chunk);
                    }

                    ulong hash = 14695981039346656037;
                    foreach (PageBuffer<byte> chunk in chunks)
                    {
                        hash = Mix(hash, chunk.Span); //~VMS2004
                    }

                    chunks.Clear();
                    pipe.Write(BitConverter.GetBytes(hash));
                    return hash;
                }
            }
            """,
    };
}
