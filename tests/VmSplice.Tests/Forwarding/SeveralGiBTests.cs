using System.IO.Hashing;
using System.Net.Sockets;

namespace VmSplice.Tests.Forwarding;

/// <summary>More than 32 bits can count, to a file and through a TCP socket: equal hashes.</summary>
public class SeveralGiBTests
{
    private const string MemoryFolder = "/dev/shm";
    private const int Part = 64 * 1024 * 1024;
    private const long Length = (4L << 30) + 12_345;

    [SkippableFact]
    public void ToFile_HashesAreEqual()
    {
        Skip.IfNot(Directory.Exists(MemoryFolder)
            && new DriveInfo(MemoryFolder).AvailableFreeSpace > 2 * Length, $"no room for {Length} bytes in {MemoryFolder}");
        using TemporaryFile file = new(MemoryFolder);
        using FileStream stream = file.Create();
        UInt128 sent = 0;
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        Background sender = Background.Run(() => sent = Send(pipe));
        Assert.Equal(Length, reader.Forward(stream));
        sender.Join();
        stream.Position = 0;
        Assert.Equal(sent, Digest.OfStream(buffer => stream.Read(buffer)));
    }

    [Fact]
    public void ThroughTcp_HashesAreEqual()
    {
        using StreamSockets sockets = StreamSockets.Tcp();
        UInt128 sent = 0;
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        Background sender = Background.Run(() => sent = Send(pipe));
        Background forwarder = Background.Run(() =>
        {
            Assert.Equal(Length, reader.Forward(sockets.Near));
            sockets.Near.Shutdown(SocketShutdown.Send);
        });
        UInt128 received = Digest.OfStream(buffer => sockets.Far.Receive(buffer));
        forwarder.Join();
        sender.Join();
        Assert.Equal(sent, received);
    }

    private static UInt128 Send(SplicePipe pipe)
    {
        using SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Part);
        StreamPattern.Fill(buffer.Span, 0);
        using FrozenPages<byte> part = buffer.Freeze();
        XxHash128 hash = new();
        for (long left = Length; left >= Part; left -= Part)
        {
            writer.Send(part);
            hash.Append(part.Span);
        }

        ReadOnlySpan<byte> rest = part.Span[..(int)(Length % Part)];
        writer.Write(rest);
        hash.Append(rest);
        return hash.GetCurrentHashAsUInt128();
    }
}
