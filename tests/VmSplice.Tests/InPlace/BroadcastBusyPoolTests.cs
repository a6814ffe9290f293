using System.Diagnostics;

namespace VmSplice.Tests.InPlace;

/// <summary>Every thread of the pool is busy: a broadcaster that waits in its own thread hears of a reader that left all the same.</summary>
[Collection(nameof(Alone))]
public sealed class BroadcastBusyPoolTests : IDisposable
{
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

    // Those that wait keep it alive.
    public void Dispose() => _over.Set();
}
