namespace VmSplice.Tests.Memory;

/// <summary>Content that never changes can be sent any number of times, and outlives its owner where it is in flight.</summary>
[Trait("Category", "Transport")]
public class FrozenPagesTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(64_001)]
    [InlineData(200_000)]
    public void SentToManyPipes_AllGetTheSameBytes(int length)
    {
        PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(length);
        StreamPattern.Fill(buffer.Span, 0);
        FrozenPages<byte> pages = buffer.Freeze();
        SplicePipe[] pipes = [.. Enumerable.Range(0, 20).Select(_ => SplicePipe.Create(256 * 1024))];
        foreach (SplicePipe pipe in pipes)
        {
            using SpliceWriter writer = pipe.OpenWriter();
            writer.Send(pages);
        }

        // In flight twenty times, and given up.
        Assert.Equal(-1, StreamPattern.Mismatch(pages.Span, 0));
        Assert.Equal(length, pages.Memory.Length);
        pages.Dispose();
        using PageBuffer<byte> next = PageBuffer<byte>.Allocate(length);
        next.Span.Fill(0xEE);
        foreach (SplicePipe pipe in pipes)
        {
            Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(pipe.ReadHandle, length), 0));
            pipe.Dispose();
        }
    }

    [Fact]
    public void SentAgainAndAgain_ReaderGetsItEveryTime()
    {
        const int Length = 50_000;
        const int Times = 500;
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Length);
        StreamPattern.Fill(buffer.Span, 0);
        using FrozenPages<byte> pages = buffer.Freeze();
        Background sender = Background.Run(() =>
        {
            using SpliceWriter writer = pipe.OpenWriter();
            for (int i = 0; i < Times; i++)
            {
                writer.Send(pages);
            }
        });
        byte[] arrived = new byte[Length];
        for (int i = 0; i < Times; i++)
        {
            reader.ReadExactly(arrived);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        }

        sender.Join();
        Assert.Equal(0, reader.Read(arrived));
    }

    [Fact]
    public void Disposed_EveryUseThrows()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        FrozenPages<byte> pages = PageBuffer<byte>.Allocate(100).Freeze();
        ReadOnlyMemory<byte> memory = pages.Memory;
        pages.Dispose();
        pages.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pages.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => pages.Address);
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => writer.Send(pages));
        Assert.Throws<ArgumentNullException>(() => writer.Send((FrozenPages<byte>)null!));
    }
}
