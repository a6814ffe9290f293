using System.Threading.Tasks.Sources;
using VmSplice.Tests.Async;

#pragma warning disable CA2012, xUnit1031 // A wrong use of the task is what is tested.

namespace VmSplice.Tests.Contracts;

/// <summary>The contract of <see cref="IValueTaskSource{TResult}"/>: each task is awaited once, and says how it ended.</summary>
[Trait("Category", "Transport")]
public sealed class TaskSourceContractTests : IDisposable
{
    private readonly WaitingSend _pipe = new();

    public void Dispose() => _pipe.Dispose();

    [Fact]
    [Covers(
        "PooledOperation.IValueTaskSource.GetStatus(Int16)", "PooledOperation.IValueTaskSource.GetResult(Int16)",
        "PooledOperation.IValueTaskSource.OnCompleted(Action, Object, Int16, ValueTaskSourceOnCompletedFlags)")]
    public async Task Task_CanBeAwaitedOnceAndNotBeforeItsEnd()
    {
        ValueTask<int> read = _pipe.Reader.ReadAsync(new byte[4]);
        Assert.False(read.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => read.GetAwaiter().GetResult());
        using SemaphoreSlim continued = new(0);
        read.GetAwaiter().OnCompleted(() => continued.Release());
        _pipe.Writer.Write("ab"u8);
        Assert.True(await continued.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(2, read.GetAwaiter().GetResult());
        Assert.Throws<InvalidOperationException>(() => read.GetAwaiter().GetResult());
        Assert.Throws<InvalidOperationException>(() => read.IsCompleted);
    }

    [Fact]
    public async Task CancelledTask_IsCancelledAndNotFaulted()
    {
        using CancellationTokenSource source = new();
        Task read = _pipe.Reader.ReadAsync(new byte[4], source.Token).AsTask();
        _pipe.Fill();
        await read.InTime();
        Task send = _pipe.Writer.WriteAsync(new byte[4], source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        Assert.True(send.IsCanceled);
        CancellationToken cancelled = source.Token;
        Assert.True(_pipe.Reader.ReadAsync(new byte[4], cancelled).AsTask().IsCanceled);
        Assert.True(_pipe.Reader.ReadExactlyAsync(new byte[4], cancelled).AsTask().IsCanceled);
        Assert.True(_pipe.Reader.TryReceiveAsync<VideoFrame>(cancellationToken: cancelled).AsTask().IsCanceled);
        Assert.True(_pipe.Writer.SendAsync(_pipe.Writer.Rent<byte>(4), cancelled).AsTask().IsCanceled);
        Assert.True(_pipe.Writer.CompleteBuffersAsync(cancelled).AsTask().IsCanceled);
    }
}
