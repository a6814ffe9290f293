using VmSplice.Readiness;

namespace VmSplice.Tests.Async;

/// <summary>Reads that wait without a thread.</summary>
[Trait("Category", "Transport")]
public class ReadAsyncTests
{
    [Fact]
    public async Task EmptyPipe_WaitsForData()
    {
        using var pipe = new WaitingSend();
        byte[] arrived = new byte[100];
        ValueTask<int> read = pipe.Reader.ReadAsync(arrived);
        Assert.False(read.IsCompleted);
        pipe.Writer.Write(StreamPattern.Take(0, 10));
        Assert.Equal(10, await read.InTime());
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, 10), 0));
    }

    [Fact]
    public void WhatIsThere_IsReadBeforeTheCallReturns()
    {
        using var pipe = new WaitingSend();
        pipe.Writer.Write(new byte[10]);
        ValueTask<int> read = pipe.Reader.ReadAsync(new byte[100]);
        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(10, pipe.Reader.BytesRead);
    }

    [Fact]
    public async Task EndOfStreamWhileWaiting_Returns0()
    {
        using var pipe = new WaitingSend();
        ValueTask<int> read = pipe.Reader.ReadAsync(new byte[100]);
        pipe.Writer.Dispose();
        Assert.Equal(0, await read.InTime());
    }

    [Fact]
    public async Task EmptyDestination_Returns0()
    {
        using var pipe = new WaitingSend();
        Assert.Equal(0, await pipe.Reader.ReadAsync(Memory<byte>.Empty).InTime());
    }

    [Fact]
    public async Task Buffer_IsFilled()
    {
        using var pipe = new WaitingSend();
        PageBuffer<long> buffer = PageBuffer<long>.Allocate(100_000);
        ValueTask<int> read = pipe.Reader.ReadAsync(buffer);
        ValueTask write = pipe.Writer.WriteAsync(StreamPattern.Take(0, 800_000));
        Assert.Equal(100_000, await read.InTime());
        await write.InTime();
        Assert.Equal(-1, StreamPattern.Mismatch(System.Runtime.InteropServices.MemoryMarshal.AsBytes(buffer.Span), 0));
        buffer.Dispose();
    }

    [Fact]
    public async Task StreamThatEndsBetweenElements_ReturnsTheWholeOnes()
    {
        using var pipe = new WaitingSend();
        using PageBuffer<long> buffer = PageBuffer<long>.Allocate(100);
        ValueTask<int> read = pipe.Reader.ReadAsync(buffer);
        pipe.Writer.Write(new byte[24]);
        pipe.Writer.Dispose();
        Assert.Equal(3, await read.InTime());
    }

    [Fact]
    public async Task StreamThatEndsInsideAnElement_Throws()
    {
        using var pipe = new WaitingSend();
        using PageBuffer<long> buffer = PageBuffer<long>.Allocate(100);
        ValueTask<int> read = pipe.Reader.ReadAsync(buffer);
        pipe.Writer.Write(new byte[25]);
        pipe.Writer.Dispose();
        EndOfStreamException error = await Assert.ThrowsAsync<EndOfStreamException>(() => read.InTime());
        Assert.Contains("1 byte into element 3 of 8 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadExactly_StreamThatEndsBefore_Throws()
    {
        using var pipe = new WaitingSend();
        ValueTask read = pipe.Reader.ReadExactlyAsync(new byte[100]);
        pipe.Writer.Write(new byte[40]);
        pipe.Writer.Dispose();
        EndOfStreamException error = await Assert.ThrowsAsync<EndOfStreamException>(() => read.InTime());
        Assert.Contains("after 40 of 100 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BufferDisposedWhileAReadWaits_IsNotWrittenTo()
    {
        using var pipe = new WaitingSend();
        PageBuffer<byte> buffer = pipe.Writer.Rent<byte>(100);
        ValueTask<int> read = pipe.Reader.ReadAsync(buffer);
        buffer.Dispose();
        using PageBuffer<byte> next = pipe.Writer.Rent<byte>(100);
        next.Span.Clear();
        pipe.Writer.Write(StreamPattern.Take(0, 100));
        ObjectDisposedException gone = await Assert.ThrowsAsync<ObjectDisposedException>(() => read.InTime());
        Assert.Contains("PageBuffer", gone.ObjectName, StringComparison.Ordinal);
        Assert.Equal(-1, next.Span.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public async Task SecondReadBeforeTheFirstIsAwaited_IsRefused()
    {
        using var pipe = new WaitingSend();
        ValueTask<int> first = pipe.Reader.ReadAsync(new byte[10]);
        Assert.Throws<InvalidOperationException>(() => { _ = pipe.Reader.ReadAsync(new byte[10]); });
        pipe.Writer.Write(new byte[3]);
        Assert.Equal(3, await first.InTime());
    }

    [Fact]
    public async Task ResultTakenTooEarly_IsRefusedAndTheReadGoesOn()
    {
        using var pipe = new WaitingSend();
        ValueTask<int> read = pipe.Reader.ReadAsync(new byte[10]);
        Assert.Throws<InvalidOperationException>(() => read.Result);
        pipe.Writer.Write(new byte[3]);
        Assert.Equal(3, await read.InTime());
    }

    [Fact]
    public async Task Continuation_RunsOnThePool_NeverOnTheLoop()
    {
        using var pipe = new WaitingSend();
        Task<(bool OnPool, string? Name)> reading = Task.Run(async () =>
        {
            int read = await pipe.Reader.ReadAsync(new byte[10]);
            Assert.Equal(3, read);
            return (Thread.CurrentThread.IsThreadPoolThread, Thread.CurrentThread.Name);
        });

        Watched.Until(pipe.Reader.Handle);
        pipe.Writer.Write(new byte[3]);
        (bool onPool, string? name) = await reading.InTime();
        Assert.True(onPool);
        Assert.NotEqual(EpollLoop.ThreadName, name);
    }
}
