namespace VmSplice.Tests.Memory;

/// <summary>What was in the pages before is not in a rented buffer, unless the caller asks for that by name.</summary>
public class ClearedTests
{
    private const int Length = 200_000;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void RentedBuffers_AreZeros(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        byte[] arrived = new byte[Length];
        for (int round = 0; round < 200; round++)
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            Assert.False(buffer.Span.ContainsAnyExcept((byte)0));
            buffer.Span.Fill(0xEE);
            if (round % 3 == 0)
            {
                buffer.Dispose();
                continue;
            }

            writer.Send(buffer);
            reader.ReadExactly(arrived);
        }
    }

    [Fact]
    public void AllocatedBuffers_AreZeros()
    {
        for (int round = 0; round < 50; round++)
        {
            using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Length);
            Assert.False(buffer.Span.ContainsAnyExcept((byte)0));
            buffer.Span.Fill(0xEE);
        }
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void Segments_AreZerosAlsoWhereOneIsMadeLonger(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        Background receiver = Background.Run(() =>
        {
            using Picture arrived = Picture.Allocate();
            while (reader.TryReceiveInto(arrived))
            {
            }
        });
        for (int round = 0; round < 60; round++)
        {
            Picture picture = Picture.Rent(writer);
            Assert.Equal(default, picture.Header);
            Assert.Equal(-1, picture.Pixels.IndexOfAnyExcept(default(Rgba)));
            picture.CaptionLength = 1_000;
            Assert.False(picture.Caption.ContainsAnyExcept((byte)0));
            picture.Caption.Fill(0xEE);
            picture.CaptionLength = 500;
            picture.CaptionLength = 65_536;
            Assert.False(picture.Caption[..1_000].ContainsAnyExcept((byte)0xEE));
            Assert.False(picture.Caption[1_000..].ContainsAnyExcept((byte)0));
            picture.Draw(round);
            picture.Caption.Fill(0xEE);
            if (round % 3 == 0)
            {
                picture.Dispose();
            }
            else
            {
                writer.Send(picture);
            }
        }

        writer.CompleteBuffers();
        writer.Dispose();
        receiver.Join();
    }

    [Fact]
    public void UninitializedBuffers_HaveNothingThatAnotherWriterSent()
    {
        using SplicePipe one = SplicePipe.Create(1024 * 1024), other = SplicePipe.Create(1024 * 1024);
        using SpliceWriter first = one.OpenWriter(), second = other.OpenWriter();
        using (PageBuffer<byte> secret = first.Rent<byte>(Length))
        {
            secret.Span.Fill(0xEE);
        }

        using PageBuffer<byte> buffer = second.RentUninitialized<byte>(Length);
        Assert.False(buffer.Span.Contains((byte)0xEE));
        using PageBuffer<byte> own = first.RentUninitialized<byte>(Length);
        Assert.Equal(Length, own.Length);
    }
}
