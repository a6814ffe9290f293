using VmSplice.Interop;

namespace VmSplice.Tests.Forwarding;

/// <summary>A stream that is had twice.</summary>
[Trait("Category", "Transport")]
public class TeeTests
{
    private const int Length = 5_000_011;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void TeeAndForwardInTurn_BothHaveAllOfIt(PipeReaderKind kind)
    {
        using Source source = new(Length, kind);
        using SplicePipe side = PipeSetup.OfCapacity(65_536);
        using TemporaryFile file = new();
        Background forwarder = Background.Run(() =>
        {
            using SpliceWriter writer = side.OpenWriter(PipeSetup.KeepWriterCapacity());
            using FileStream stream = file.Create();
            long teed;
            while ((teed = source.Reader.Tee(writer, long.MaxValue)) != 0)
            {
                Assert.Equal(teed, source.Reader.Forward(stream, teed));
            }
        });
        using SpliceReader far = side.OpenReader(PipeSetup.KeepReaderCapacity);
        Assert.Equal(Digest.OfPattern(Length), Digest.OfStream(buffer => far.Read(buffer)));
        forwarder.Join();
        Assert.Equal(Digest.OfPattern(Length), Digest.OfFile(file.Path));
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void Teed_StillThereToBeRead(PipeReaderKind kind)
    {
        using Source source = new(100_000, kind);
        using SplicePipe side = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = side.OpenWriter();
        long first = source.Reader.Tee(writer, 10);
        Assert.Equal(10, first);
        Assert.Equal(0, source.Reader.BytesRead);
        Assert.Equal(10, source.Reader.Tee(writer, 10));
        byte[] all = new byte[100_000];
        source.Reader.ReadExactly(all);
        Assert.Equal(-1, StreamPattern.Mismatch(all, 0));
        Assert.Equal([.. StreamPattern.Take(0, 10), .. StreamPattern.Take(0, 10)], RawCall.ReadAll(side.ReadHandle, 20));
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task TeeAndForwardInTurnWithoutAThread_BothHaveAllOfIt(PipeReaderKind kind)
    {
        using Source source = new(Length, kind);
        using SplicePipe side = PipeSetup.OfCapacity(65_536);
        using TemporaryFile file = new();
        using SpliceReader far = side.OpenReader(PipeSetup.KeepReaderCapacity);
        SpliceWriter writer = side.OpenWriter(PipeSetup.KeepWriterCapacity());
        Task<UInt128> received = Task.Run(() => Digest.OfStream(buffer => far.Read(buffer)));
        await using (FileStream stream = file.Create())
        {
            long teed;
            while ((teed = await source.Reader.TeeAsync(writer, long.MaxValue)) != 0)
            {
                Assert.Equal(teed, await source.Reader.ForwardAsync(stream, teed));
            }
        }

        writer.Dispose();
        Assert.Equal(Digest.OfPattern(Length), await received);
        Assert.Equal(Digest.OfPattern(Length), Digest.OfFile(file.Path));
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task TeeCancelledWhileTheTargetIsFull_NothingWasSentAndEverythingIsStillThere(PipeReaderKind kind)
    {
        using Source source = new(100_000, kind);
        using SplicePipe side = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = side.OpenWriter();
        writer.Write(new byte[side.Capacity]);
        using CancellationTokenSource cancellation = new();
        Task<long> tee = source.Reader.TeeAsync(writer, 10, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tee);
        Assert.Equal(side.Capacity, writer.BytesUnread);
        byte[] all = new byte[100_000];
        source.Reader.ReadExactly(all);
        Assert.Equal(-1, StreamPattern.Mismatch(all, 0));
    }

    [Fact]
    public void NothingInAnOpenPipe_WaitsForTheFirstByte()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe side = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = side.OpenWriter();
        Background teeing = Background.Run(() => Assert.Equal(2, reader.Tee(writer, 100)));
        teeing.UntilItWaits();
        RawCall.Write(pipe.WriteHandle, [1, 2]);
        teeing.Join();
    }

    [Fact]
    public void EndOfStream_Is0()
    {
        using Source source = new(0, PipeReaderKind.Unknown);
        using SplicePipe side = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = side.OpenWriter();
        source.Join();
        Assert.Equal(0, source.Reader.Tee(writer, 100));
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void TargetsReaderGone_IsToldAndEverythingIsStillThere(PipeReaderKind kind)
    {
        using Source source = new(1_000_000, kind);
        using SplicePipe side = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = side.OpenWriter();
        side.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(side.WriteHandle);
        ForwardException failure = Assert.Throws<ForwardException>(() => source.Reader.Tee(writer, 100_000));
        Assert.Equal(Errno.EPIPE, failure.ErrorNumber);
        byte[] all = new byte[1_000_000];
        source.Reader.ReadExactly(all);
        Assert.Equal(-1, StreamPattern.Mismatch(all, 0));
    }

    [Theory]
    [InlineData(Errno.ENOSYS)]
    [InlineData(Errno.EPERM)]
    public void TeeRefusedByTheKernel_BytesAreTheSame(int errno) => Injected.ForwardingErrno(errno, () =>
    {
        using Source source = new(100_000, PipeReaderKind.Unknown);
        using SplicePipe side = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = side.OpenWriter();
        long teed = source.Reader.Tee(writer, 50_000);
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(side.ReadHandle, (int)teed), 0));
        byte[] all = new byte[100_000];
        source.Reader.ReadExactly(all);
        Assert.Equal(-1, StreamPattern.Mismatch(all, 0));
    });
}
