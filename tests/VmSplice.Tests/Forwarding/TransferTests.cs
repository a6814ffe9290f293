using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Tests.Forwarding;

/// <summary>What arrives through splice is what was sent, whatever the target, the sizes, and who waits for whom.</summary>
[Trait("Category", "Transport")]
public class TransferTests
{
    private const int Large = 5_000_011;

    public static TheoryData<int, PipeReaderKind> Sizes
    {
        get
        {
            TheoryData<int, PipeReaderKind> sizes = [];
            foreach (int size in (int[])[0, 1, 777, 4_096, 65_537, 1_048_576, Large])
            {
                sizes.Add(size, PipeReaderKind.Unknown);
                sizes.Add(size, PipeReaderKind.Copying);
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ToFile_HashesAreEqual(int size, PipeReaderKind kind)
    {
        using TemporaryFile file = new();
        using Source source = new(size, kind);
        using (FileStream stream = file.Create())
        {
            Assert.Equal(size, source.Reader.Forward(stream));
            Assert.Equal(size, stream.Position);
        }

        source.Join();
        Assert.Equal(size, source.Reader.BytesRead);
        Assert.Equal(Digest.OfPattern(size), Digest.OfFile(file.Path));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ThroughTcp_HashesAreEqual(int size, PipeReaderKind kind) => ThroughSocket(StreamSockets.Tcp(), size, kind);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ThroughUnixSocket_HashesAreEqual(int size, PipeReaderKind kind) => ThroughSocket(StreamSockets.Unix(), size, kind);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ToSmallPipe_HashesAreEqual(int size, PipeReaderKind kind)
    {
        using Source source = new(size, kind);
        using SplicePipe target = PipeSetup.OfCapacity(16_384);
        using SpliceReader far = target.OpenReader(PipeSetup.KeepReaderCapacity);
        Background forwarder = Background.Run(() =>
        {
            using SpliceWriter writer = target.OpenWriter(PipeSetup.KeepWriterCapacity());
            Assert.Equal(size, source.Reader.Forward(writer));
            Assert.Equal(size, writer.BytesAccepted);
        });
        Assert.Equal(Digest.OfPattern(size), Digest.OfStream(buffer => far.Read(buffer)));
        forwarder.Join();
        source.Join();
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void BlockingSocketHandle_IsWrittenToAndHashesAreEqual(PipeReaderKind kind)
    {
        using StreamSockets sockets = StreamSockets.Tcp();
        using Source source = new(Large, kind);
        Background forwarder = Background.Run(() =>
        {
            Assert.Equal(Large, source.Reader.Forward(sockets.Near.SafeHandle));
            sockets.Near.Shutdown(SocketShutdown.Send);
        });
        Assert.Equal(Digest.OfPattern(Large), Digest.OfStream(buffer => sockets.Far.Receive(buffer)));
        Assert.Equal(0, RawCall.StatusFlags(sockets.Near.SafeHandle) & Fcntl.O_NONBLOCK);
        forwarder.Join();
    }

    [Fact]
    public void PartThenRead_EveryByteComesOnce()
    {
        using Source source = new(Large, PipeReaderKind.Copying);
        using TemporaryFile file = new();
        using FileStream stream = file.Create();
        byte[] read = new byte[100_001];
        source.Reader.ReadExactly(read);
        Assert.Equal(-1, StreamPattern.Mismatch(read, 0));
        Assert.Equal(1_000_000, source.Reader.Forward(stream, 1_000_000));
        source.Reader.ReadExactly(read);
        Assert.Equal(-1, StreamPattern.Mismatch(read, 1_100_001));
        Assert.Equal(Large - 1_200_002, source.Reader.Forward(stream, long.MaxValue));
        source.Join();
        byte[] written = new byte[Large - 200_002];
        RandomAccess.Read(stream.SafeFileHandle, written, 0);
        Assert.Equal(-1, StreamPattern.Mismatch(written.AsSpan(0, 1_000_000), 100_001));
        Assert.Equal(-1, StreamPattern.Mismatch(written.AsSpan(1_000_000), 1_200_002));
    }

    [Fact]
    public void FileInTheMiddle_OnlyWhatWasForwardedIsOverwritten()
    {
        using TemporaryFile file = new();
        using FileStream stream = file.Create();
        stream.Write(new byte[10_000]);
        stream.Position = 5_000;
        using Source source = new(1_000, PipeReaderKind.Unknown);
        source.Reader.Forward(stream);
        stream.WriteByte(7);
        stream.Flush();
        byte[] all = File.ReadAllBytes(file.Path);
        Assert.Equal([.. new byte[5_000], .. StreamPattern.Take(0, 1_000), 7, .. new byte[3_999]], all);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void NonBlockingEverywhere_ForwarderWaitsAndNothingIsLost(PipeReaderKind kind)
    {
        using Source source = new(Large, kind, capacity: 65_536);
        using SplicePipe target = PipeSetup.OfCapacity(16_384);
        RawCall.SetNonBlocking(source.Reader.Handle);
        RawCall.SetNonBlocking(target.WriteHandle);
        using SpliceReader far = target.OpenReader(PipeSetup.KeepReaderCapacity);
        Background forwarder = Background.Run(() =>
        {
            Assert.Equal(Large, source.Reader.Forward(target.WriteHandle));
            target.WriteHandle.Dispose();
        });
        Assert.Equal(Digest.OfPattern(Large), Digest.OfStream(buffer => far.Read(buffer)));
        forwarder.Join();
    }

    [Fact]
    public void Signals_WhileWaiting_LoseNothing()
    {
        Libc.InterruptOn(Libc.SIGUSR2);
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = PipeSetup.OfCapacity(8_192);
        using SpliceReader reader = first.OpenReader();
        Background forwarder = Background.Run(() => Assert.Equal(100_000, reader.Forward(second.WriteHandle, 100_000)));
        using SpliceReader far = second.OpenReader(PipeSetup.KeepReaderCapacity);
        byte[] arrived = new byte[10_000];
        for (int i = 0; i < 10; i++)
        {
            // For data, then for room: the target takes less than comes.
            forwarder.UntilItWaits();
            forwarder.Interrupt();
            RawCall.Write(first.WriteHandle, StreamPattern.Take(i * 10_000, 10_000));
            forwarder.UntilItWaits();
            forwarder.Interrupt();
            far.ReadExactly(arrived);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived, i * 10_000));
        }

        forwarder.Join();
    }

    [Theory]
    [InlineData(Errno.EINVAL)]
    [InlineData(Errno.ENOSYS)]
    [InlineData(Errno.EPERM)]
    public void SpliceRefusedByTheKernel_BytesAreTheSame(int errno) => Injected.ForwardingErrno(errno, () =>
    {
        using Source source = new(1_000_003, PipeReaderKind.Unknown);
        using TemporaryFile file = new();
        using (FileStream stream = file.Create())
        {
            Assert.Equal(1_000_003, source.Reader.Forward(stream));
        }

        Assert.Equal(Digest.OfPattern(1_000_003), Digest.OfFile(file.Path));
    });

    [Fact]
    public void FileSystemWithoutSplice_GetsTheBytesByWrite()
    {
        // A file of procfs is regular, and splice(2) to it answers EINVAL: the name of this thread.
        Background.Run(() =>
        {
            string path = $"/proc/self/task/{Libc.gettid()}/comm";
            using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
            using SpliceReader reader = pipe.OpenReader();
            using SafeFileHandle comm = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            RawCall.Write(pipe.WriteHandle, "forwarded"u8);
            Assert.Equal(Errno.EINVAL, Libc.SpliceError(pipe.ReadHandle, comm));
            Assert.Equal(9, reader.Forward(comm, 9));
            Assert.Equal("forwarded", File.ReadAllText(path).TrimEnd('\n'));
        }).Join();
    }

    private static void ThroughSocket(StreamSockets sockets, int size, PipeReaderKind kind)
    {
        using (sockets)
        {
            using Source source = new(size, kind);
            Background forwarder = Background.Run(() =>
            {
                Assert.Equal(size, source.Reader.Forward(sockets.Near));
                sockets.Near.Shutdown(SocketShutdown.Send);
            });
            Assert.Equal(Digest.OfPattern(size), Digest.OfStream(buffer => sockets.Far.Receive(buffer)));
            forwarder.Join();
            source.Join();
        }
    }
}
