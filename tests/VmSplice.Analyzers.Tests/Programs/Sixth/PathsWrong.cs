namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Used on some path after it was given away.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrameStampedByHelperAfterShip"] = """
            public sealed class TileRenderer
            {
                private readonly SpliceWriter _encoder;
                private int _frame;

                public TileRenderer(SpliceWriter encoder) => _encoder = encoder;

                public void Render(int width, int height)
                {
                    PageBuffer<uint> tile = _encoder.Rent<uint>(width * height);
                    Span<uint> pixels = tile.Span;
                    pixels.Fill(0xFF202020);
                    Ship(tile);
                    Watermark(pixels, width); //~VMS2004
                    _frame++;
                }

                private void Ship(PageBuffer<uint> tile) => ShipCounted(tile, tile.Length);

                private void ShipCounted(PageBuffer<uint> tile, int count) => _encoder.Send(tile, count);

                private void Watermark(Span<uint> pixels, int width)
                {
                    for (int x = 0; x < Math.Min(width, 8); x++)
                    {
                        pixels[x] = (uint)_frame;
                    }
                }
            }
            """,
        ["FrozenPageReadBehindUsing"] = """
            public static class TemplateFanOut
            {
                public static byte Broadcast(IEnumerable<SpliceWriter> clients, SpliceWriter pool, ReadOnlySpan<byte> template)
                {
                    PageBuffer<byte> buffer = pool.Rent<byte>(template.Length);
                    template.CopyTo(buffer.Span);
                    ReadOnlySpan<byte> content;
                    using (FrozenPages<byte> pages = buffer.Freeze())
                    {
                        content = pages.Span;
                        foreach (SpliceWriter client in clients)
                        {
                            client.Send(pages);
                        }
                    }

                    return content[0]; //~VMS2002
                }
            }
            """,
        ["LargerHalfSentThenLeftWritten"] = """
            public static class Partitioner
            {
                public static void Split(SpliceWriter writer, ReadOnlySpan<int> keys, int pivot)
                {
                    using PageBuffer<int> left = writer.Rent<int>(keys.Length + 1);
                    using PageBuffer<int> right = writer.Rent<int>(keys.Length + 1);
                    int l = 0, r = 0;
                    foreach (int key in keys)
                    {
                        if (key < pivot) left[l++] = key;
                        else right[r++] = key;
                    }

                    PageBuffer<int> larger = l > r ? left : right;
                    writer.Send(larger, Math.Max(l, r));
                    left[l] = int.MinValue; //~VMS2004
                }
            }
            """,
        ["LastSlotFixedUpAfterMaybeFlush"] = """
            [Spliceable]
            public partial struct Bar { public long Time; public double Close; public double Volume; }

            public sealed class BarBuilder(RecordWriter<Bar> bars)
            {
                public void Add(long time, double price, double volume, bool endOfSession)
                {
                    ref Bar bar = ref bars.Next();
                    bar.Time = time;
                    bar.Close = price;
                    if (endOfSession)
                    {
                        bars.Flush();
                    }

                    bar.Volume = volume; //~VMS2004
                }
            }
            """,
        ["ReceiveBufferClearedWhilePending"] = """
            public static class Poller
            {
                public static async Task<int> PollAsync(SpliceReader reader)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(64 * 1024);
                    ValueTask<int> pending = reader.ReadAsync(buffer);
                    buffer.Span.Clear(); //~VMS2004
                    int count = await pending;
                    int newlines = 0;
                    for (int i = 0; i < count; i++)
                    {
                        if (buffer[i] == (byte)'\n') newlines++;
                    }

                    return newlines;
                }
            }
            """,
        ["UrgentSentThenAmended"] = """
            public sealed class AlertQueue(SpliceWriter pager)
            {
                public void Raise(string text, int severity)
                {
                    using PageBuffer<char> alert = pager.Rent<char>(512);
                    int length = Math.Min(text.Length, 500);
                    text.AsSpan(0, length).CopyTo(alert.Span);
                    if (severity > 3)
                    {
                        pager.Send(alert, length);
                    }

                    alert[length] = '!'; //~VMS2004
                    if (alert.State == PageBufferState.Owned)
                    {
                        pager.Send(alert, length + 1);
                    }
                }
            }
            """,
        ["BroadcastSlotStampedAfterFlush"] = """
            [Spliceable]
            public partial struct Level2 { public long Time; public long Price; public int Depth; public int Side; }

            public sealed class DepthFeed(RecordBroadcaster<Level2> feed)
            {
                public void Publish(long price, int depth, bool urgent)
                {
                    ref Level2 level = ref feed.Next();
                    level.Price = price;
                    level.Depth = depth;
                    if (urgent)
                    {
                        feed.Flush();
                    }

                    level.Time = Environment.TickCount64; //~VMS2004
                }
            }
            """,
        ["DoubleBufferSwappedWithoutRent"] = """
            public sealed class MixerLoop(SpliceWriter output)
            {
                public void Run(Func<float> next, CancellationToken ct)
                {
                    PageBuffer<float> front = output.Rent<float>(4096);
                    PageBuffer<float> back = output.Rent<float>(4096);
                    while (!ct.IsCancellationRequested)
                    {
                        for (int i = 0; i < 4096; i++)
                        {
                            front[i] = next(); //~VMS2004
                        }

                        output.Send(front);
                        (front, back) = (back, front);
                    }

                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
        ["IndexingWorkQueuedWithBatch"] = """
            [Spliceable]
            public partial struct Hit { public long DocumentId; public double Score; }

            public sealed class Indexer
            {
                private long _indexed;

                public async Task RunAsync(RecordReader<Hit> hits)
                {
                    List<Task> work = [];
                    while (true)
                    {
                        ReadOnlyMemory<Hit> batch = await hits.ReadBatchAsync();
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        work.Add(Task.Run(() => Index(batch))); //~VMS2004
                    }

                    await Task.WhenAll(work);
                }

                private void Index(ReadOnlyMemory<Hit> batch)
                {
                    foreach (ref readonly Hit hit in batch.Span)
                    {
                        Interlocked.Add(ref _indexed, hit.DocumentId);
                    }
                }
            }
            """,
    };
}
