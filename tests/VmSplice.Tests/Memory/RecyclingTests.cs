using CsCheck;
using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.Tests.Memory;

/// <summary>Pages go round, but never while a reader may still look at them; and no more of them than are needed.</summary>
[Trait("Category", "Transport")]
public class RecyclingTests
{
    private const int RegionMask = -(2 * 1024 * 1024);

    private enum Step
    {
        Rent,
        Send,
        Read,
    }

    /// <summary>A model of what is in flight: no buffer that is handed out may overlap it, however many are rented meanwhile.</summary>
    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void AnyOrderOfRentsSendsAndReads_NoBufferOverlapsOneThatMayBeReadYet(PipeReaderKind kind)
        => Gen.Select(Gen.Enum<Step>(), Gen.OneOf(Gen.Int[1, 20_000], Gen.Int[100_000, 300_000])).Array[1, 200].Sample(
            steps =>
            {
                using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
                using SpliceReader reader = pipe.OpenReader();
                using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
                List<(nint Start, nint End, long Until)> inFlight = [];
                Queue<PageBuffer<byte>> rented = [];
                byte[] arrived = new byte[300_000];
                foreach ((Step step, int length) in steps)
                {
                    if (step == Step.Rent)
                    {
                        PageBuffer<byte> buffer = writer.Rent<byte>(length);
                        inFlight.RemoveAll(one => one.Until <= reader.BytesRead);
                        Assert.DoesNotContain(inFlight, one => one.Start < buffer.Address + length && buffer.Address < one.End);
                        buffer.Span.Fill(0xEE);
                        rented.Enqueue(buffer);
                    }
                    else if (step == Step.Send && rented.TryPeek(out PageBuffer<byte> next)
                        && writer.BytesUnread + ((next.Length + (2 * Pages.Size)) * 2) < pipe.Capacity)
                    {
                        rented.Dequeue();

                        // What is too small to be shared was written, and is never in flight; what an unknown reader got never comes back.
                        if (kind == PipeReaderKind.Copying && writer.Sender.Sharing.WouldShare((nuint)next.Length))
                        {
                            inFlight.Add((next.Address, next.Address + next.Length, writer.BytesAccepted + next.Length));
                        }

                        StreamPattern.Fill(next.Span, writer.BytesAccepted);
                        writer.Send(next);
                    }
                    else if (step == Step.Read && writer.BytesUnread > 0)
                    {
                        long position = reader.BytesRead;
                        int count = reader.Read(arrived.AsSpan(0, length));
                        Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, count), position));
                    }
                }
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void CopyingReaderThatStalls_ItsPagesAreLeftAlone(int readBefore)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        const int Length = 128 * 1024;
        int fits = pipe.Capacity / Length;
        byte[] arrived = new byte[Length];

        // So that what is in flight lies here or there among the pages that go round.
        for (int i = 0; i < readBefore; i++)
        {
            Send(i);
            reader.ReadExactly(arrived);
        }

        for (int i = 0; i < fits; i++)
        {
            Send(i);
        }

        // The reader stalls; the sender rents several times what it goes round in, and scribbles over all of it.
        PageBuffer<byte>[] rented = [.. Enumerable.Range(0, 4 * PagePool.RecycledRegionLength / Length).Select(_ => writer.Rent<byte>(Length))];
        Array.ForEach(rented, buffer => buffer.Span.Fill(0xEE));
        for (int i = 0; i < fits; i++)
        {
            reader.ReadExactly(arrived);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived, (long)i * Length));
        }

        Array.ForEach(rented, buffer => buffer.Dispose());

        void Send(int i)
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, (long)i * Length);
            writer.Send(buffer);
        }
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown, 0)]
    [InlineData(PipeReaderKind.Copying, 0)]
    [InlineData(PipeReaderKind.Copying, 1_000_000)]
    [InlineData(PipeReaderKind.Copying, 100)]
    public void SlotsOnPagesThatWereUsedBefore_ComeCleared(PipeReaderKind kind, int chunk)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        SpliceWriter end = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        var options = new RecordWriterOptions { ChunkSize = chunk };
        int records = ThisKernel.Bytes(5 * PagePool.FreshRegionLength) / 24;
        Background sender = Background.Run(() =>
        {
            using var writer = new RecordWriter<Tick>(end, options);
            for (int i = 0; i < records; i++)
            {
                if (i / 700 % 3 == 0)
                {
                    writer.Write(Tick.At(i));
                    continue;
                }

                ref Tick slot = ref writer.Next();
                Assert.Equal(default, slot);
                slot = Tick.At(i);
            }

            writer.Complete();
        });
        using var reader = new RecordReader<Tick>(pipe.OpenReader(), new RecordReaderOptions { ReadSize = chunk });
        long index = 0;
        foreach (ref readonly Tick tick in reader)
        {
            Assert.True(tick.IsAt(index++));
        }

        sender.Join();
        Assert.Equal(records, index);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void SlotsOfASpanThatWasWrittenButNotAdvancedOver_ComeCleared(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }));
        Assert.Equal(default, writer.Next());
        writer.GetSpan(100).Fill(Tick.At(1));
        Assert.Equal(default, writer.Next());
        Assert.Equal(default, writer.Next());
        writer.GetMemory(100).Span.Fill(Tick.At(2));
        writer.Advance(3);
        for (int i = 0; i < 2_000; i++)
        {
            Assert.Equal(default, writer.Next());
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
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
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
    public void BuffersOfNoWriter_UseOneRegionOverAndOver()
    {
        // Not the process's own pool, from which other tests rent meanwhile.
        using var pool = new PagePool(PagePool.FreshRegionLength, consumed: null);
        HashSet<nint> regions = [];
        for (int i = 0; i < 5_000; i++)
        {
            using PageBuffer<byte> buffer = PageBuffer<byte>.Rent(pool, 100_000);
            regions.Add(buffer.Address & RegionMask);
        }

        Assert.Single(regions);
    }

    [Fact]
    public void Buffers_AreNotCopiedByFork()
    {
        using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(100);
        buffer.Span[0] = 1;
        Assert.Contains(" dc", Mappings.FlagsOf(buffer.Address), StringComparison.Ordinal);
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
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
