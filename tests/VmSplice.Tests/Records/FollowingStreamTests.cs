using CsCheck;

namespace VmSplice.Tests.Records;

/// <summary>A stream with its header ends where it ends: what follows on the same pipe is left for whoever reads next.</summary>
[Trait("Category", "Transport")]
public class FollowingStreamTests
{
    [Fact]
    public void BytesAndStreamsInARow_EachReaderGetsItsOwn()
        => Gen.Select(Gen.Int[0, 3_000], Gen.Int[0, 50_000], Gen.Int[0, 100_000], Gen.Enum<PipeReaderKind>()).Sample(
            (records, bytes, chunk, kind) =>
            {
                var options = new RecordWriterOptions { LeaveOpen = true, ChunkSize = chunk };
                var reading = new RecordReaderOptions { LeaveOpen = true, ReadSize = chunk };
                using SplicePipe pipe = SplicePipe.Create();
                using SpliceReader input = pipe.OpenReader();
                SpliceWriter output = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
                Background sender = Background.Run(() =>
                {
                    using (output)
                    {
                        Write<Tick>(output, options, records);
                        output.Write(StreamPattern.Take(0, bytes));
                        Write<Odd>(output, options, records / 2);
                        Write<Order>(output, options, records);
                    }
                });
                Read<Tick>(input, reading, records);
                byte[] arrived = new byte[bytes];
                input.ReadExactly(arrived);
                Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
                Read<Odd>(input, reading, records / 2);
                Read<Order>(input, reading, records);
                Assert.Equal(0, input.Read(new byte[1]));
                sender.Join();
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    [Fact]
    public void LargestChunk_RecordsArrive()
    {
        var options = new RecordWriterOptions { LeaveOpen = true, ChunkSize = int.MaxValue };
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader input = pipe.OpenReader();
        using SpliceWriter output = pipe.OpenWriter();
        Write<Tick>(output, options, 10);
        Read<Tick>(input, new RecordReaderOptions { LeaveOpen = true, ReadSize = int.MaxValue }, 10);
    }

    private static void Write<T>(SpliceWriter output, RecordWriterOptions options, int count)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        using var writer = new RecordWriter<T>(output, options);
        for (int i = 0; i < count; i++)
        {
            writer.Next() = T.At(i);
        }

        writer.Complete();
    }

    private static void Read<T>(SpliceReader input, RecordReaderOptions options, int count)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        using var reader = new RecordReader<T>(input, options);
        long index = 0;
        foreach (ref readonly T record in reader)
        {
            Assert.True(record.IsAt(index++));
        }

        Assert.Equal(count, index);
    }
}
