using NATS.Client.Core;
using Relay;

namespace VmSplice.Samples.Tests.Relays;

/// <summary>How records become messages, with the stream of a real server.</summary>
public sealed class PublisherTests
{
    private const int Records = 1_050;

    private static readonly TimeSpan s_longLinger = TimeSpan.FromMinutes(5);

    [SkippableFact]
    public async Task SentAgain_WithOtherPauses_IsCutInTheSamePlaces_AndDroppedWholly()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");

        Publisher<Reading> first = await PublishAsync(log, Enumerable.Range(0, Records), s_longLinger, flushEach: 37);
        Publisher<Reading> second = await PublishAsync(log, Enumerable.Range(0, Records), s_longLinger, flushEach: Records);
        Publisher<Reading> third = await PublishAsync(log, Enumerable.Range(0, Records), s_longLinger, flushEach: 1);

        Assert.Equal((Records, 0), (first.Stored, first.Again));
        Assert.Equal((Records, Records), (second.Stored, second.Again));
        Assert.Equal((Records, Records), (third.Stored, third.Again));
        Assert.Equal(Records, await CountAsync(log));
    }

    [SkippableFact]
    public async Task SentAgainFromTheMiddle_WholeMessagesAreDropped()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        await PublishAsync(log, Enumerable.Range(0, Records), s_longLinger, flushEach: Records);

        // A source goes on where it was told that the log is: within a message, whose rest comes twice.
        Publisher<Reading> again = await PublishAsync(log, Enumerable.Range(450, Records - 450), s_longLinger, flushEach: Records);

        Assert.Equal(Records - 500, again.Again);
        Assert.Equal(Records + 50, await CountAsync(log));
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task LoneRecord_IsStoredThoughItsMessageIsNotFull(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe answers = SplicePipe.Create();
        Task publishing = CreatePublisher(log, TimeSpan.FromMilliseconds(20)).RunAsync(pipe.OpenReader(), answers.OpenWriter(), log.Late);
        await using RecordWriter<Reading> readings = Reading.CreateWriter(pipe.OpenWriter());
        using RecordReader<Stored> stored = Stored.CreateReader(answers.OpenReader());

        readings.Write(new Reading { Sequence = 0 });
        await readings.FlushAsync(log.Late);

        Assert.Equal(1, (await stored.ReadBatchAsync(log.Late)).Span[0].Count);
        await readings.CompleteAsync(log.Late);
        await publishing;
    }

    [SkippableTheory]
    [InlineData(new[] { 0, 0 }, "got 0 after 0")]
    [InlineData(new[] { 0, 1, 3 }, "got 3 after 1")]
    [InlineData(new[] { 7, 6 }, "got 6 after 7")]
    [InlineData(new[] { -1 }, "the first record has -1")]
    public async Task SequenceThatDoesNotCountUp_IsNamed_AndWhatCameBeforeIsStored(int[] sequence, string words)
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => PublishAsync(log, sequence, s_longLinger, sequence.Length));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(sequence.Length - 1, await CountAsync(log));
    }

    [SkippableFact]
    public async Task SenderThatDies_WhatItSentIsStored()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        using SplicePipe pipe = SplicePipe.Create();
        Publisher<Reading> publisher = CreatePublisher(log, s_longLinger);
        Task publishing = publisher.RunAsync(pipe.OpenReader(), answers: null, log.Late);

        using (SpliceWriter sender = pipe.OpenWriter())
        {
            RecordWriter<Reading> readings = Reading.CreateWriter(sender);
            await WriteAsync(readings, Enumerable.Range(0, 150), flushEach: 150, log.Late);
        }

        await Assert.ThrowsAsync<RecordStreamException>(() => publishing);
        Assert.Equal(150, publisher.Stored);
        Assert.Equal(150, await CountAsync(log));
    }

    [SkippableFact]
    public async Task MessageOverTheServersLimit_IsAnError_NotAWait()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        var tooMany = new Reading[80_000];  // 1.2 MiB, and a server takes 1

        NatsException refused = await Assert.ThrowsAnyAsync<NatsException>(() => log.Log.AppendAsync<Reading>(0, tooMany, log.Late));

        Assert.Contains("maximum payload", refused.Message, StringComparison.Ordinal);
    }

    private static Publisher<Reading> CreatePublisher(LogFixture log, TimeSpan linger)
        => new(log.Log, static (in record) => record.Sequence, LogFixture.PerMessage, linger);

    private static async Task<Publisher<Reading>> PublishAsync(LogFixture log, IEnumerable<int> sequence, TimeSpan linger, int flushEach)
    {
        using SplicePipe pipe = SplicePipe.Create();
        Publisher<Reading> publisher = CreatePublisher(log, linger);
        Task publishing = publisher.RunAsync(pipe.OpenReader(), answers: null, log.Late);
        try
        {
            await using RecordWriter<Reading> readings = Reading.CreateWriter(pipe.OpenWriter());
            await WriteAsync(readings, sequence, flushEach, log.Late);
            await readings.CompleteAsync(log.Late);
        }
        catch (BrokenPipeException)
        {
            // The publisher has ended, and says why.
        }

        await publishing;
        return publisher;
    }

    private static async Task WriteAsync(RecordWriter<Reading> readings, IEnumerable<int> sequence, int flushEach, CancellationToken late)
    {
        foreach (int[] piece in sequence.Chunk(flushEach))
        {
            readings.Write(Array.ConvertAll(piece, number => new Reading { Sequence = number }));
            await readings.FlushAsync(late);
            await Task.Yield();
        }
    }

    private static async Task<int> CountAsync(LogFixture log)
    {
        int count = 0;
        await foreach (LogMessage message in log.Log.ReplayAsync(log.Late))
        {
            count += RecordCodec.Decode<Reading>(message.Records).Length;
            message.Dispose();
        }

        return count;
    }
}
