using VmSplice.Tests.Async;

#pragma warning disable CA2022, CA1835 // Each overload is tested, also where it throws.

namespace VmSplice.Tests.Contracts;

/// <summary>The contract of <see cref="Stream"/>.</summary>
[Trait("Category", "Transport")]
public sealed class StreamContractTests : IDisposable
{
    private readonly WaitingSend _pipe = new();

    private Stream Input => _pipe.Reader.AsStream(leaveOpen: true);

    private Stream Output => _pipe.Writer.AsStream(leaveOpen: true);

    public void Dispose() => _pipe.Dispose();

    [Fact]
    [Covers(
        "ForwardOnlyStream.get_CanRead()", "ForwardOnlyStream.get_CanWrite()", "ForwardOnlyStream.get_CanSeek()",
        "SpliceReaderStream.get_CanRead()", "SpliceWriterStream.get_CanWrite()")]
    public void Abilities_AreThoseOfTheEndUntilDisposed()
    {
        Stream input = Input;
        Stream output = Output;
        Assert.Equal((true, false, false, false), (input.CanRead, input.CanWrite, input.CanSeek, input.CanTimeout));
        Assert.Equal((false, true, false, false), (output.CanRead, output.CanWrite, output.CanSeek, output.CanTimeout));
        input.Dispose();
        output.Dispose();
        Assert.False(input.CanRead || input.CanWrite || input.CanSeek || output.CanRead || output.CanWrite || output.CanSeek);
    }

    [Fact]
    [Covers(
        "ForwardOnlyStream.get_Length()", "ForwardOnlyStream.get_Position()", "ForwardOnlyStream.set_Position(Int64)",
        "ForwardOnlyStream.Seek(Int64, SeekOrigin)", "ForwardOnlyStream.SetLength(Int64)")]
    public void Position_IsNotSupported()
    {
        foreach (Stream stream in (Stream[])[Input, Output])
        {
            Assert.Throws<NotSupportedException>(() => stream.Length);
            Assert.Throws<NotSupportedException>(() => stream.Position);
            Assert.Throws<NotSupportedException>(() => stream.Position = 0);
            Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
            Assert.Throws<NotSupportedException>(() => stream.SetLength(0));
        }
    }

