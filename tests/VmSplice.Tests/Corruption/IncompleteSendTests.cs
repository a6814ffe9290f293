using VmSplice.Interop;

namespace VmSplice.Tests.Corruption;

/// <summary>
/// A send that fails when a part of it is in the pipe: nothing may follow that part, or the reader takes it for the rest. The
/// failure is a real one, pages that the kernel may not read.
/// </summary>
[Trait("Category", "Transport")]
public sealed class IncompleteSendTests : IDisposable
{
    private const int PagesOfSend = 16;
    private readonly SplicePipe _pipe = SplicePipe.Create(1024 * 1024);
    private readonly SpliceWriter _writer;
    private readonly SpliceReader _reader;

    public IncompleteSendTests()
    {
        _writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        _reader = _pipe.OpenReader();
        Skip.If(_pipe.Capacity < (PagesOfSend + 1) * Pages.Size, "pipes are too small here");
    }

    private static int Length => PagesOfSend * Pages.Size;

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _pipe.Dispose();
    }

    [SkippableFact]
    public void Send_FailsHalfWay_EveryLaterSendSaysWhichAndWhy() => AssertTorn(_writer.Send);

    [SkippableFact]
    public void Gift_FailsHalfWay_EveryLaterSendSaysWhichAndWhy() => AssertTorn(_writer.Gift);

    [SkippableFact]
    public void Write_FailsHalfWay_EveryLaterSendSaysWhichAndWhy() => AssertTorn(buffer => _writer.Write<byte>(buffer.Span));

    [SkippableFact]
    public void SendAll_FailsHalfWay_EveryLaterSendSaysWhichAndWhy() => AssertTorn(buffer => _writer.SendAll(buffer));

    [SkippableFact]
    public void SendAsync_FailsHalfWay_EveryLaterSendSaysWhichAndWhy() => AssertTorn(buffer => _writer.SendAsync(buffer).AsTask().GetAwaiter().GetResult());

    [SkippableFact]
    public void Send_FailsAtItsFirstByte_TheNextGoes()
    {
        PageBuffer<byte> buffer = Filled(0);
        Unreadable(buffer.Address, Length,
            () => Assert.Equal(Errno.EFAULT, Assert.Throws<SystemCallException>(() => _writer.Write<byte>(buffer.Span)).ErrorNumber));
        _writer.Send(buffer);
        AssertArrives(0, Length);
    }

    [SkippableFact]
    public void Gift_KernelIsOutOfMemoryBehindTheHeader_EveryLaterSendSaysWhy()
    {
        // The header goes without the flag, and the pages, in the next call, with it.
        ThisKernel.NeedsSharing();
        VideoFrame frame = VideoFrame.Rent(_writer);
        frame.Draw(1);
        Injected.Errno(
            Errno.ENOMEM,
            () => Assert.Equal(Errno.ENOMEM, Assert.Throws<SystemCallException>(() => _writer.Gift(frame)).ErrorNumber),
            onlyWithFlags: SpliceFlags.Gift);
        IncompleteSendException incomplete = Assert.Throws<IncompleteSendException>(() => _writer.Write([1]));
        Assert.Equal((64, 64 + VideoFrame.Size), (incomplete.BytesAccepted, incomplete.BytesOfSend));
        Assert.Contains("ENOMEM", incomplete.Message, StringComparison.Ordinal);
        Assert.Equal(64, _writer.BytesUnread);
    }

    [SkippableFact]
    public void FifosReaderLeavesHalfWay_ItsNextReaderGetsNothingMore()
    {
        using TemporaryFifo fifo = new();
        Background leaving = Background.Run(() =>
        {
            using SpliceReader reader = SpliceReader.OpenFifo(fifo.Path);
            reader.ReadExactly(new byte[10]);
        });
        using SpliceWriter writer = SpliceWriter.OpenFifo(fifo.Path);
        Assert.Throws<BrokenPipeException>(() => writer.Write(new byte[10 + (2 * Kernel.PipeLimits.Maximum)]));
        leaving.Join();
        using SpliceReader next = SpliceReader.OpenFifo(fifo.Path);
        long unread = writer.BytesUnread;
        Assert.Throws<BrokenPipeException>(() => writer.Write([1]));
        Assert.Equal(unread, writer.BytesUnread);
    }

    private void AssertTorn(Action<PageBuffer<byte>> send)
    {
        _writer.Write(StreamPattern.Take(0, 100));
        PageBuffer<byte> buffer = Filled(100);
        SystemCallException? failure = null;
        Unreadable(buffer.Address + (Length / 2), Length / 2, () => failure = Assert.Throws<SystemCallException>(() => send(buffer)));
        Assert.Equal(Errno.EFAULT, failure!.ErrorNumber);

        IncompleteSendException incomplete = Assert.Throws<IncompleteSendException>(() => _writer.Write([1]));
        Assert.Equal((1, Length / 2, Length), (incomplete.SendIndex, incomplete.BytesAccepted, incomplete.BytesOfSend));
        Assert.Same(failure, incomplete.InnerException);
        Assert.Contains(failure.Message, incomplete.Message, StringComparison.Ordinal);
        Assert.Throws<IncompleteSendException>(() => _writer.Send(Filled(0)));

        // What is in flight stays as it was, and nothing comes behind it.
        for (int i = 0; i < 10; i++)
        {
            using PageBuffer<byte> stranger = _writer.Rent<byte>(Length);
            stranger.Span.Fill(0xEE);
        }

        AssertArrives(0, 100 + (Length / 2));
        _writer.Dispose();
        Assert.Equal(0, _reader.Read(new byte[1]));
    }

    private PageBuffer<byte> Filled(long position)
    {
        PageBuffer<byte> buffer = _writer.Rent<byte>(Length);
        StreamPattern.Fill(buffer.Span, position);
        return buffer;
    }

    private void AssertArrives(long position, int length)
    {
        byte[] arrived = new byte[length];
        _reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, position));
    }

    private static unsafe void Unreadable(nint address, int length, Action action)
    {
        Assert.Equal(0, SysMman.mprotect((void*)address, (nuint)length, SysMman.PROT_NONE));
        try
        {
            action();
        }
        finally
        {
            Assert.Equal(0, SysMman.mprotect((void*)address, (nuint)length, SysMman.PROT_READ | SysMman.PROT_WRITE));
        }
    }
}
