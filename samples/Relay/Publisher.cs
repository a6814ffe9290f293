using System.Buffers;
using System.Threading.Channels;
using VmSplice;

namespace Relay;

/// <summary>From a pipe into the log. Says on another pipe how far the log has it, so that the source may forget that.</summary>
/// <typeparam name="T">A spliceable record with a number.</typeparam>
/// <param name="log">Where to.</param>
/// <param name="sequenceOf">The number of a record.</param>
/// <param name="recordsPerMessage">At each multiple of it a message ends, so that what is sent again is cut in the same places.</param>
/// <param name="linger">So long a record waits for its message to become full. A message that ends before a multiple is cut by time.</param>
internal sealed class Publisher<T>(IRecordLog log, SequenceOf<T> sequenceOf, int recordsPerMessage, TimeSpan linger)
    where T : unmanaged, ISpliceable<T>
{
    /// <summary>So many messages wait for the server at once. Where it is slower, the pipe fills up and its source waits.</summary>
    private const int MostInFlight = 16;

    /// <summary>So long the server has for what was read before the end came from outside.</summary>
    private static readonly TimeSpan s_lastAnswers = TimeSpan.FromSeconds(1);

    /// <summary>Gets how many records of the input the log has, those included that it had already.</summary>
    public long Stored { get; private set; }

    /// <summary>Gets how many of them the log had already.</summary>
    public long Again { get; private set; }

    /// <summary>Ends when the log has all of the input. Where the input is cut or wrong, stores what came before, then throws.</summary>
    public async Task RunAsync(SpliceReader input, SpliceWriter? answers, CancellationToken cancellation)
    {
        Channel<Message> inFlight = Channel.CreateBounded<Message>(MostInFlight);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var storing = new CancellationTokenSource();
        await using CancellationTokenRegistration told = cancellation.Register(() => storing.CancelAfter(s_lastAnswers));
        Task sending = SendAsync(input, inFlight.Writer, reading.Token, storing.Token);
        try
        {
            await AnswerAsync(inFlight.Reader, answers, storing.Token);
        }
        catch
        {
            await reading.CancelAsync();    // a message that the log refused: no use in reading on
            await storing.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await sending;
    }

    private async Task SendAsync(SpliceReader input, ChannelWriter<Message> inFlight, CancellationToken reading, CancellationToken storing)
    {
        using RecordReader<T> records = new(input);
        var filling = new MessageFiller<T>(sequenceOf, recordsPerMessage);
        try
        {
            while (true)
            {
                Task<ReadOnlyMemory<T>> next = records.ReadBatchAsync(reading).AsTask();
                if (!filling.IsEmpty && !await CameWithinAsync(next, linger - filling.Age))
                {
                    await SendOneAsync();
                }

                ReadOnlyMemory<T> batch = await next;
                if (batch.IsEmpty)
                {
                    break;
                }

                while (!batch.IsEmpty)
                {
                    batch = filling.Take(batch);
                    if (filling.IsFull)
                    {
                        await SendOneAsync();
                    }
                }
            }
        }
        finally
        {
            try
            {
                if (!filling.IsEmpty)
                {
                    await SendOneAsync();
                }
            }
            finally
            {
                inFlight.Complete();
            }
        }

        async ValueTask SendOneAsync()
        {
            (long first, ArraySegment<T> message) = filling.Detach();
            await inFlight.WriteAsync(new Message(first, message, log.AppendAsync<T>(first, message, storing)), storing);
        }
    }

    private static async ValueTask<bool> CameWithinAsync(Task next, TimeSpan time)
    {
        if (!next.IsCompleted && time > TimeSpan.Zero)
        {
            await Task.WhenAny(next, Task.Delay(time, CancellationToken.None));
        }

        return next.IsCompleted;
    }

    /// <summary>In the order of the records, however the server's answers come.</summary>
    private async Task AnswerAsync(ChannelReader<Message> inFlight, SpliceWriter? answers, CancellationToken storing)
    {
        await using RecordWriter<Stored>? stored = answers is null ? null : Relay.Stored.CreateWriter(answers);
        bool listening = stored is not null;
        await foreach (Message message in inFlight.ReadAllAsync(storing))
        {
            Again += await message.Appending ? message.Records.Count : 0;
            Stored += message.Records.Count;
            ArrayPool<T>.Shared.Return(message.Records.Array!);
            listening = listening && await TryAnswerAsync(stored!, message.First + message.Records.Count, storing);
        }

        if (listening)
        {
            await stored!.CompleteAsync(storing);
        }
    }

    /// <summary>A source that does not listen, or ended, has its records stored all the same.</summary>
    private async ValueTask<bool> TryAnswerAsync(RecordWriter<Stored> stored, long count, CancellationToken storing)
    {
        try
        {
            stored.Write(new Stored { Count = count, Again = Again, Busy = Environment.CpuUsage.TotalTime });
            await stored.FlushAsync(storing);
            return true;
        }
        catch (BrokenPipeException)
        {
            return false;
        }
    }

    /// <summary>Records that are kept until the log has them.</summary>
    private readonly record struct Message(long First, ArraySegment<T> Records, Task<bool> Appending);
}
