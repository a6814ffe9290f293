// A feed handler: one thread decodes, several pipes fan out by instrument.
using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Corpus.MarketData;

[Spliceable]
public partial record struct Quote(long Time, double Bid, double Ask, int Instrument, int Size);

[Spliceable]
public partial struct BookUpdate
{
    public ulong Sequence;
    public Quote Top;
    public long Received;
}

public interface IQuoteSink
{
    void Publish(in Quote quote);
}

public sealed class FanOut : IQuoteSink, IDisposable
{
    private readonly RecordWriter<Quote>[] _lanes;
    private readonly int[] _counts;

    public FanOut(IReadOnlyList<SpliceWriter> pipes)
    {
        _lanes = new RecordWriter<Quote>[pipes.Count];
        _counts = new int[pipes.Count];
        for (int i = 0; i < pipes.Count; i++)
        {
            _lanes[i] = new RecordWriter<Quote>(pipes[i]);
        }
    }

    public void Publish(in Quote quote)
    {
        int lane = quote.Instrument % _lanes.Length;
        _lanes[lane].Write(in quote);
        _counts[lane]++;
    }

    public void PublishInPlace(long time, int instrument, ReadOnlySpan<byte> wire)
    {
        ref Quote quote = ref _lanes[instrument % _lanes.Length].Next();
        quote.Time = time;
        quote.Instrument = instrument;
        quote.Bid = BinaryPrimitives.ReadDoubleBigEndian(wire);
        quote.Ask = BinaryPrimitives.ReadDoubleBigEndian(wire[8..]);
        quote.Size = BinaryPrimitives.ReadInt32BigEndian(wire[16..]);
    }

    public void FlushIdle(int below)
    {
        for (int i = 0; i < _lanes.Length; i++)
        {
            if (_counts[i] is > 0 and var count && count < below)
            {
                _lanes[i].Flush();
                _counts[i] = 0;
            }
        }
    }

    public void Dispose()
    {
        foreach (RecordWriter<Quote> lane in _lanes)
        {
            lane.Dispose();
        }
    }
}

public static class Books
{
    public static void Replay(SpliceWriter pipe, Stream capture)
    {
        Span<byte> packet = stackalloc byte[24];
        using var updates = new RecordWriter<BookUpdate>(pipe);
        ulong sequence = 0;
        while (capture.ReadAtLeast(packet, packet.Length, throwOnEndOfStream: false) == packet.Length)
        {
            ref BookUpdate update = ref updates.Next();
            update.Sequence = ++sequence;
            ref Quote top = ref update.Top;
            top.Time = BinaryPrimitives.ReadInt64LittleEndian(packet);
            top.Bid = BinaryPrimitives.ReadDoubleLittleEndian(packet[8..]);
            top.Ask = top.Bid + BinaryPrimitives.ReadDoubleLittleEndian(packet[16..]);
            update.Received = Environment.TickCount64;
        }

        updates.Complete();
    }

    public static void Conflate(RecordReader<Quote> from, RecordWriter<Quote> to)
    {
        var latest = new Dictionary<int, Quote>();
        while (true)
        {
            ReadOnlySpan<Quote> batch = from.ReadBatch();
            if (batch.IsEmpty)
            {
                break;
            }

            latest.Clear();
            foreach (ref readonly Quote quote in batch)
            {
                latest[quote.Instrument] = quote;
            }

            foreach (Quote quote in latest.Values)
            {
                to.Write(quote);
            }

            to.Flush();
        }

        to.Complete();
    }

    public static void Mirror(RecordReader<Quote> from, RecordWriter<Quote> first, RecordWriter<Quote> second)
    {
        for (var batch = from.ReadBatch(); !batch.IsEmpty; batch = from.ReadBatch())
        {
            first.Write(batch);
            second.Write(batch);
        }
    }

    public static Quote? Find(RecordReader<Quote> quotes, Func<Quote, bool> wanted)
    {
        foreach (Quote quote in quotes)
        {
            if (wanted(quote))
            {
                return quote;
            }
        }

        return null;
    }

    public static void Drain(BlockingCollection<Quote> queue, RecordWriter<Quote> quotes, CancellationToken stop)
    {
        try
        {
            foreach (Quote quote in queue.GetConsumingEnumerable(stop))
            {
                quotes.Write(quote with { Size = Math.Max(1, quote.Size) });
                if (queue.Count == 0)
                {
                    quotes.Flush();
                }
            }
        }
        catch (OperationCanceledException)
        {
            quotes.Dispose();
        }
    }

    public static (double Mean, int Count) Spread(RecordReader<Quote> quotes)
    {
        double sum = 0;
        int count = 0;
        ReadOnlySpan<Quote> batch = quotes.ReadBatch();
        while (batch is [var first, ..])
        {
            sum += first.Ask - first.Bid;
            count += batch.Length;
            batch = quotes.ReadBatch();
        }

        return (count == 0 ? 0 : sum / count, count);
    }
}
