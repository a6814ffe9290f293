using CsCheck;
using VmSplice.Kernel;

namespace VmSplice.Tests.Memory;

/// <summary>Pages go round, but never while a reader may still look at them; and no more of them than are needed.</summary>
[Trait("Category", "Transport")]
public class RecyclingTests
{
    private const int RegionMask = -(2 * 1024 * 1024);

    /// <summary>A model of what is in flight: no buffer that is handed out may overlap it.</summary>
    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void AnyOrderOfSendsAndReads_NoBufferOverlapsOneThatMayBeReadYet(PipeReaderKind kind)
        => Gen.Select(Gen.Int[1, 200_000], Gen.Int[0, 300_000]).Array[1, 150].Sample(
            steps =>
            {
                using SplicePipe pipe = SplicePipe.Create();
                using SpliceReader reader = pipe.OpenReader();
                using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
                List<(nint Start, nint End, long Until)> inFlight = [];
                byte[] arrived = new byte[300_000];
                foreach ((int length, int read) in steps)
                {
                    if (writer.UnreadBytes + ((length + (2 * Pages.Size)) * 2) < pipe.Capacity)
                    {
                        PageBuffer<byte> buffer = writer.Rent<byte>(length);
                        nint start = buffer.Address;
                        nint end = start + length;
                        if (kind == PipeReaderKind.Copying)
                        {
                            // What is too small to be shared was written, and is never in flight.
                            inFlight.RemoveAll(one => one.Until <= reader.BytesRead);
                            Assert.DoesNotContain(inFlight, one => one.Start < end && start < one.End);
                            if (writer.WouldShare((nuint)length))
                            {
                                inFlight.Add((start, end, writer.BytesAccepted + length));
                            }
                        }

                        StreamPattern.Fill(buffer.Span, writer.BytesAccepted);
                        writer.Send(buffer);
                    }

                    if (writer.UnreadBytes > 0 && read > 0)
                    {
                        long position = reader.BytesRead;
                        int count = reader.Read(arrived.AsSpan(0, read));
                        Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, count), position));
                    }
                }
            },
            iter: ThisKernel.Rounds(200),
            threads: 1);

    [Fact]
    public void CopyingReaderThatStalls_ItsPagesAreLeftAlone()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        const int Length = 128 * 1024;
        int fits = pipe.Capacity / Length;
        for (int i = 0; i < fits; i++)
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, (long)i * Length);
            writer.Send(buffer);
        }

        // The reader stalls; the sender rents ten times round what it recycles in, and scribbles over all of it.
        for (int i = 0; i < 200; i++)
        {
            using PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            buffer.Span.Fill(0xEE);
            using PageBuffer<byte> second = writer.Rent<byte>(Length);
            second.Span.Fill(0xEE);
        }

        byte[] arrived = new byte[Length];
        for (int i = 0; i < fits; i++)
        {
            reader.ReadExactly(arrived);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived, (long)i * Length));
        }
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown, 60_000)]
    [InlineData(PipeReaderKind.Unknown, 500_000)]
    [InlineData(PipeReaderKind.Copying, 60_000)]
    [InlineData(PipeReaderKind.Copying, 500_000)]
    [InlineData(PipeReaderKind.Copying, 3_000_000)]
    public void ManySends_UseAFewRegionsOverAndOver(PipeReaderKind kind, int length)
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceReader reader = pipe.OpenReader();
        SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        Background receiver = Background.Run(() =>
        {
            byte[] arrived = new byte[300_000];
            while (reader.Read(arrived) != 0)
            {
            }
        });
        HashSet<nint> regions = [];
        for (int i = 0; i < ThisKernel.Bytes(400_000_000) / length; i++)
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(length);
            regions.Add(buffer.Address & RegionMask);
            buffer.Span[length / 2] = 1;
            writer.Send(buffer);
        }

        writer.Dispose();
        receiver.Join();
        reader.Dispose();
        Assert.InRange(regions.Count, 1, 10);
    }

    [Fact]
    public void BuffersOfNoWriter_UseAFewRegionsOverAndOver()
    {
        HashSet<nint> regions = [];
        for (int i = 0; i < 5_000; i++)
        {
            using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(100_000);
            regions.Add(buffer.Address & RegionMask);
        }

        Assert.InRange(regions.Count, 1, 60);
    }

    [Fact]
    public void Buffers_AreNotCopiedByFork()
    {
        using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(100);
        buffer.Span[0] = 1;
        Assert.Contains(" dc", Mappings.FlagsOf(buffer.Address), StringComparison.Ordinal);
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using PageBuffer<byte> rented = writer.Rent<byte>(100);
        Assert.Contains(" dc", Mappings.FlagsOf(rented.Address), StringComparison.Ordinal);
    }

    [Fact]
    public void HugePageRegions_AreAlignedToHugePages()
    {
        using PageMapping mapping = PageMapping.Map((nuint)HugePageProbe.Size, hugePages: true);
        Assert.Equal(0, mapping.Address % HugePageProbe.Size);
        Assert.Contains(" hg", Mappings.FlagsOf(mapping.Address), StringComparison.Ordinal);
    }
}
