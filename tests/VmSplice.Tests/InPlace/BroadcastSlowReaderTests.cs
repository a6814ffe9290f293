using System.Diagnostics;

namespace VmSplice.Tests.InPlace;

/// <summary>A reader of a broadcast that is slow: how far the others get, and what becomes of it.</summary>
[Trait("Category", "Transport")]
public class BroadcastSlowReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReaderThatIsWaitedFor_HoldsNobodyUpBeforeTheBacklogIsFull(bool asynchronous)
    {
        using Audience audience = new Audience(2).Begin();

        // Each reader holds the last block of the beginning.
        for (int i = 0; i < Audience.Backlog - 1; i++)
        {
            audience.Send();
            audience.Receive(1);
        }

        Assert.Equal(Audience.Backlog * Exchange.RecordsOfChunk, audience.Broadcaster.Readers[0].RecordsBehind);
        Task sending = asynchronous ? Task.Run(async () => { await audience.SendAsync(); }) : Task.Run(() => audience.Send());
        await Audience.AssertWaitsAsync(sending, 200);
        audience.Receive(0, audience.Broadcaster.RecordsWritten - Exchange.RecordsOfChunk);
        await sending.WaitAsync(TimeSpan.FromSeconds(60));
        audience.Receive(0);
        audience.Receive(1);
        Assert.All(audience.Broadcaster.Readers, static reader => Assert.Null(reader.Error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReaderThatIsDropped_IsToldWhere_AndTheOthersGoOn(bool asynchronous)
    {
        using Audience audience = new Audience(3, Audience.Options(SlowReader.Drop)).Begin();
        long taken = audience.Broadcaster.RecordsWritten - Exchange.RecordsOfChunk;
        for (int i = 0; i < 20; i++)
        {
            if (asynchronous)
            {
                await audience.SendAsync();
            }
            else
            {
                audience.Send();
            }

            audience.Receive(1);
            audience.Receive(2);
        }

        BroadcastReader slow = audience.Broadcaster.Readers[0];
        ReaderDroppedException e = Assert.IsType<ReaderDroppedException>(slow.Error);
        Assert.Equal(0, e.ReaderIndex);
        Assert.Equal(taken, e.RecordIndex);
        Assert.Equal(Audience.Backlog * Exchange.RecordsOfChunk, e.RecordsBehind);
        Assert.Contains("Backlog", e.Message, StringComparison.Ordinal);
        audience.Broadcaster.Complete();
        Assert.Equal(audience.Broadcaster.RecordsWritten, audience.ReceiveToTheEnd(1));
        Assert.Equal(audience.Broadcaster.RecordsWritten, audience.ReceiveToTheEnd(2));

        // It has the block that it held, and no wrong record behind it.
        RecordStreamException told = audience.ReceiveToTheFailure(0);
        Assert.Contains("dropped this reader", told.Message, StringComparison.Ordinal);
        Assert.Equal(taken + Exchange.RecordsOfChunk, told.RecordIndex);
    }

    [Fact]
    public void BatchThatADroppedReaderHolds_IsNotOverwritten()
    {
        using Audience audience = new Audience(2, Audience.Options(SlowReader.Drop)).Begin();
        long first = audience.Broadcaster.RecordsWritten;
        audience.Send();
        ReadOnlySpan<Tick> held = audience.Receive(0);
        audience.Receive(1);
        for (int i = 0; i < 50; i++)
        {
            audience.Send();
            audience.Receive(1);
        }

        Assert.NotNull(audience.Broadcaster.Readers[0].Error);
        for (int i = 0; i < held.Length; i++)
        {
            Assert.True(held[i].IsAt(first + i), $"record {first + i} was overwritten");
        }

        audience.ReceiveToTheFailure(0);
    }

    [Fact]
    public void ReadersThatAreDroppedOneAfterAnother_LeaveTheBacklogToTheLast()
    {
        const int Readers = 5;
        using Audience audience = new Audience(Readers, Audience.Options(SlowReader.Drop, dropAfter: 50)).Begin();
        for (int slow = 0; slow < Readers - 1; slow++)
        {
            // Each one holds another block when it stops.
            for (int i = 0; i < Audience.Backlog + 2; i++)
            {
                audience.Send();
                for (int reader = slow + 1; reader < Readers; reader++)
                {
                    audience.Receive(reader);
                }
            }

            Assert.IsType<ReaderDroppedException>(audience.Broadcaster.Readers[slow].Error);
        }

        for (int i = 0; i < Audience.Backlog - 1; i++)
        {
            audience.Send();
        }

        Assert.Null(audience.Broadcaster.Readers[Readers - 1].Error);
        audience.Broadcaster.Complete();
        audience.ReceiveToTheEnd(Readers - 1);
        for (int slow = 0; slow < Readers - 1; slow++)
        {
            audience.ReceiveToTheFailure(slow);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReaderWithAFullPipe_IsDroppedInTheMiddleOfAChunk(bool asynchronous)
    {
        using Audience audience = new(2, Audience.Options(SlowReader.Drop, inPlace: false, dropAfter: 500), capacity: 64 * 1024);
        Background reading = Background.Run(() => audience.ReceiveToTheEnd(1));
        for (int i = 0; i < 20; i++)
        {
            if (asynchronous)
            {
                await audience.SendAsync();
            }
            else
            {
                audience.Send();
            }
        }

        audience.Broadcaster.Complete();
        reading.Join();
        Assert.IsType<ReaderDroppedException>(audience.Broadcaster.Readers[0].Error);
        Assert.Null(audience.Broadcaster.Readers[1].Error);
        audience.ReceiveToTheFailure(0);
    }

    [Fact]
    public async Task ReaderThatDoesNotTakeTheEnd_IsDroppedByComplete()
    {
        using Audience audience = new(2, Audience.Options(SlowReader.Drop, inPlace: false, dropAfter: 500), capacity: 64 * 1024);
        Background reading = Background.Run(() => audience.ReceiveToTheEnd(1));
        audience.Send();
        audience.Send();
        await audience.Broadcaster.CompleteAsync();
        reading.Join();
        Assert.IsType<ReaderDroppedException>(audience.Broadcaster.Readers[0].Error);
        audience.ReceiveToTheFailure(0);
    }

    [Fact]
    public void ReaderWithAFullPipe_HoldsNobodyUp()
    {
        using Audience audience = new(2, Audience.Options(inPlace: false), capacity: 64 * 1024);
        Background reading = Background.Run(() => audience.Receive(1));
        for (int i = 0; i < Audience.Backlog; i++)
        {
            // No flush waits for the pipe of the first one.
            audience.Send();
        }

        reading.Join();
        audience.Receive(1);
        Background completing = Background.Run(audience.Broadcaster.Complete);
        Assert.False(SpinWait.SpinUntil(() => !completing.IsAlive, 100), "the first one has not taken all");
        audience.Receive(0);
        audience.ReceiveToTheEnd(0);
        completing.Join();
        audience.ReceiveToTheEnd(1);
    }

    [Fact]
    public void ReaderThatIsSlowButTakesSomething_IsNotDropped()
    {
        using Audience audience = new Audience(1, Audience.Options(SlowReader.Drop, dropAfter: 1_000)).Begin();
        Background reading = Background.Run(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                long next = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
                SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() > next);
                audience.Receive(0, (i + 3) * Exchange.RecordsOfChunk);
            }
        });
        for (int i = 0; i < 20; i++)
        {
            audience.Send();
        }

        Assert.Null(audience.Broadcaster.Readers[0].Error);
        reading.Join();
        audience.Receive(0);
    }

    [Fact]
    public void LastReaderThatIsDropped_EndsTheBroadcast()
    {
        using Audience audience = new Audience(2, Audience.Options(SlowReader.Drop, dropAfter: 50)).Begin();
        BrokenPipeException e = Assert.Throws<BrokenPipeException>((Action)(() =>
        {
            while (true)
            {
                audience.Send();
            }
        }));
        Assert.Contains("No reader of the broadcast is left. Reader 0: ", e.Message, StringComparison.Ordinal);
        Assert.Throws<BrokenPipeException>(audience.Broadcaster.Flush);
        Assert.Throws<BrokenPipeException>(audience.Broadcaster.Complete);
    }
}
