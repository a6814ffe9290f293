using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Tests.Descriptors;

/// <summary>Every shape in which .NET hands a pipe around works as an end.</summary>
[Trait("Category", "Transport")]
public class OpeningTests
{
    private const int Length = 100_003;

    [Fact]
    public void SafePipeHandles() => Transfer(pipe => SpliceWriter.Open(pipe.WriteHandle), pipe => SpliceReader.Open(pipe.ReadHandle));

    [Fact]
    public void SafeFileHandles()
        => Transfer(
            pipe => SpliceWriter.Open(AsFile(pipe.WriteHandle)),
            pipe => SpliceReader.Open(AsFile(pipe.ReadHandle)));

    [Fact]
    public void AnonymousPipeStreams_ServerWrites()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        Transfer(SpliceWriter.Open(server), SpliceReader.Open(client));
        Assert.Throws<ObjectDisposedException>(() => server.WriteByte(1));
    }

    [Fact]
    public void AnonymousPipeStreams_ServerReads()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.In);
        using var client = new AnonymousPipeClientStream(PipeDirection.Out, server.ClientSafePipeHandle);
        Transfer(SpliceWriter.Open(client), SpliceReader.Open(server));
    }

    [Fact]
    public void FifoOpenedAtBothEnds()
    {
        using TemporaryFifo fifo = new();
        SpliceWriter? writer = null;
        Background opener = Background.Run(() => writer = SpliceWriter.OpenFifo(fifo.Path));
        SpliceReader reader = SpliceReader.OpenFifo(fifo.Path);
        opener.Join();
        Assert.NotEqual(0, Fcntl.fcntl(reader.Handle, Fcntl.F_GETFD, 0) & Fcntl.FD_CLOEXEC);
        Assert.NotEqual(0, Fcntl.fcntl(writer!.Handle, Fcntl.F_GETFD, 0) & Fcntl.FD_CLOEXEC);
        Transfer(writer, reader);
    }

    [Fact]
    public void LeaveOpen_KeepsTheDescriptor()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter.Open(pipe.WriteHandle, new SpliceWriterOptions { LeaveOpen = true }).Dispose();
        SpliceReader.Open(pipe.ReadHandle, new SpliceReaderOptions { LeaveOpen = true }).Dispose();
        Assert.False(pipe.WriteHandle.IsClosed);
        Assert.False(pipe.ReadHandle.IsClosed);
        SpliceWriter.Open(pipe.WriteHandle).Dispose();
        SpliceReader.Open(pipe.ReadHandle).Dispose();
        Assert.True(pipe.WriteHandle.IsClosed);
        Assert.True(pipe.ReadHandle.IsClosed);
    }

    [Fact]
    public void Capacity_IsWhatTheKernelGave()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { PipeCapacity = 200_000 });
        Assert.Equal(PipeSetup.CapacityOf(pipe), writer.Capacity);
        Assert.InRange(writer.Capacity, 65_536, 262_144);
        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 4_096 });
        Assert.Equal(writer.Capacity, reader.Capacity);
    }

    private static SafeFileHandle AsFile(SafePipeHandle pipe)
    {
        var file = new SafeFileHandle(pipe.DangerousGetHandle(), ownsHandle: true);
        pipe.SetHandleAsInvalid();
        return file;
    }

    private static void Transfer(Func<SplicePipe, SpliceWriter> openWriter, Func<SplicePipe, SpliceReader> openReader)
    {
        using SplicePipe pipe = SplicePipe.Create();
        Transfer(openWriter(pipe), openReader(pipe));
    }

    private static void Transfer(SpliceWriter writer, SpliceReader reader)
    {
        Background sender = Background.Run(() =>
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, 0);
            writer.Send(buffer);
            writer.Dispose();
        });
        byte[] arrived = new byte[Length];
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(0, reader.Read(arrived));
        sender.Join();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.Read(arrived));
        Assert.Throws<ObjectDisposedException>(() => writer.Write(arrived));
        Assert.Throws<ObjectDisposedException>(() => writer.Rent<byte>(1));
    }
}
