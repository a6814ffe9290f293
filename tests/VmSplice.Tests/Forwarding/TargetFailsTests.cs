using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Tests.Forwarding;

/// <summary>Targets that stall, close half-way, reset, or are gone: an exception with figures that add up, and nothing lost.</summary>
[Trait("Category", "Transport")]
public class TargetFailsTests
{
    private const int Length = 20_000_003;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void PeerStalls_ForwarderWaitsAndHashesAreEqual(PipeReaderKind kind)
    {
        using StreamSockets sockets = StreamSockets.Tcp();
        using Source source = new(Length, kind);
        Background forwarder = Background.Run(() =>
        {
            Assert.Equal(Length, source.Reader.Forward(sockets.Near));
            sockets.Near.Shutdown(SocketShutdown.Send);
        });
        int rounds = 0;
        UInt128 hash = Digest.OfStream(buffer =>
        {
            if (rounds++ % 64 == 0)
            {
                // A peer that is slow is what is tested: long enough for socket and pipe to fill.
                Thread.Sleep(10);
            }

            return sockets.Far.Receive(buffer);
        });
        Assert.Equal(Digest.OfPattern(Length), hash);
        forwarder.Join();
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown, false)]
    [InlineData(PipeReaderKind.Copying, false)]
    [InlineData(PipeReaderKind.Unknown, true)]
    [InlineData(PipeReaderKind.Copying, true)]
    public void PeerLeavesHalfWay_IsToldAndTheRestCanBeRead(PipeReaderKind kind, bool reset)
    {
        using StreamSockets sockets = StreamSockets.Tcp();
        using Source source = new(Length, kind);
        ForwardException? failure = null;
        Background forwarder = Background.Run(() => failure = Assert.Throws<ForwardException>(() => source.Reader.Forward(sockets.Near)));
        byte[] some = new byte[1_000_000];
        int received = 0;
        while (received < some.Length)
        {
            received += sockets.Far.Receive(some.AsSpan(received));
        }

        if (reset)
        {
            sockets.Far.LingerState = new LingerOption(true, 0);
        }

        sockets.Far.Close();
        forwarder.Join();
        Assert.Contains(failure!.ErrorNumber, (int[])[Errno.EPIPE, Errno.ECONNRESET]);
        Assert.InRange(failure.BytesForwarded, received, Length - 1);
        Assert.Equal(failure.BytesForwarded, source.Reader.BytesRead);
        AssertRestIsThere(source, failure.BytesForwarded);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void PipesReaderLeavesHalfWay_IsToldAndTheRestCanBeRead(PipeReaderKind kind)
    {
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = second.OpenWriter();
        using Source source = new(Length, kind);
        ForwardException? failure = null;
        Background forwarder = Background.Run(() => failure = Assert.Throws<ForwardException>(() => source.Reader.Forward(writer)));
        using (SpliceReader far = second.OpenReader())
        {
            far.ReadExactly(new byte[3_000_000]);
        }

        forwarder.Join();
        Assert.Equal(Errno.EPIPE, failure!.ErrorNumber);
        Assert.Contains($"{failure.BytesForwarded} bytes went through before", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.BytesForwarded, writer.BytesAccepted);
        AssertRestIsThere(source, failure.BytesForwarded);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void SecondTargetAfterTheFirstFailed_GetsTheRest(PipeReaderKind kind)
    {
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        second.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(second.WriteHandle);
        using Source source = new(3_000_000, kind);
        ForwardException failure = Assert.Throws<ForwardException>(() => source.Reader.Forward(second.WriteHandle));
        Assert.Equal(0, failure.BytesForwarded);
        using TemporaryFile file = new();
        using (FileStream stream = file.Create())
        {
            Assert.Equal(3_000_000, source.Reader.Forward(stream));
        }

        Assert.Equal(Digest.OfPattern(3_000_000), Digest.OfFile(file.Path));
    }

    [Fact]
    public void PipesReaderLeavesWhileTheStreamIsIdle_IsNoticed()
    {
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = first.OpenReader();
        Background forwarder =
            Background.Run(() => Assert.Equal(Errno.EPIPE, Assert.Throws<ForwardException>(() => reader.Forward(second.WriteHandle)).ErrorNumber));
        forwarder.UntilItWaits();
        second.ReadHandle.Dispose();
        forwarder.Join();
    }

    [Fact]
    public void PeerResetsWhileTheStreamIsIdle_IsNoticed()
    {
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using StreamSockets sockets = StreamSockets.Tcp();
        using SpliceReader reader = first.OpenReader();
        Background forwarder =
            Background.Run(() => Assert.Equal(Errno.ECONNRESET, Assert.Throws<ForwardException>(() => reader.Forward(sockets.Near)).ErrorNumber));
        forwarder.UntilItWaits();
        sockets.Far.LingerState = new LingerOption(true, 0);
        sockets.Far.Close();
        forwarder.Join();
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void FileThatCannotGrow_IsToldAndTheRestCanBeRead(PipeReaderKind kind)
    {
        using SafeFileHandle file = Libc.CreateSealedFile(1_000_000);
        using Source source = new(Length, kind);
        ForwardException failure = Assert.Throws<ForwardException>(() => source.Reader.Forward(file));
        Assert.Equal(Errno.EPERM, failure.ErrorNumber);
        Assert.InRange(failure.BytesForwarded, 1, 1_000_000);
        byte[] written = new byte[failure.BytesForwarded];
        RandomAccess.Read(file, written, 0);
        Assert.Equal(-1, StreamPattern.Mismatch(written, 0));
        AssertRestIsThere(source, failure.BytesForwarded);
    }

    private static void AssertRestIsThere(Source source, long position)
    {
        byte[] rest = new byte[Length - position];
        source.Reader.ReadExactly(rest);
        Assert.Equal(-1, StreamPattern.Mismatch(rest, position));
        Assert.Equal(0, source.Reader.Read(rest));
        source.Join();
    }
}
