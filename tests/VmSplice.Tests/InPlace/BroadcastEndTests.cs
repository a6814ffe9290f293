using System.Diagnostics;

namespace VmSplice.Tests.InPlace;

/// <summary>Readers of a broadcast that leave, are killed or lie, and a broadcaster that is disposed: who is told what, and what is left behind.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class BroadcastEndTests
{
    [Fact]
    public void ReaderThatIsKilled_IsNoted_AndTheOthersGetEveryRecord()
    {
        for (int round = 0; round < ThisKernel.Rounds(6); round++)
        {
            SplicePipe[] pipes = [.. Enumerable.Range(0, 3).Select(static _ => SplicePipe.Create(Exchange.Capacity))];
            Process[] children = [.. pipes.Select(static pipe => Child.StartReader(pipe, Child.Helper("in-place-read-and-tell")))];
            using (var broadcaster = new RecordBroadcaster<Tick>(pipes.Select(static pipe => pipe.OpenWriter()), Audience.Options()))
            {
                long killAt = Random.Shared.Next(100_000, 600_000);
                for (long i = 0; i < 1_000_000; i++)
                {
                    broadcaster.Next() = Tick.At(i);
                    if (i == killAt)
                    {
                        children[1].Kill();
                    }
                }

                broadcaster.Complete();
                BrokenPipeException e = Assert.IsType<BrokenPipeException>(broadcaster.Readers[1].Error);
                Assert.InRange(e.RecordsAccepted!.Value, 0, 1_000_000);
                Assert.Null(broadcaster.Readers[0].Error);
                Assert.Null(broadcaster.Readers[2].Error);
            }

            Assert.Equal("1000000 records, in place: True", Child.Finish(children[0]).Trim());
            Assert.Equal("1000000 records, in place: True", Child.Finish(children[2]).Trim());
            foreach (SplicePipe pipe in pipes)
            {
                pipe.Dispose();
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReaderThatLeavesWhileItIsWaitedFor_EndsTheWait(bool asynchronous)
    {
        using Audience audience = new Audience(2).Begin();
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < 10; i++)
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
            }
        });
        await Audience.AssertWaitsAsync(sending, 100);
        audience.Readers[0].Dispose();
        await sending.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.IsType<BrokenPipeException>(audience.Broadcaster.Readers[0].Error);
        audience.Broadcaster.Complete();
        Assert.Equal(audience.Broadcaster.RecordsWritten, audience.ReceiveToTheEnd(1));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Dispose_EndsACallThatWaits(bool asynchronous, bool leaveOpen)
    {
        using Audience audience = new Audience(2, Audience.Options(leaveOpen: leaveOpen)).Begin();
        Task sending = Task.Run(async () =>
        {
            while (true)
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
        });
        await Audience.AssertWaitsAsync(sending, 100);
        audience.Broadcaster.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending.WaitAsync(TimeSpan.FromSeconds(60)));

        // What was sent is there, and that it is not all.
        audience.ReceiveToTheFailure(0);
        audience.ReceiveToTheFailure(1);
    }

    [Fact]
    public async Task FlushThatIsCancelledWhileItWaits_HasSent()
    {
        using Audience audience = new Audience(1).Begin();
        for (int i = 0; i < Audience.Backlog - 2; i++)
        {
            audience.Send();
        }

        using var cancelled = new CancellationTokenSource();
        audience.Broadcaster.Write(Enumerable.Range(0, 1_000).Select(i => Tick.At(audience.Broadcaster.RecordsWritten + i)).ToArray());
        Task flushing = audience.Broadcaster.FlushAsync(cancelled.Token).AsTask();
        await Audience.AssertWaitsAsync(flushing, 50);
        await cancelled.CancelAsync();
        await flushing;
        audience.Receive(0);
        await audience.Broadcaster.CompleteAsync();
        audience.ReceiveToTheEnd(0);
    }

    [Fact]
    public async Task CompleteThatIsCancelled_CanBeCalledAgain()
    {
        using Audience audience = new(1, Audience.Options(inPlace: false), capacity: 4096);
        audience.Send();
        using var cancelled = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => audience.Broadcaster.CompleteAsync(cancelled.Token).AsTask());
        Assert.Throws<ObjectDisposedException>(() => audience.Broadcaster.Next());
        Task completing = audience.Broadcaster.CompleteAsync().AsTask();
        audience.ReceiveToTheEnd(0);
        await completing;
    }

    [Fact]
    public async Task ReaderThatHasTheEnd_IsNotToldThatTheStreamWasAbandoned()
    {
        using Audience audience = new(2, Audience.Options(inPlace: false, leaveOpen: true), capacity: 4096);
        audience.Send();
        using var cancelled = new CancellationTokenSource();
        Task completing = audience.Broadcaster.CompleteAsync(cancelled.Token).AsTask();
        audience.ReceiveToTheEnd(1);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => completing);
        audience.Broadcaster.Dispose();
        Assert.Equal(0, audience.Broadcaster.Readers[1].Writer.BytesUnread);
    }

    [Fact]
    public void BroadcastThatIsAbandoned_IsNoticedByEachReader()
    {
        using Audience audience = new Audience(2).Begin();
        audience.Send();
        audience.Broadcaster.Dispose();
        Assert.Contains("abandoned", audience.ReceiveToTheFailure(0).Message, StringComparison.Ordinal);
        Assert.Contains("abandoned", audience.ReceiveToTheFailure(1).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => audience.Broadcaster.GetSpan().Length);
    }

    [Fact]
    public void NothingIsLeft_OfManyBroadcasts()
    {
        int files = OpenFiles.CountOfMemory();
        int mappings = Mapped.CountOf("memfd:VmSplice");
        for (int i = 0; i < 30; i++)
        {
            using Audience audience = new Audience(3, Audience.Options(SlowReader.Drop, dropAfter: 10)).Begin();
            for (int chunk = 0; chunk < 10; chunk++)
            {
                audience.Send();
                audience.Receive(1);
                audience.Receive(2);
            }

            Assert.NotNull(audience.Broadcaster.Readers[0].Error);
            if (i % 2 == 0)
            {
                audience.Broadcaster.Complete();
            }
        }

        Assert.Equal(files, OpenFiles.CountOfMemory());
        Assert.Equal(mappings, Mapped.CountOf("memfd:VmSplice"));
    }

    [Fact]
    public void OnePipeTwice_AndNoPipe_AreRefused()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter writer = pipe.OpenWriter();
        Assert.Throws<ArgumentException>(() => new RecordBroadcaster<Tick>([writer, writer]));
        Assert.Throws<ArgumentException>(() => new RecordBroadcaster<Tick>([writer], new RecordBroadcasterOptions { ForeignReaders = [writer] }));
        Assert.Throws<ArgumentException>(() => new RecordBroadcaster<Tick>([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordBroadcaster<Tick>([writer], new RecordBroadcasterOptions { Backlog = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordBroadcaster<Tick>([writer], new RecordBroadcasterOptions { DropAfter = TimeSpan.Zero }));
    }
}
