namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Writers that nobody completes.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AsyncEncoderNeverCompletesBuffers"] = """
            [Spliceable]
            public sealed partial class Clip
            {
                [Segment(MaxLength = 1 << 20)] public partial Span<byte> Data { get; }
            }

            public sealed class ClipUploader(string fifo)
            {
                public async Task<int> UploadAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> clips, CancellationToken cancellation)
                {
                    using SpliceWriter pipe = await SpliceWriter.OpenFifoAsync( //~VMS2014
                        fifo, new() { Reader = PipeReaderKind.Copying }, cancellationToken: cancellation);
                    int count = 0;
                    await foreach (ReadOnlyMemory<byte> data in clips.WithCancellation(cancellation))
                    {
                        Clip clip = Clip.Rent(pipe);
                        clip.DataLength = data.Length;
                        data.Span.CopyTo(clip.Data);
                        await pipe.SendAsync(clip, cancellation);
                        count++;
                    }

                    return count;
                }
            }
            """,
        ["AuditServiceDisposesWriterUncompleted"] = """
            [Spliceable]
            public partial struct Action { public long User; public long Time; public int Code; public int Result; }

            public sealed class AuditService : IAsyncDisposable
            {
                private readonly Channel<Action> _queue = Channel.CreateUnbounded<Action>();
                private readonly RecordWriter<Action> _actions;
                private Task _pump = Task.CompletedTask;

                public AuditService(SpliceWriter pipe) => _actions = Action.CreateWriter(pipe); //~VMS2014

                public void Start(CancellationToken cancellation) => _pump = PumpAsync(cancellation);

                public bool Report(in Action action) => _queue.Writer.TryWrite(action);

                private async Task PumpAsync(CancellationToken cancellation)
                {
                    await foreach (Action action in _queue.Reader.ReadAllAsync(cancellation))
                    {
                        _actions.Write(action);
                        if (_queue.Reader.Count == 0)
                        {
                            await _actions.FlushAsync(cancellation);
                        }
                    }
                }

                public async ValueTask DisposeAsync()
                {
                    _queue.Writer.Complete();
                    await _pump;
                    await _actions.DisposeAsync();
                }
            }
            """,
        ["BroadcastInUsingWithoutComplete"] = """
            [Spliceable]
            public partial struct Price { public long Instrument; public double Value; }

            public sealed record BroadcastResult(long Records, int Lost);

            public static class EndOfDay
            {
                public static BroadcastResult Publish(
                    IReadOnlyDictionary<string, SpliceWriter> subscribers, IEnumerable<(long Instrument, double Value)> closing)
                {
                    using RecordBroadcaster<Price> prices = new(subscribers.Values, new() { SlowReader = SlowReader.Drop }); //~VMS2014
                    foreach ((long instrument, double value) in closing)
                    {
                        ref Price price = ref prices.Next();
                        price.Instrument = instrument;
                        price.Value = value;
                    }

                    prices.Flush();
                    return new BroadcastResult(prices.RecordsWritten, prices.Readers.Count(reader => reader.Error is not null));
                }
            }
            """,
        ["ExportHelpersFlushButNobodyCompletes"] = """
            [Spliceable]
            public partial struct Item { public long Sku; public int Stock; public int Warehouse; }

            public static class InventoryExport
            {
                public static long Run(string fifo, IEnumerable<Item> stock)
                {
                    using RecordWriter<Item> items = Item.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2014
                    foreach (Item[] page in stock.Chunk(500))
                    {
                        WritePage(items, page);
                    }

                    return items.RecordsWritten;
                }

                private static void WritePage(RecordWriter<Item> items, Item[] page)
                {
                    WriteSorted(items, page.OrderBy(item => item.Sku));
                    items.Flush();
                }

                private static void WriteSorted(RecordWriter<Item> items, IEnumerable<Item> sorted)
                {
                    foreach (Item item in sorted)
                    {
                        items.Write(item);
                    }
                }
            }
            """,
        ["ThumbnailsSentAsyncWithoutEndMark"] = """
            [Spliceable]
            public sealed partial class Thumbnail
            {
                [Segment] public partial ref long Id { get; }
                [Segment(Length = 64 * 64)] public partial Span<int> Pixels { get; }
            }

            public sealed class ThumbnailSender(Func<long, int> colour)
            {
                public async Task<int> SendAllAsync(string fifo, IAsyncEnumerable<long> ids, CancellationToken cancellation)
                {
                    int sent = 0;
                    using SpliceWriter pipe = SpliceWriter.OpenFifo(fifo); //~VMS2014
                    await foreach (long id in ids.WithCancellation(cancellation))
                    {
                        Thumbnail thumbnail = Thumbnail.Rent(pipe);
                        thumbnail.Id = id;
                        thumbnail.Pixels.Fill(colour(id));
                        await pipe.SendAsync(thumbnail, cancellation);
                        sent++;
                    }

                    return sent;
                }
            }
            """,
    };
}
