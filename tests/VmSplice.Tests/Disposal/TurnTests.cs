using System.Diagnostics;

namespace VmSplice.Tests.Disposal;

/// <summary>Forwarding to a writer that another send is at work in: waits for its turn without a thread.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class TurnTests
{
    private const int Sources = 64;

    [Fact]
    public async Task ManyForwardsToABusyWriter_NoThreadOfThePoolWaits()
    {
        using var target = new WaitingSource(65_536);
        target.Writer.Write(new byte[65_536].AsSpan());
        Task send = target.Writer.WriteAsync(new byte[100]).AsTask();
        var sources = new List<WaitingSource>();
        var forwards = new List<Task<long>>();
        for (int i = 0; i < Sources; i++)
        {
            var source = new WaitingSource(65_536);
            source.Writer.Write(new byte[100].AsSpan());
            source.Writer.Dispose();
            sources.Add(source);
            forwards.Add(i % 3 == 0 ? source.Reader.ForwardAsync(target.Writer) : i % 3 == 1 ? source.Reader.ForwardAsync(target.Writer, 100)
                : source.Reader.TeeAsync(target.Writer, 100));
        }

        // The pool has threads for others all the while.
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 100; i++)
        {
            await Task.Run(() => { });
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), "the pool is blocked");
        Assert.All(forwards, forward => Assert.False(forward.IsCompleted));
        Background drain = Background.Run(() => target.Reader.ReadExactly(new byte[65_536 + 100 + (Sources * 100)]));
        Assert.Equal(Sources * 100, (await Task.WhenAll(forwards).WaitAsync(TimeSpan.FromSeconds(60))).Sum());
        await send;
        drain.Join();
        sources.ForEach(source => source.Dispose());
    }

    [Fact]
    public async Task ForwardThatWaitsForItsTurn_Cancelled_EndsAndLeavesTheTurnToOthers()
    {
        using var source = new WaitingSource(65_536);
        using var target = new WaitingSource(65_536);
        source.Writer.Write(new byte[10].AsSpan());
        target.Writer.Write(new byte[65_536].AsSpan());
        Task send = target.Writer.WriteAsync(new byte[100]).AsTask();
        using var cancellation = new CancellationTokenSource();
        Task<long> forward = source.Reader.ForwardAsync(target.Writer, 10, cancellation.Token);
        Assert.True(SpinWait.SpinUntil(() => target.Writer.Sender.Turns.Waiting == 1, TimeSpan.FromSeconds(60)));
        await cancellation.CancelAsync();
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forward);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        target.Reader.ReadExactly(new byte[65_536]);
        await send.WaitAsync(TimeSpan.FromSeconds(60));
        target.Writer.Write(new byte[1].AsSpan());
        target.Reader.ReadExactly(new byte[101]);
        Assert.Equal(10, source.Reader.Read(new byte[20].AsSpan()));
    }

    /// <summary>Both ends of a small pipe.</summary>
    private sealed class WaitingSource : IDisposable
    {
        private readonly SplicePipe _pipe;

        internal WaitingSource(int capacity)
        {
            _pipe = PipeSetup.OfCapacity(capacity);
            Writer = _pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
            Reader = _pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        }

        internal SpliceWriter Writer { get; }

        internal SpliceReader Reader { get; }

        public void Dispose() => _pipe.Dispose();
    }
}
