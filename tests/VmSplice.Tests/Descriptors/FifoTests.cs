using System.Diagnostics;
using System.Net.Sockets;
using VmSplice.Interop;

namespace VmSplice.Tests.Descriptors;

/// <summary>Pipes that have a name: made, waited for, and given up.</summary>
[Trait("Category", "Transport")]
public class FifoTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static TheoryData<bool, bool> SidesAndWays => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    [Theory]
    [MemberData(nameof(SidesAndWays))]
    public async Task NobodyComes_TimeIsUp(bool reads, bool async)
    {
        using TemporaryFifo fifo = new();
        TimeoutException e = await Assert.ThrowsAsync<TimeoutException>(
            () => OpenAsync(fifo, reads, async, TimeSpan.FromMilliseconds(100), CancellationToken.None).WaitAsync(Long));
        Assert.Equal($"Nobody opened the FIFO '{fifo.Path}' for {(reads ? "writing" : "reading")} within 0.1 s.", e.Message);
        Assert.Equal(0, OpenFiles.CountOf(fifo.Path));
    }

    [Theory]
    [MemberData(nameof(SidesAndWays))]
    public async Task NobodyComes_TokenEndsTheWait(bool reads, bool async)
    {
        using TemporaryFifo fifo = new();
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OpenAsync(fifo, reads, async, null, source.Token).WaitAsync(Long));
        Assert.Equal(0, OpenFiles.CountOf(fifo.Path));
    }

    [Theory]
    [MemberData(nameof(SidesAndWays))]
    public async Task CancelledBefore_NothingIsOpened(bool reads, bool async)
    {
        using TemporaryFifo fifo = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => OpenAsync(fifo, reads, async, null, new CancellationToken(canceled: true)).WaitAsync(Long));
    }

    [Theory]
    [MemberData(nameof(SidesAndWays))]
    public async Task NegativeTime_IsRefused(bool reads, bool async)
    {
        using TemporaryFifo fifo = new();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => OpenAsync(fifo, reads, async, TimeSpan.FromSeconds(-2), CancellationToken.None));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task BothSidesComeInTheEnd_BytesArrive(bool readerComesFirst, bool async)
    {
        using TemporaryFifo fifo = new();
        Task<IDisposable> first = OpenAsync(fifo, readerComesFirst, async, Long, CancellationToken.None);
        await Task.WhenAny(first, Task.Delay(50));
        Assert.False(first.IsCompleted, "the other side is not there yet");
        Task<IDisposable> second = OpenAsync(fifo, !readerComesFirst, async, Long, CancellationToken.None);
        IDisposable[] both = await Task.WhenAll(first, second).WaitAsync(Long);
        using SpliceReader reader = both.OfType<SpliceReader>().Single();
        using (SpliceWriter writer = both.OfType<SpliceWriter>().Single())
        {
            // As open(2) gives them: blocking, and closed on exec.
            Assert.Equal(0, RawCall.StatusFlags(reader.Handle) & Fcntl.O_NONBLOCK);
            Assert.Equal(0, RawCall.StatusFlags(writer.Handle) & Fcntl.O_NONBLOCK);
            Assert.Equal(Fcntl.FD_CLOEXEC, Fcntl.fcntl(reader.Handle, Fcntl.F_GETFD, 0));
            Assert.Equal(Fcntl.FD_CLOEXEC, Fcntl.fcntl(writer.Handle, Fcntl.F_GETFD, 0));
            writer.Write("hello"u8);
        }

        byte[] arrived = new byte[10];
        reader.ReadExactly(arrived.AsSpan(0, 5));
        Assert.Equal("hello"u8, arrived.AsSpan(0, 5));
        Assert.Equal(0, reader.Read(arrived));
    }

    [Theory]
    [InlineData("echo hello > '{0}'", "hello\n")]
    [InlineData(": > '{0}'", "")]
    [InlineData("exec 3> '{0}'; sleep 0.3; echo late >&3", "late\n")]
    public async Task WriterOfAnotherProgram_IsNoticedWhateverItDoes(string script, string expected)
    {
        using TemporaryFifo fifo = new();
        Task<IDisposable> opening = OpenAsync(fifo, reads: true, async: true, Long, CancellationToken.None);
        using Process writer = Child.Start(Child.Shell(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, fifo.Path)));
        using var reader = (SpliceReader)await opening;
        Assert.Equal(expected, await new StreamReader(reader.AsStream()).ReadToEndAsync().WaitAsync(Long));
        Child.Finish(writer);
    }

    /// <summary>open(2) comes back as soon as the other side is there, before it has written anything. So must this.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriterThatWritesNothing_IsNoticedAtOnce(bool async)
    {
        using TemporaryFifo fifo = new();
        using LongSleep sleep = new();
        using Process writer = Child.Start(Child.Shell($"exec sleep {sleep.Seconds} > '{fifo.Path}'"));
        using IDisposable reader = await OpenAsync(fifo, reads: true, async, Long, CancellationToken.None);
        writer.Kill();
        await writer.WaitForExitAsync();
    }

    [Fact]
    public void WithoutTee_WriterIsNoticedByItsFirstByte() => Injected.ForwardingErrno(Errno.EPERM, () =>
    {
        using TemporaryFifo fifo = new();
        using Process writer = Child.Start(Child.Shell($"exec 3> '{fifo.Path}'; sleep 0.2; echo late >&3"));
        using SpliceReader reader = SpliceReader.OpenFifo(fifo.Path, timeout: Long);
        reader.ReadExactly(new byte[5]);
        Child.Finish(writer);
    });

    [Fact]
    public async Task ReaderOfAnotherProgram_IsNoticed()
    {
        using TemporaryFifo fifo = new();
        Task<IDisposable> opening = OpenAsync(fifo, reads: false, async: true, Long, CancellationToken.None);
        using Process reader = Child.Start(Child.Shell($"cat '{fifo.Path}'"));
        using (var writer = (SpliceWriter)await opening)
        {
            writer.Write("hello"u8);
        }

        Assert.Equal("hello", Child.Finish(reader));
    }

    [Fact]
    public async Task Socket_IsNoFifoThatNobodyReads()
    {
        string path = Path.Combine(Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            Assert.Throws<ArgumentException>(() => SpliceWriter.OpenFifo(path, timeout: Long));
            await Assert.ThrowsAsync<ArgumentException>(() => SpliceReader.OpenFifoAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Created_HasTheModeThatWasAskedFor()
    {
        string path = NewPath();
        try
        {
            SplicePipe.CreateFifo(path);
            Assert.Equal("600", ModeOf(path));
            SystemCallException e = Assert.Throws<SystemCallException>(() => SplicePipe.CreateFifo(path));
            Assert.Equal(Errno.EEXIST, e.ErrorNumber);
            Assert.Contains($"There is something at '{path}' already", e.Message, StringComparison.Ordinal);
            Assert.Throws<TimeoutException>(() => SpliceReader.OpenFifo(path, timeout: TimeSpan.Zero));
            File.Delete(path);
            SplicePipe.CreateFifo(path, UnixFileMode.UserRead);
            Assert.Equal("400", ModeOf(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void CreatedWhereNothingCanBe_SaysWhy()
    {
        Assert.Contains("/no/such", Assert.Throws<DirectoryNotFoundException>(() => SplicePipe.CreateFifo("/no/such/fifo")).Message, StringComparison.Ordinal);
        Assert.Contains("/proc/fifo", Assert.ThrowsAny<IOException>(() => SplicePipe.CreateFifo("/proc/fifo")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SplicePipe.CreateFifo(""));
    }

    private static async Task<IDisposable> OpenAsync(TemporaryFifo fifo, bool reads, bool async, TimeSpan? timeout, CancellationToken cancellation)
    {
        if (async)
        {
            return reads
                ? await SpliceReader.OpenFifoAsync(fifo.Path, null, timeout, cancellation)
                : await SpliceWriter.OpenFifoAsync(fifo.Path, null, timeout, cancellation);
        }

        return await Task.Run<IDisposable>(
            () => reads ? SpliceReader.OpenFifo(fifo.Path, null, timeout, cancellation) : SpliceWriter.OpenFifo(fifo.Path, null, timeout, cancellation),
            CancellationToken.None);
    }

    private static string ModeOf(string path) => Child.Run(Child.Command("stat", "-c", "%a", path)).Trim();

    private static string NewPath() => Path.Combine(Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));
}