    [Fact]
    [Covers("ForwardOnlyStream.Read(Byte[], Int32, Int32)", "ForwardOnlyStream.Write(Byte[], Int32, Int32)")]
    public async Task OtherDirection_IsNotSupportedInAnyForm()
    {
        Assert.Throws<NotSupportedException>(() => Output.Read(new byte[1], 0, 1));
        Assert.Throws<NotSupportedException>(() => Output.Read(new byte[1].AsSpan()));
        Assert.Throws<NotSupportedException>(() => Output.ReadByte());
        Assert.Throws<NotSupportedException>(() => Output.CopyTo(Stream.Null));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await Output.ReadAsync(new byte[1]));
        await Assert.ThrowsAsync<NotSupportedException>(() => Output.CopyToAsync(Stream.Null));
        Assert.Throws<NotSupportedException>(() => Input.Write(new byte[1], 0, 1));
        Assert.Throws<NotSupportedException>(() => Input.Write(new byte[1].AsSpan()));
        Assert.Throws<NotSupportedException>(() => Input.WriteByte(1));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await Input.WriteAsync(new byte[1]));
    }

    [Fact]
    [Covers("ForwardOnlyStream.Flush()", "ForwardOnlyStream.FlushAsync(CancellationToken)")]
    public async Task Flush_HoldsNothingBack()
    {
        Output.Write("ab"u8);
        Output.Flush();
        await Output.FlushAsync();
        Input.Flush();
        Assert.Equal(2, Input.Read(new byte[9]));
        Task canceled = Output.FlushAsync(new CancellationToken(canceled: true));
        Assert.True(canceled.IsCanceled);
        Stream disposed = Output;
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(disposed.Flush);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => disposed.FlushAsync());
    }

    [Fact]
    [Covers("SpliceReaderStream.Read(Byte[], Int32, Int32)", "SpliceReaderStream.Read(Span)")]
    public void Read_GivesWhatIsThereAndZeroAtTheEndAlone()
    {
        Stream input = Input;
        _pipe.Writer.Write("abcdef"u8);
        byte[] bytes = new byte[8];
        Assert.Equal(0, input.Read(bytes, 0, 0));
        Assert.Equal(0, input.Read([]));
        Assert.Equal(2, input.Read(bytes, 3, 2));
        Assert.Equal("\0\0\0ab\0\0\0"u8, bytes);
        Assert.Equal('c', input.ReadByte());
        Assert.Equal(3, input.Read(bytes.AsSpan()));
        Assert.Throws<ArgumentNullException>(() => input.Read(null!, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => input.Read(bytes, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => input.Read(bytes, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => input.Read(bytes, 5, 4));
        _pipe.Writer.Dispose();
        Assert.Equal(0, input.Read(bytes.AsSpan()));
        Assert.Equal(-1, input.ReadByte());
        input.Dispose();
        Assert.Throws<ObjectDisposedException>(() => input.Read(bytes, 0, 1));
        Assert.Throws<ObjectDisposedException>(() => input.Read(bytes.AsSpan()));
    }

    [Fact]
    [Covers("SpliceReaderStream.ReadAsync(Memory, CancellationToken)", "SpliceReaderStream.ReadAsync(Byte[], Int32, Int32, CancellationToken)")]
    public async Task ReadAsync_WaitsIsCancelledAndLosesNothing()
    {
        Stream input = Input;
        byte[] bytes = new byte[8];
        Assert.Equal(0, await input.ReadAsync(Memory<byte>.Empty).InTime());
        Assert.True(input.ReadAsync(bytes, new CancellationToken(canceled: true)).AsTask().IsCanceled);
        using CancellationTokenSource source = new();
        ValueTask<int> waiting = input.ReadAsync(bytes, source.Token);
        Assert.False(waiting.IsCompleted);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.InTime());
        Assert.Equal(source.Token, canceled.CancellationToken);
        Task<int> next = input.ReadAsync(bytes, 2, 3, CancellationToken.None);
        _pipe.Writer.Write("abcd"u8);
        Assert.Equal(3, await next.InTime());
        Assert.Equal("\0\0abc\0\0\0"u8, bytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = input.ReadAsync(bytes, 7, 2, CancellationToken.None); });
        using MemoryStream rest = new();
        _pipe.Writer.Dispose();
        await input.CopyToAsync(rest);
        Assert.Equal("d"u8, rest.ToArray());
        Assert.Equal(0, await input.ReadAsync(bytes).InTime());
        await input.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await input.ReadAsync(bytes));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await input.ReadAsync(bytes, 0, 1, CancellationToken.None));
    }

    [Fact]
    [Covers("SpliceWriterStream.Write(Byte[], Int32, Int32)", "SpliceWriterStream.Write(ReadOnlySpan)")]
    public void Write_TakesAllOfItAtOnce()
    {
        Stream output = Output;
        byte[] bytes = [.. "abcd"u8];
        output.Write(bytes, 1, 0);
        output.Write([]);
        output.Write(bytes, 1, 2);
        output.Write("ef"u8);
        output.WriteByte((byte)'g');
        byte[] arrived = new byte[9];
        Assert.Equal(5, _pipe.Reader.Read(arrived));
        Assert.Equal("bcefg"u8, arrived.AsSpan(0, 5));
        Assert.Throws<ArgumentNullException>(() => output.Write(null!, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => output.Write(bytes, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => output.Write(bytes, 3, 2));
        output.Dispose();
        Assert.Throws<ObjectDisposedException>(() => output.Write(bytes, 0, 1));
        Assert.Throws<ObjectDisposedException>(() => output.Write("a"u8));
    }

    [Fact]
    [Covers("SpliceWriterStream.WriteAsync(ReadOnlyMemory, CancellationToken)", "SpliceWriterStream.WriteAsync(Byte[], Int32, Int32, CancellationToken)")]
    public async Task WriteAsync_WaitsIsCancelledAndWritesNothingThen()
    {
        Stream output = Output;
        byte[] bytes = [.. "abcd"u8];
        await output.WriteAsync(ReadOnlyMemory<byte>.Empty);
        Assert.True(output.WriteAsync(bytes, new CancellationToken(canceled: true)).AsTask().IsCanceled);
        _pipe.Fill();
        using CancellationTokenSource source = new();
        Task waiting = output.WriteAsync(bytes, 0, 4, source.Token);
        Assert.False(waiting.IsCompleted);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.InTime());
        Assert.Equal(source.Token, canceled.CancellationToken);
        ValueTask next = output.WriteAsync(bytes.AsMemory(1, 2));
        _pipe.AssertArrives(0, WaitingSend.Capacity);
        await next.InTime();
        byte[] arrived = new byte[9];
        Assert.Equal(2, _pipe.Reader.Read(arrived));
        Assert.Equal("bc"u8, arrived.AsSpan(0, 2));
        await output.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await output.WriteAsync(bytes));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await output.WriteAsync(bytes, 0, 1, CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Covers("ForwardOnlyStream.Dispose(Boolean)", "SpliceReaderStream.Dispose(Boolean)", "SpliceWriterStream.Dispose(Boolean)")]
    public void Dispose_ClosesTheEndUnlessLeftOpenAndMayBeRepeated(bool leaveOpen)
    {
        foreach ((Stream stream, System.Runtime.InteropServices.SafeHandle handle) in ((Stream, System.Runtime.InteropServices.SafeHandle)[])
            [(_pipe.Reader.AsStream(leaveOpen), _pipe.Reader.Handle), (_pipe.Writer.AsStream(leaveOpen), _pipe.Writer.Handle)])
        {
            stream.Dispose();
            stream.Dispose();
            stream.Close();
            Assert.Equal(!leaveOpen, handle.IsClosed);
        }
    }
}
