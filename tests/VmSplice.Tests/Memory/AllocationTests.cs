namespace VmSplice.Tests.Memory;

/// <summary>Steady state makes no garbage: not per buffer, not per record, not per batch.</summary>
[Trait("Category", "Transport")]
public class AllocationTests
{
    private const int Rounds = 500;
    private const int WarmUp = 200;
    private const int Length = 64 * 1024;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void RentAndSend_AllocateNothing(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        byte[] arrived = new byte[Length];
        AssertNoGarbage(() =>
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            buffer[17] = 1;
            writer.Send(buffer);
            reader.ReadExactly(arrived);
            PageBuffer<byte> gift = writer.Rent<byte>(Length);
            gift[17] = 2;
            writer.Gift(gift);
            reader.ReadExactly(arrived);
        });
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown, true)]
    [InlineData(PipeReaderKind.Copying, true)]
    [InlineData(PipeReaderKind.Copying, false)]
    public void RecordsAndBatches_AllocateNothing(PipeReaderKind kind, bool header)
    {
        const int Records = 3_000;
        using SplicePipe pipe = SplicePipe.Create();
        using var writer =
            new RecordWriter<Tick>(pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }), new RecordWriterOptions { ChunkSize = Length, Framed = header });
        using var reader = new RecordReader<Tick>(pipe.OpenReader(), new RecordReaderOptions { ReadSize = Length, Framed = header });
        AssertNoGarbage(() =>
        {
            for (int i = 0; i < Records; i++)
            {
                writer.Next().Time = i;
            }

            writer.Flush();
            int seen = 0;
            while (seen < Records)
            {
                seen += reader.ReadBatch().Length;
            }
        });
    }

    private static void AssertNoGarbage(Action round)
    {
        for (int i = 0; i < WarmUp; i++)
        {
            round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            round();
        }

        Garbage.AssertNone(GC.GetAllocatedBytesForCurrentThread() - before, Rounds);
    }
}
