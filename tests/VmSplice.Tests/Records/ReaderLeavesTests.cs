using CsCheck;

namespace VmSplice.Tests.Records;

/// <summary>The reader leaves: the exception says how much got through, and its figures add up with what the reader read.</summary>
[Trait("Category", "Transport")]
public class ReaderLeavesTests
{
    [Fact]
    public void BytesWriter_FiguresAddUp()
        => Gen.Select(Gen.Int[0, 300_000], Gen.Int[1, 200_000], Gen.Enum<PipeReaderKind>()).Sample(
            (read, length, kind) =>
            {
                using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
                SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind));
                BrokenPipeException e = FailureOf(pipe, read, () =>
                {
                    while (true)
                    {
                        writer.Send(writer.Rent<byte>(length));
                    }
                });
                Assert.Equal(e.BytesAccepted, read + e.BytesUnread);
                Assert.Equal(writer.BytesAccepted, e.BytesAccepted);
                Assert.Null(e.RecordsAccepted);
                Assert.Contains($"Bytes accepted before: {e.BytesAccepted}{(e.BytesUnread == 0 ? "." : $"; of these never read: {e.BytesUnread}")}", e.Message,
                    StringComparison.Ordinal);
                writer.Dispose();
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    [Fact]
    public void RecordWriter_FiguresAddUp()
        => Gen.Select(Gen.Int[0, 300_000], Gen.Int[1, 4_000], Gen.Bool, Gen.Enum<PipeReaderKind>()).Sample(
            (read, recordsPerBlock, header, kind) =>
            {
                const int Size = 24;
                int blockHeader = header ? CapturedStream.BlockHeaderLength : 0;
                int block = blockHeader + (recordsPerBlock * Size);
                using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
                SpliceWriter end = pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind));
                using var writer = new RecordWriter<Tick>(end, new RecordWriterOptions { Framed = header, ChunkSize = block, InPlace = false });
                BrokenPipeException e = FailureOf(pipe, read, () =>
                {
                    for (int i = 0; ; i++)
                    {
                        writer.Write(Tick.At(i));
                    }
                });
                Assert.Equal(e.BytesAccepted, read + e.BytesUnread);
                Assert.Equal(Accepted(e.BytesAccepted), e.RecordsAccepted);
                Assert.Contains($"Records of VmSplice.TestChild.Tick accepted before: {e.RecordsAccepted}", e.Message, StringComparison.Ordinal);

                // The same failure from then on, and no other one from Dispose.
                Assert.Same(e, Assert.Throws<BrokenPipeException>(writer.Flush));

                long Accepted(long bytes)
                {
                    long ofBlocks = Math.Max(0, bytes - (header ? CapturedStream.HeaderLength : 0));
                    return (ofBlocks / block * recordsPerBlock) + (Math.Max(0, (ofBlocks % block) - blockHeader) / Size);
                }
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    [Fact]
    public void RecordsNotWhollyRead_AreThoseBehindTheLastByteRead()
    {
        // Nothing is read: every accepted record was lost, and no header counts as one.
        using SplicePipe pipe = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        for (int i = 0; i < 10; i++)
        {
            writer.Write(Tick.At(i));
            writer.Flush();
        }

        pipe.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(pipe.WriteHandle);
        writer.Write(Tick.At(10));
        BrokenPipeException e = Assert.Throws<BrokenPipeException>(writer.Flush);
        Assert.Equal(10, e.RecordsAccepted);
        Assert.Contains("of these not wholly read: at most 10", e.Message, StringComparison.Ordinal);
    }

    private static BrokenPipeException FailureOf(SplicePipe pipe, int read, Action send)
    {
        BrokenPipeException? failure = null;
        Background sender = Background.Run(() => failure = Assert.Throws<BrokenPipeException>(send));
        using (SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity))
        {
            reader.ReadExactly(new byte[read]);
        }

        sender.Join();
        return failure!;
    }
}
