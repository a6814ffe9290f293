using System.Diagnostics;
using System.IO.Pipes;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Tests.Descriptors;

/// <summary>What is no pipe, or the wrong end of one, is refused before the kernel is asked to splice, in words that help.</summary>
[Trait("Category", "Transport")]
public class RefusalTests
{
    [Fact]
    public void ReadEndForAWriter()
    {
        using SplicePipe pipe = SplicePipe.Create();
        Refused<ArgumentException>(() => SpliceWriter.Open(pipe.ReadHandle), "is the read end of a pipe", "needs the write end", "pipe:[");
        Assert.False(pipe.ReadHandle.IsClosed);
    }

    [Fact]
    public void WriteEndForAReader()
    {
        using SplicePipe pipe = SplicePipe.Create();
        Refused<ArgumentException>(() => SpliceReader.Open(pipe.WriteHandle), "is the write end of a pipe", "needs the read end", "pipe:[");
    }

    [Fact]
    public void AnonymousPipeStreamOfTheWrongDirection()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.In);
        Refused<ArgumentException>(() => SpliceWriter.Open(server), "is the read end");
        using var other = new AnonymousPipeServerStream(PipeDirection.Out);
        Refused<ArgumentException>(() => SpliceReader.Open(other), "is the write end");
    }

    [Fact]
    public void File_IsNotAPipe()
    {
        using SafeFileHandle file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        Refused<ArgumentException>(() => SpliceWriter.Open(file), "is not a pipe", "null");
        Refused<ArgumentException>(() => SpliceReader.Open(file), "is not a pipe", "null");
    }

    [Fact]
    public void Socket_IsNotAPipe()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Refused<ArgumentException>(() => SpliceWriter.Open(socket.SafeHandle), "is not a pipe", "socket:[");
    }

    [Fact]
    public void NamedPipeStream_IsASocket()
    {
        using var server = new NamedPipeServerStream("vmsplice-" + Guid.NewGuid().ToString("n"), PipeDirection.InOut);
        Refused<ArgumentException>(() => SpliceWriter.Open(server), "NamedPipeServerStream is a Unix socket", "Use SplicePipe");
        using var client = new NamedPipeClientStream("x");
        Refused<ArgumentException>(() => SpliceReader.Open(client), "NamedPipeClientStream is a Unix socket");
    }

    [Fact]
    public void ClosedHandle()
    {
        using SplicePipe pipe = SplicePipe.Create();
        pipe.WriteHandle.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pipe.OpenWriter());
        Assert.Throws<ObjectDisposedException>(() => Child.StartWriter(pipe, Child.Helper("descriptors")));
    }

    /// <summary>A newcomer's mistake: one pipe for both directions.</summary>
    [Fact]
    public void WriteEndThatAChildHas()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartWriter(pipe, new ProcessStartInfo("/bin/true"));
        Refused<ObjectDisposedException>(() => pipe.OpenWriter(), "The write end of this pipe is closed", "StartChildWithWriter", "SpliceLink");
        child.WaitForExit();
    }

    [Fact]
    public void ReadEndThatAChildHas()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartReader(pipe, new ProcessStartInfo("/bin/true"));
        Refused<ObjectDisposedException>(() => pipe.StartChildWithReader(new ProcessStartInfo("/bin/true")), "The read end of this pipe is closed",
            "StartChildWithReader");
        child.WaitForExit();
    }

    [Fact]
    public void DescriptorThatIsNotOpen()
    {
        SystemCallException e = Refused<SystemCallException>(() => SpliceWriter.Open(RawCall.NotOpen), "EBADF", "999999");
        Assert.Equal(Errno.EBADF, e.ErrorNumber);
    }

    [Fact]
    public void InvalidHandle()
    {
        using var invalid = new SafePipeHandle(-1, ownsHandle: false);
        Refused<ArgumentException>(() => SpliceWriter.Open(invalid), "handle is invalid");
    }

    [Fact]
    public void Null()
    {
        Assert.Throws<ArgumentNullException>(() => SpliceWriter.Open((SafePipeHandle)null!));
        Assert.Throws<ArgumentNullException>(() => SpliceWriter.Open((PipeStream)null!));
        Assert.Throws<ArgumentNullException>(() => SpliceReader.Open((PipeStream)null!));
        Assert.Throws<ArgumentNullException>(() => SpliceWriter.OpenChildInput(null!));
        Assert.Throws<ArgumentNullException>(() => SpliceReader.OpenChildOutput(null!));
    }

    [Fact]
    public void NegativeCapacity()
    {
        using SplicePipe pipe = SplicePipe.Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => SplicePipe.Create(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pipe.OpenWriter(new SpliceWriterOptions { PipeCapacity = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = -1 }));
    }

    [Fact]
    public void FifoThatIsNotThere()
        => Refused<FileNotFoundException>(() => SpliceWriter.OpenFifo("/tmp/vmsplice-not-there"), "There is no FIFO '/tmp/vmsplice-not-there'", "mkfifo");

    [Fact]
    public void FifoThatIsAFile()
    {
        string path = Path.GetTempFileName();
        try
        {
            Refused<ArgumentException>(() => SpliceWriter.OpenFifo(path), $"'{path}' is not a FIFO", "mkfifo");
            Refused<ArgumentException>(() => SpliceReader.OpenFifo(path), $"'{path}' is not a FIFO", "mkfifo");
            Assert.Equal(0, OpenFiles.CountOf(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("/tmp")]
    [InlineData("/dev/null")]
    public void FifoThatIsADirectoryOrADevice(string path)
    {
        Refused<ArgumentException>(() => SpliceWriter.OpenFifo(path), $"'{path}' is not a FIFO", "CreateFifo");
        Refused<ArgumentException>(() => SpliceReader.OpenFifo(path, timeout: TimeSpan.Zero), $"'{path}' is not a FIFO", "CreateFifo");
    }

    [Fact]
    public void ChildWithoutRedirection()
    {
        using Process child = Child.Start(new ProcessStartInfo("/bin/true") { UseShellExecute = false });
        Assert.Throws<InvalidOperationException>(() => SpliceWriter.OpenChildInput(child));
        Assert.Throws<InvalidOperationException>(() => SpliceReader.OpenChildOutput(child));
        child.WaitForExit();
    }

    [Fact]
    public void ChildByShellExecute()
    {
        using SplicePipe pipe = SplicePipe.Create();
        Refused<ArgumentException>(() => pipe.StartChildWithReader(new ProcessStartInfo("true") { UseShellExecute = true }), "UseShellExecute must be false");
        Assert.False(pipe.ReadHandle.IsClosed);
    }

    [Fact]
    public void ChildThatDoesNotStart_LeavesTheEndHereAndCloseOnExec()
    {
        using SplicePipe pipe = SplicePipe.Create();
        Assert.ThrowsAny<Exception>(() => Child.StartReader(pipe, Child.Command("/not/there")));
        Assert.False(pipe.ReadHandle.IsClosed);
        Assert.Equal(Fcntl.FD_CLOEXEC, Fcntl.fcntl(pipe.ReadHandle, Fcntl.F_GETFD, 0));
    }

    [Fact]
    public void NothingInherited()
    {
        Refused<InvalidOperationException>(() => SpliceReader.OpenInherited(), "VMSPLICE_READER is not set", "StartChildWithReader");
        Refused<InvalidOperationException>(() => SpliceWriter.OpenInherited(), "VMSPLICE_WRITER is not set", "StartChildWithWriter");
    }

    [Fact]
    public void InheritedNumberThatIsSomethingElse_IsRefusedAndStaysOpen()
    {
        // A stale variable may name a descriptor that is somebody else's by now: it must not be closed, not even later.
        using SafeFileHandle file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        Environment.SetEnvironmentVariable("VMSPLICE_WRITER", file.DangerousGetHandle().ToString(System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            Refused<ArgumentException>(() => SpliceWriter.OpenInherited(), "is not a pipe");
        }
        finally
        {
            Environment.SetEnvironmentVariable("VMSPLICE_WRITER", null);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(Fcntl.fcntl(file, Fcntl.F_GETFD, 0) >= 0);
    }

    private static T Refused<T>(Func<object> open, params string[] parts)
        where T : Exception
    {
        T e = Assert.Throws<T>(open);
        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
        return e;
    }
}
