namespace VmSplice.Tests.Contracts;

/// <summary>The contract of <see cref="IDisposable"/>: twice is once, and use afterwards says so.</summary>
[Trait("Category", "Transport")]
public class DisposeContractTests
{
    [Fact]
    [Covers("SpliceWriter.IDisposable.Dispose()", "SpliceReader.IDisposable.Dispose()", "SplicePipe.IDisposable.Dispose()",
        "SpliceGather.IDisposable.Dispose()")]
    public void Ends_DisposedTwice_AreDisposed()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter writer = pipe.OpenWriter();
        SpliceReader reader = pipe.OpenReader();
        SpliceGather gather = writer.CreateGather();
        gather.Dispose();
        gather.Dispose();
        gather.Add(writer.Rent<byte>(4));
        Assert.Equal(1, gather.Count);
        gather.Dispose();
        writer.Dispose();
        writer.Dispose();
        reader.Dispose();
        reader.Dispose();
        pipe.Dispose();
        pipe.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Write("a"u8));
        Assert.Throws<ObjectDisposedException>(() => writer.CompleteBuffers());
        Assert.Throws<ObjectDisposedException>(() => writer.Rent<byte>(4));
        Assert.Throws<ObjectDisposedException>(() => reader.Read(new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => pipe.OpenWriter());
    }

    [Fact]
    [Covers("PageBuffer.IDisposable.Dispose()", "FrozenPages.IDisposable.Dispose()")]
    public void Pages_DisposedTwice_AreDisposedAndSayTheirPlainName()
    {
        PageBuffer<long> buffer = PageBuffer<long>.Allocate(4);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Equal("PageBuffer<Int64>", Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length).ObjectName);
        FrozenPages<long> frozen = PageBuffer<long>.Allocate(4).Freeze();
        frozen.Dispose();
        frozen.Dispose();
        Assert.Equal("FrozenPages<Int64>", Assert.Throws<ObjectDisposedException>(() => frozen.Span.Length).ObjectName);
        Assert.Equal("FrozenPages<Int64>", Assert.Throws<ObjectDisposedException>(() => frozen.Address).ObjectName);
    }

    [Fact]
    [Covers("SpliceLink.IDisposable.Dispose()")]
    public void Link_DisposedTwice_IsDisposed()
    {
        SpliceLink link = SpliceLink.Start(Child.Command("cat"));
        link.Dispose();
        link.Dispose();
        Assert.Throws<ObjectDisposedException>(() => link.Writer.Write("a"u8));
    }
}
