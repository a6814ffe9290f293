using System.Net.Sockets;
using VmSplice.Interop;

namespace VmSplice.Tests.Forwarding;

/// <summary>Forwarding without a thread that waits.</summary>
[Trait("Category", "Transport")]
public class AsyncTests
{
    private const int Length = 5_000_011;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task ToSmallPipe_HashesAreEqual(PipeReaderKind kind)
    {
        using Source source = new(Length, kind, capacity: 65_536);
        using SplicePipe target = PipeSetup.OfCapacity(16_384);
        using SpliceReader far = target.OpenReader(PipeSetup.KeepReaderCapacity);
        SpliceWriter writer = target.OpenWriter(PipeSetup.KeepWriterCapacity());
        Task<UInt128> received = Task.Run(() => Digest.OfStream(buffer => far.Read(buffer)));
        using (writer)
        {
            Assert.Equal(Length, await source.Reader.ForwardAsync(writer));
        }

        Assert.Equal(Digest.OfPattern(Length), await received);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task ThroughTcp_HashesAreEqual(PipeReaderKind kind)
    {
        using StreamSockets sockets = StreamSockets.Tcp();
        using Source source = new(Length, kind);
        Task<UInt128> received = Task.Run(() => Digest.OfStream(buffer => sockets.Far.Receive(buffer)));
        Assert.Equal(Length, await source.Reader.ForwardAsync(sockets.Near));
        sockets.Near.Shutdown(SocketShutdown.Send);
        Assert.Equal(Digest.OfPattern(Length), await received);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task ToFile_HashesAreEqualAndThePositionMovesOn(PipeReaderKind kind)
    {
        using TemporaryFile file = new();
        using Source source = new(Length, kind);
        await using (FileStream stream = file.Create())
        {
            Assert.Equal(Length, await source.Reader.ForwardAsync(stream));
            Assert.Equal(Length, stream.Position);
        }

        Assert.Equal(Digest.OfPattern(Length), Digest.OfFile(file.Path));
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task SomeToEachOfSeveralTargets_NoByteMoreThanAskedFor(PipeReaderKind kind)
    {
        using Source source = new(Length, kind);
        using StreamSockets sockets = StreamSockets.Tcp();
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = first.OpenWriter();
        using TemporaryFile file = new();
        Assert.Equal(10_001, await source.Reader.ForwardAsync(writer, 10_001));
        Assert.Equal(20_002, await source.Reader.ForwardAsync(second.WriteHandle, 20_002));
        Assert.Equal(30_003, await source.Reader.ForwardAsync(sockets.Near, 30_003));
        await using (FileStream stream = file.Create())
        {
            Assert.Equal(Length - 60_006, await source.Reader.ForwardAsync(stream, long.MaxValue));
            Assert.Equal(0, await source.Reader.ForwardAsync(stream, 1));
        }

        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(first.ReadHandle, 10_001), 0));
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(second.ReadHandle, 20_002), 10_001));
        byte[] received = new byte[30_003];
        for (int filled = 0; filled < received.Length; filled += sockets.Far.Receive(received.AsSpan(filled)))
        {
        }

        Assert.Equal(-1, StreamPattern.Mismatch(received, 30_003));
        Assert.Equal(-1, StreamPattern.Mismatch(await File.ReadAllBytesAsync(file.Path), 60_006));
        Assert.Equal(0, writer.BytesUnread);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task CancelledWhileTheTargetIsFull_TheRestCanBeRead(PipeReaderKind kind)
    {
        using Source source = new(Length, kind);
        using SplicePipe target = PipeSetup.OfCapacity(16_384);
        using CancellationTokenSource cancellation = new();
        Task<long> forwarding = source.Reader.ForwardAsync(target.WriteHandle, cancellation.Token);
        Watched.Until(target.WriteHandle);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forwarding);
        byte[] forwarded = RawCall.ReadAll(target.ReadHandle, (int)source.Reader.BytesRead);
        Assert.Equal(-1, StreamPattern.Mismatch(forwarded, 0));
        byte[] rest = new byte[Length - forwarded.Length];
        await source.Reader.ReadExactlyAsync(rest);
        Assert.Equal(-1, StreamPattern.Mismatch(rest, forwarded.Length));
        source.Join();
    }

    [Fact]
    public async Task CancelledWhileTheStreamIsIdle_Ends()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe target = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using CancellationTokenSource cancellation = new();
        Task<long> forwarding = reader.ForwardAsync(target.WriteHandle, cancellation.Token);
        Watched.Until(reader.Handle);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forwarding);
    }

    [Fact]
    public async Task TargetsReaderLeavesWhileTheStreamIsIdle_IsNoticed()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe target = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        Task<long> forwarding = reader.ForwardAsync(target.WriteHandle);
        Watched.Until(reader.Handle);
        target.ReadHandle.Dispose();
        Assert.Equal(Errno.EPIPE, (await Assert.ThrowsAsync<ForwardException>(() => forwarding)).ErrorNumber);
    }

    [Fact]
    public async Task ReaderDisposedMeanwhile_Ends()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe target = SplicePipe.Create(1024 * 1024);
        SpliceReader reader = pipe.OpenReader();
        Task<long> forwarding = reader.ForwardAsync(target.WriteHandle);
        Watched.Until(reader.Handle);
        reader.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => forwarding);
    }

    [Fact]
    public async Task BlockingSocketHandle_IsRefused()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using StreamSockets sockets = StreamSockets.Tcp();
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => reader.ForwardAsync(sockets.Near.SafeHandle));
        Assert.Contains("Pass the Socket itself", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAtOnce_WaitWithoutThreads()
    {
        const int Many = 100;
        SplicePipe[] from = [.. Enumerable.Range(0, Many).Select(_ => SplicePipe.Create(4_096))];
        SplicePipe[] to = [.. Enumerable.Range(0, Many).Select(_ => SplicePipe.Create(4_096))];
        SpliceReader[] readers = [.. from.Select(pipe => pipe.OpenReader(PipeSetup.KeepReaderCapacity))];
        int threads = Threads();
        Task<long>[] forwarding = [.. readers.Select((reader, i) => reader.ForwardAsync(to[i].WriteHandle))];
        Array.ForEach(readers, reader => Watched.Until(reader.Handle));

        // Other tests run beside this one, and start some too.
        Assert.InRange(Threads(), 1, threads + (Many / 2));
        for (int i = 0; i < Many; i++)
        {
            RawCall.Write(from[i].WriteHandle, StreamPattern.Take(i, 1_000));
            from[i].WriteHandle.Dispose();
        }

        Assert.All(await Task.WhenAll(forwarding), moved => Assert.Equal(1_000, moved));
        for (int i = 0; i < Many; i++)
        {
            Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(to[i].ReadHandle, 1_000), i));
            readers[i].Dispose();
            to[i].Dispose();
        }

        static int Threads() => Directory.GetDirectories("/proc/self/task").Length;
    }
}
