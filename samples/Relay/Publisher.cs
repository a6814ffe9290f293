using System.Buffers;
using System.Threading.Channels;
using VmSplice;

namespace Relay;

/// <summary>From a pipe into the log. Says on another pipe how far the log has it, so that the source may forget that.</summary>
internal sealed class Publisher(IRecordLog log, int recordsPerMessage)
{
    /// <summary>So many messages wait for the server at once. Where it is slower, the pipe fills up and its source waits.</summary>
    private const int MostInFlight = 16;

    public async Task RunAsync(SpliceReader input, SpliceWriter answers, CancellationToken cancellation)
    {
        Channel<Message> inFlight = Channel.CreateBounded<Message>(MostInFlight);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] both = [SendAsync(input, inFlight.Writer, ending.Token), AnswerAsync(inFlight.Reader, answers, ending.Token)];
        try
        {
            await await Task.WhenAny(both);
            await Task.WhenAll(both);
        }
        finally
        {
            await ending.CancelAsync();     // where one has failed the other must not wait for it
        }
    }

    private async Task SendAsync(SpliceReader input, ChannelWriter<Message> inFlight, CancellationToken cancellation)
    {
        using RecordReader<Reading> readings = Reading.CreateReader(input);
        Reading[] message = Rent();
        int count = 0;
        while (true)
        {
            ValueTask<ReadOnlyMemory<Reading>> next = readings.ReadBatchAsync(cancellation);
            if (count > 0 && !next.IsCompleted)
            {
                await StartAsync();     // nothing more is in the pipe: what is here goes now
            }

            ReadOnlyMemory<Reading> batch = await next;
            if (batch.IsEmpty)
            {
                break;
            }

            while (!batch.IsEmpty)
            {
                // At whole multiples of the sequence a message ends: so what is sent again is cut in the same places, and known by its number.
                int room = recordsPerMessage - (int)(batch.Span[0].Sequence % recordsPerMessage);
                int taken = Math.Min(room, batch.Length);
                batch[..taken].CopyTo(message.AsMemory(count));
                count += taken;
                batch = batch[taken..];
                if (taken == room)
                {
                    await StartAsync();
                }
            }
        }

        if (count > 0)
        {
            await StartAsync();
        }

        inFlight.Complete();

        async ValueTask StartAsync()
        {
            await inFlight.WriteAsync(new Message(message, count, log.AppendAsync(message.AsMemory(0, count), cancellation)), cancellation);
            (message, count) = (Rent(), 0);
        }
    }

    /// <summary>In the order of the records, however the server's answers come.</summary>
    private static async Task AnswerAsync(ChannelReader<Message> inFlight, SpliceWriter answers, CancellationToken cancellation)
    {
        await using RecordWriter<Stored> stored = Stored.CreateWriter(answers);
        long again = 0;
        await foreach (Message message in inFlight.ReadAllAsync(cancellation))
        {
            again += await message.Appending ? message.Count : 0;
            stored.Write(new Stored { Count = message.Records[message.Count - 1].Sequence + 1, Again = again, Busy = Environment.CpuUsage.TotalTime });
            ArrayPool<Reading>.Shared.Return(message.Records);
            await stored.FlushAsync(cancellation);
        }

        await stored.CompleteAsync(cancellation);
    }

    private Reading[] Rent() => ArrayPool<Reading>.Shared.Rent(recordsPerMessage);

    /// <summary>Records that are kept until the log has them.</summary>
    private readonly record struct Message(Reading[] Records, int Count, Task<bool> Appending);
}
