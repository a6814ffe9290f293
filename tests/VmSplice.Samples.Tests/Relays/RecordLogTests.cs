using NATS.Client.Core;
using NATS.Client.JetStream;
using Relay;
using Relay.Demo;
using StackExchange.Redis;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Relays;

/// <summary>What the relay counts on, of each engine: real servers, started by the test.</summary>
public sealed class RecordLogTests
{
    private const int PerMessage = LogFixture.PerMessage;

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task Replay_GivesAllInOrderEachTime(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        await log.AppendAsync(messages: 40);

        Assert.Equal(Enumerable.Range(0, 40 * PerMessage).Select(number => (long)number), await SequencesOf(log.Log.ReplayAsync(log.Late), int.MaxValue));
        Assert.Equal(40 * PerMessage, (await SequencesOf(log.Log.ReplayAsync(log.Late), int.MaxValue)).Count);
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task Replay_OfAnEmptyLogEnds(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        Assert.Empty(await SequencesOf(log.Log.ReplayAsync(log.Late), int.MaxValue));
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task Group_ItsConsumersShareTheMessages(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        await using IRecordLog other = await log.Address.OpenAsync(log.Late);
        await log.AppendAsync(messages: 400);

        var taken = new System.Collections.Concurrent.ConcurrentBag<long>();
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(log.Late);
        int[] messages = await Task.WhenAll(new[] { log.Log, other }.Select(async consumer =>
        {
            int count = 0;
            try
            {
                await foreach (LogMessage message in consumer.ReadAsync("shared", all.Token))
                {
                    count++;
                    Array.ForEach(RecordCodec.Decode<Measurement>(message.Records), reading => taken.Add(reading.Sequence));
                    await message.AcknowledgeAsync(all.Token);
                    message.Dispose();
                    if (taken.Count == 400 * PerMessage)
                    {
                        await all.CancelAsync();
                    }
                }
            }
            catch (OperationCanceledException)
            {
            }

            return count;
        }));

        Assert.False(log.Late.IsCancellationRequested, "not all came");
        Assert.Equal(400, messages.Sum());
        Assert.Equal(400 * PerMessage, taken.Distinct().Count());
        Assert.Equal(400, (await SequencesOf(log.Log.ReadAsync("another", log.Late), 400 * PerMessage)).Count / PerMessage);
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task NotAcknowledged_ComesAgain(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine, acknowledgeWithin: TimeSpan.FromSeconds(1));
        await log.AppendAsync(messages: 1);

        await foreach (LogMessage message in log.Log.ReadAsync("careless", log.Late))
        {
            message.Dispose();
            break;
        }

        await using IRecordLog other = await log.Address.OpenAsync(log.Late);
        Assert.Equal(PerMessage, (await SequencesOf(other.ReadAsync("careless", log.Late), PerMessage)).Count);
    }

    [SkippableFact]
    public async Task SentAgain_JetStreamKeepsOne()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        Assert.Equal(0, await log.AppendAsync(messages: 3));
        Assert.Equal(3, await log.AppendAsync(messages: 3));
        Assert.Equal(3 * PerMessage, (await SequencesOf(log.Log.ReplayAsync(log.Late), int.MaxValue)).Count);
    }

    [SkippableFact]
    public async Task SameNumbersOfAnotherSource_AreKept()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        await using IRecordLog another = await (log.Address with { Source = "another" }).OpenAsync(log.Late);
        var records = new Measurement[PerMessage];
        Assert.False(await log.Log.AppendAsync<Measurement>(0, records, log.Late));
        Assert.False(await another.AppendAsync<Measurement>(0, records, log.Late));
        Assert.Equal(2 * PerMessage, (await SequencesOf(log.Log.ReplayAsync(log.Late), int.MaxValue)).Count);
    }

    [SkippableFact]
    public async Task OtherLayoutInTheSubject_IsRefusedBeforeDecoding()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        await using var connection = new NatsConnection(new NatsOpts { Url = $"nats://{log.Address.Server}" });
        await new NatsJSContext(connection).PublishAsync($"{log.Address.Name}.0123456789abcdef", new byte[] { 1, 2, 3 }, cancellationToken: log.Late);
        await AssertRefusedAsync(log);
    }

    [SkippableFact]
    public async Task OtherLayoutInTheEntry_IsRefusedBeforeDecoding()
    {
        await using LogFixture log = await LogFixture.StartAsync("Redis");
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(log.Address.Server);
        await connection.GetDatabase().StreamAddAsync(log.Address.Name, [new("layout", "0123456789abcdef"), new("records", new byte[] { 1, 2, 3 })]);
        await AssertRefusedAsync(log);
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task ServerAway_SourceFindsItsPipeFull_AndGoesOnWithTheServer(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        using SplicePipe pipe = SplicePipe.Create(64 * 1024);
        using SplicePipe answers = SplicePipe.Create(64 * 1024);
        Task publishing = new Publisher<Measurement>(log.Log, static (in record) => record.Sequence, PerMessage, TimeSpan.Zero)
            .RunAsync(pipe.OpenReader(), answers.OpenWriter(), log.Late);
        log.Server.Kill();

        var source = new Source(200_000, perMillisecond: 0);
        Task sending = source.SendAsync(pipe.OpenWriter(), 0, log.Late);
        Assert.NotSame(sending, await Task.WhenAny(sending, Task.Delay(1_000, log.Late)));

        await log.Server.StartAsync();
        long stored = 0;
        using RecordReader<Stored> answered = Stored.CreateReader(answers.OpenReader());
        await foreach (ReadOnlyMemory<Stored> batch in answered.WithCancellation(log.Late))
        {
            stored = batch.Span[^1].Count;
        }

        await sending;
        await publishing;
        Assert.Equal(200_000, stored);
    }

    private static async Task AssertRefusedAsync(LogFixture log)
    {
        using SplicePipe pipe = SplicePipe.Create();
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => Consumer.RunAsync<Measurement>(
                log.Log.ReadAsync("group", log.Late), new PipeOutput<Measurement>(pipe.OpenWriter()), Timeout.InfiniteTimeSpan, log.Late));
        Assert.Contains("0123456789abcdef", refused.Message, StringComparison.Ordinal);
        Assert.Contains(LogMessage.LayoutOf<Measurement>(), refused.Message, StringComparison.Ordinal);
    }

    private static async Task<List<long>> SequencesOf(IAsyncEnumerable<LogMessage> messages, int most)
    {
        List<long> sequences = [];
        await foreach (LogMessage message in messages)
        {
            sequences.AddRange(RecordCodec.Decode<Measurement>(message.Records).Select(reading => reading.Sequence));
            await message.AcknowledgeAsync(CancellationToken.None);
            message.Dispose();
            if (sequences.Count >= most)
            {
                break;
            }
        }

        return sequences;
    }
}
