using System.Diagnostics;

namespace VmSplice.Tests.InPlace;

/// <summary>
/// Every thread of the pool is busy, and whoever calls has a context that runs nothing: a broadcaster that waits in its own thread goes on all the same.
/// </summary>
[Collection(nameof(Alone))]
public sealed class BroadcastBusyPoolTests : IDisposable
{
    // Longer than a busy machine keeps a thread from running, or a collection takes.
    private const int DropAfterMilliseconds = 300;

    private readonly ManualResetEventSlim _over = new();

    public BroadcastBusyPoolTests()
    {
        // A thread is added each half a second, so these are not all served while a test runs.
        for (int i = 0; i < 500; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static over => over.Wait(), _over, preferLocal: false);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReaderThatLeaves_IsNoted(bool inPlace)
    {
        using Audience audience = inPlace
            ? new Audience(1).Begin()
            : new Audience(1, Audience.Options(inPlace: false), capacity: 64 * 1024);
        Background writing = Background.Run(() => Assert.Throws<BrokenPipeException>((Action)(() =>
        {
            while (true)
            {
                audience.Send();
            }
        })));
        Assert.False(SpinWait.SpinUntil(() => !writing.IsAlive, 300), "it ended before its reader left");
        long left = Stopwatch.GetTimestamp();
        audience.Readers[0].Dispose();
        writing.Join();
        Assert.True(Stopwatch.GetElapsedTime(left) < TimeSpan.FromSeconds(5), "it hears of it from the pool alone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReadersThatGetBytes_GetThem(bool hasContext)
    {
        const int Chunks = 20;
        using Audience audience = new(2, Audience.Options(SlowReader.Drop, inPlace: false, dropAfter: DropAfterMilliseconds), capacity: 64 * 1024);
        Background[] reading = [.. Enumerable.Range(0, 2).Select(reader => Background.Run(() => audience.ReceiveToTheEnd(reader)))];
        Background writing = Background.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(hasContext ? new NothingRuns() : null);
            for (int i = 0; i < Chunks; i++)
            {
                audience.Send();
            }

            audience.Broadcaster.Complete();
        });
        writing.Join();
        Array.ForEach(reading, static one => one.Join());
        Assert.All(audience.Broadcaster.Readers, static reader => Assert.Null(reader.Error));
        Assert.All(audience.Broadcaster.Readers, reader => Assert.Equal(audience.Broadcaster.RecordsWritten, reader.RecordsSent));
    }

    [Fact]
    public void ReaderThatOnlyThisProcessHoldsUp_IsNotDropped()
    {
        using Audience audience = new(1, Audience.Options(SlowReader.Drop, inPlace: false, dropAfter: DropAfterMilliseconds), capacity: 64 * 1024);
        Background reading = Background.Run(() => audience.ReceiveToTheEnd(0));
        Background sending = Background.Run(() =>
        {
            for (int i = 0; i < 4 * Audience.Backlog; i++)
            {
                audience.SendAsync().Wait();
            }

            audience.Broadcaster.Complete();
        });
        Assert.False(SpinWait.SpinUntil(() => !sending.IsAlive, 3 * DropAfterMilliseconds), "no thread is there to go on without one that waits");
        _over.Set();
        sending.Join();
        reading.Join();
        Assert.Null(audience.Broadcaster.Readers[0].Error);
    }

    // Those that wait keep it alive.
    public void Dispose() => _over.Set();

    private sealed class NothingRuns : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
