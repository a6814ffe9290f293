namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Batches of readers, and right.</summary>
internal sealed class MoreBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BestOrderAsValue"] = """
            [Spliceable]
            public partial struct Order { public long Price; public long Quantity; public long Time; }

            public static class BestOrder
            {
                public static Order Find(RecordReader<Order> orders, out int improvements)
                {
                    improvements = 0;
                    Order best = default;
                    foreach (ref readonly Order order in orders)
                    {
                        ref readonly Order candidate = ref order;
                        if (candidate.Price > best.Price)
                        {
                            best = candidate;
                            improvements++;
                        }
                    }

                    return best;
                }
            }
            """,
        ["ChannelOfCopiedBatches"] = """
            [Spliceable]
            public partial struct SpanEvent { public long TraceId; public long Start; public long End; }

            public sealed class TraceReceiver
            {
                private readonly Channel<ReadOnlyMemory<SpanEvent>> _queue = Channel.CreateBounded<ReadOnlyMemory<SpanEvent>>(16);

                public ChannelReader<ReadOnlyMemory<SpanEvent>> Batches => _queue.Reader;

                public async Task ReceiveAsync(RecordReader<SpanEvent> reader, CancellationToken ct)
                {
                    Exception? error = null;
                    try
                    {
                        await foreach (ReadOnlyMemory<SpanEvent> batch in reader.WithCancellation(ct))
                        {
                            SpanEvent[] copy = batch.ToArray();
                            await _queue.Writer.WriteAsync(copy, ct);
                        }
                    }
                    catch (RecordStreamException e)
                    {
                        error = e;
                    }
                    finally
                    {
                        _queue.Writer.TryComplete(error);
                    }
                }
            }
            """,
        ["CursorRefillsItself"] = """
            [Spliceable]
            public partial struct Token { public int Kind; public int Value; }

            public ref struct TokenCursor(RecordReader<Token> reader)
            {
                private readonly RecordReader<Token> _reader = reader;
                private ReadOnlySpan<Token> _batch;
                private int _at;

                public bool TryNext(out Token token)
                {
                    if (_at == _batch.Length)
                    {
                        _batch = _reader.ReadBatch();
                        _at = 0;
                        if (_batch.IsEmpty)
                        {
                            token = default;
                            return false;
                        }
                    }

                    token = _batch[_at++];
                    return true;
                }
            }
            """,
        ["DelayedIteratorWithCopies"] = """
            [Spliceable]
            public partial struct Vital { public long Patient; public long Pulse; }

            public static class VitalStreams
            {
                public static async IAsyncEnumerable<ReadOnlyMemory<Vital>> DelayedAsync(
                    this RecordReader<Vital> reader, [EnumeratorCancellation] CancellationToken ct = default)
                {
                    ReadOnlyMemory<Vital> held = (await reader.ReadBatchAsync(ct)).ToArray();
                    while (!held.IsEmpty)
                    {
                        ReadOnlyMemory<Vital> next = (await reader.ReadBatchAsync(ct)).ToArray();
                        yield return held;
                        held = next;
                    }
                }
            }
            """,
        ["EncodeThenReadOn"] = """
            [Spliceable]
            public partial struct Reading { public long Sequence; public double Value; }

            public sealed class LogRelay(RecordReader<Reading> source, Func<ReadOnlyMemory<byte>, Task> store)
            {
                public async Task RelayAsync(CancellationToken ct)
                {
                    var message = new ArrayBufferWriter<byte>();
                    ReadOnlyMemory<Reading> batch;
                    while (!(batch = await source.ReadBatchAsync(ct)).IsEmpty)
                    {
                        message.ResetWrittenCount();
                        RecordCodec.Encode(batch.Span, message);
                        await store(message.WrittenMemory);
                    }
                }
            }
            """,
        ["EncoderIntoPipewriter"] = """
            [Spliceable]
            public partial struct Span64 { public long From; public long To; }

            public static class SpanFile
            {
                public static async Task SaveAsync(RecordReader<Span64> spans, Stream file, CancellationToken ct)
                {
                    PipeWriter output = PipeWriter.Create(file);
                    var encoder = new RecordEncoder<Span64>(output);
                    await foreach (ReadOnlyMemory<Span64> batch in spans.WithCancellation(ct))
                    {
                        encoder.Write(batch.Span);
                        await output.FlushAsync(ct);
                    }

                    encoder.Complete();
                    await output.CompleteAsync();
                }
            }
            """,
        ["FlushBehindEachQuestion"] = """
            [Spliceable]
            public partial struct Lookup { public long Key; }

            [Spliceable]
            public partial struct Found { public long Value; public long Version; }

            public static class CacheClient
            {
                public static async Task<Dictionary<long, long>> GetAllAsync(System.Diagnostics.ProcessStartInfo start, long[] keys, CancellationToken ct)
                {
                    Dictionary<long, long> values = [];
                    using SpliceLink link = SpliceLink.Start(start);
                    using RecordWriter<Lookup> lookups = Lookup.CreateWriter(link.Writer);
                    using RecordReader<Found> found = Found.CreateReader(link.Reader);
                    foreach (long key in keys)
                    {
                        lookups.Write(new Lookup { Key = key });
                        await lookups.FlushAsync(ct);
                        ReadOnlyMemory<Found> answer = await found.ReadBatchAsync(ct);
                        if (answer.IsEmpty)
                        {
                            throw new EndOfStreamException();
                        }

                        values[key] = answer.Span[0].Value;
                    }

                    await lookups.CompleteAsync(ct);
                    return values;
                }
            }
            """,
        ["GapDetectorKeepsLastNumber"] = """
            [Spliceable]
            public partial struct Packet { public long Sequence; public long Nanos; }

            public static class GapDetector
            {
                public static List<(long From, long To)> Find(RecordReader<Packet> reader)
                {
                    List<(long, long)> gaps = [];
                    Packet? previous = null;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (previous is { } last && batch[0].Sequence != last.Sequence + 1)
                        {
                            gaps.Add((last.Sequence, batch[0].Sequence));
                        }

                        for (int i = 1; i < batch.Length; i++)
                        {
                            if (batch[i].Sequence != batch[i - 1].Sequence + 1)
                            {
                                gaps.Add((batch[i - 1].Sequence, batch[i].Sequence));
                            }
                        }

                        previous = batch[^1];
                    }

                    return gaps;
                }
            }
            """,
        ["LastQuoteCopiedInLoop"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public double Bid; public double Ask; }

            public static class ClosingPrice
            {
                public static async Task<double> MidAsync(RecordReader<Quote> quotes, CancellationToken ct)
                {
                    Quote last = default;
                    await foreach (ReadOnlyMemory<Quote> batch in quotes.WithCancellation(ct))
                    {
                        last = batch.Span[^1];
                    }

                    return last.Time == 0 ? double.NaN : (last.Bid + last.Ask) / 2;
                }
            }
            """,
    };
}
