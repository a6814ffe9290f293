namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Slots and batches used after the next.</summary>
internal sealed class MoreSlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchReadBehindReadersUsing"] = """
            [Spliceable]
            public partial struct Setting { public int Key; public int Scope; public long Value; }

            public static class SettingsLoader
            {
                public static Dictionary<int, long> Load(string fifo)
                {
                    ReadOnlySpan<Setting> settings;
                    using (RecordReader<Setting> reader = Setting.CreateReader(SpliceReader.OpenFifo(fifo)))
                    {
                        settings = reader.ReadBatch();
                    }

                    var map = new Dictionary<int, long>();
                    foreach (ref readonly Setting setting in settings)
                    {
                        map[setting.Key] = setting.Value; //~VMS2003
                    }

                    return map;
                }
            }
            """,
        ["EncodeOfABatchAfterLookahead"] = """
            [Spliceable]
            public partial struct Reading { public long Sequence; public double Value; }

            public sealed class LogRelay(RecordReader<Reading> source, Func<ReadOnlyMemory<byte>, bool, Task> store)
            {
                public async Task RelayAsync(CancellationToken ct)
                {
                    ReadOnlyMemory<Reading> batch = await source.ReadBatchAsync(ct);
                    while (!batch.IsEmpty)
                    {
                        ReadOnlyMemory<Reading> lookahead = await source.ReadBatchAsync(ct);
                        var message = new ArrayBufferWriter<byte>();
                        RecordCodec.Encode(batch.Span, message); //~VMS2003
                        await store(message.WrittenMemory, lookahead.IsEmpty);
                        batch = lookahead;
                    }
                }
            }
            """,
        ["GapDetectorComparesWithLastBatch"] = """
            [Spliceable]
            public partial struct Packet { public long Sequence; public long Nanos; }

            public static class GapDetector
            {
                public static List<(long From, long To)> Find(RecordReader<Packet> reader)
                {
                    List<(long, long)> gaps = [];
                    ReadOnlySpan<Packet> previous = default;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (!previous.IsEmpty)
                        {
                            long last = previous[^1].Sequence; //~VMS2003
                            if (batch[0].Sequence != last + 1)
                            {
                                gaps.Add((last, batch[0].Sequence));
                            }
                        }

                        previous = batch;
                    }

                    return gaps;
                }
            }
            """,
        ["LastQuoteReadBehindTheStream"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public double Bid; public double Ask; }

            public static class ClosingPrice
            {
                public static async Task<double> MidAsync(RecordReader<Quote> quotes, CancellationToken ct)
                {
                    ReadOnlyMemory<Quote> last = default;
                    await foreach (ReadOnlyMemory<Quote> batch in quotes.WithCancellation(ct))
                    {
                        last = batch;
                    }

                    if (last.IsEmpty)
                    {
                        return double.NaN;
                    }

                    Quote final = last.Span[^1]; //~VMS2003
                    return (final.Bid + final.Ask) / 2;
                }
            }
            """,
        ["MemoryFilledAfterFlushInPoller"] = """
            [Spliceable]
            public partial struct Metric { public int Key; public int Kind; public double Value; }

            public sealed class MetricsPoller(RecordWriter<Metric> writer, Func<Memory<Metric>, CancellationToken, Task<int>> poll)
            {
                public async Task RunOnceAsync(CancellationToken ct)
                {
                    Memory<Metric> slots = writer.GetMemory(64);
                    if (slots.Length < 64)
                    {
                        throw new InvalidOperationException("no room");
                    }

                    await writer.FlushAsync(ct);
                    int count = await poll(slots, ct); //~VMS2003
                    writer.Advance(count);
                }
            }
            """,
        ["PeekCursorBehindRefill"] = """
            [Spliceable]
            public partial struct Token { public int Kind; public int Value; }

            public ref struct TokenCursor(ReadOnlySpan<Token> batch)
            {
                private readonly ReadOnlySpan<Token> _batch = batch;
                private int _at = -1;

                public readonly ref readonly Token Current => ref _batch[_at];

                public bool MoveNext() => ++_at < _batch.Length;
            }

            public static class Parser
            {
                public static (int First, int Follow) Parse(RecordReader<Token> tokens)
                {
                    var cursor = new TokenCursor(tokens.ReadBatch());
                    if (!cursor.MoveNext())
                    {
                        return default;
                    }

                    var follow = new TokenCursor(tokens.ReadBatch());
                    int next = follow.MoveNext() ? follow.Current.Kind : -1;
                    return (cursor.Current.Kind, next); //~VMS2003
                }
            }
            """,
        ["PipewriterLengthPrefixAfterFlush"] = """
            using System.Buffers.Binary;

            public static class FrameProtocol
            {
                public static async Task SendAsync(SpliceWriter pipe, Func<Memory<byte>, int> encode, CancellationToken ct)
                {
                    PipeWriter output = pipe.AsPipeWriter(leaveOpen: true);
                    Memory<byte> prefix = output.GetMemory(4096);
                    int length = encode(prefix[4..]);
                    output.Advance(4 + length);
                    FlushResult result = await output.FlushAsync(ct);
                    if (result.IsCompleted)
                    {
                        return;
                    }

                    BinaryPrimitives.WriteInt32LittleEndian(prefix.Span, length); //~VMS2003
                    await output.CompleteAsync();
                }
            }
            """,
        ["SnapshotHeaderFilledAfterLevels"] = """
            [Spliceable]
            public partial struct BookRow { public long InstrumentId; public double Price; public int Size; public int Count; }

            public sealed class SnapshotPublisher(RecordWriter<BookRow> rows)
            {
                public void Publish(long instrument, (double Price, int Size) best, (double Price, int Size) second)
                {
                    ref BookRow header = ref rows.Next();
                    header.InstrumentId = instrument;

                    int levels = 0;
                    AddLevel(instrument, best);
                    levels++;
                    AddLevel(instrument, second);
                    levels++;

                    header.Count = levels; //~VMS2003
                }

                private void AddLevel(long instrument, (double Price, int Size) level)
                {
                    ref BookRow row = ref rows.Next();
                    row.InstrumentId = instrument;
                    row.Price = level.Price;
                    row.Size = level.Size;
                }
            }
            """,
    };
}
