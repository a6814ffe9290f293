using CsCheck;

namespace VmSplice.Tests.InPlace;

/// <summary>Asynchronous streams in place, with flushes of every length: those that stay in place, and those that are copied out of the same memory.</summary>
[Trait("Category", "Transport")]
public class AsyncTrafficTests
{
    private static readonly Gen<int[]> Flushes = Gen.OneOf(Gen.Int[1, 50], Gen.Int[200, 700], Gen.Int[300, 1_000], Gen.Int[2_000, 6_000]).Array[50, 400];

    [Fact]
    public Task AnyFlushes_ArriveAsSent()
        => Gen.Select(Flushes, Gen.Enum<PipeReaderKind>(), Gen.Int[0, 3]).SampleAsync(
            async (flushes, kind, dawdle) =>
            {
                using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
                SpliceWriter sendingEnd = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
                Task writing = WriteAsync(sendingEnd, flushes);
                using var reader = new RecordReader<Tick>(pipe.OpenReader());
                long read = 0;
                await foreach (ReadOnlyMemory<Tick> batch in reader)
                {
                    if (dawdle != 0)
                    {
                        // Whatever the writer does meanwhile, the batch stays what it is.
                        await Task.Delay(0);
                        Thread.SpinWait(1_000 * dawdle);
                    }

                    foreach (ref readonly Tick tick in batch.Span)
                    {
                        Assert.True(tick.IsAt(read), $"record {read} is wrong");
                        read++;
                    }
                }

                await writing;
                Assert.Equal(flushes.Sum(), read);
            },
            iter: ThisKernel.Rounds(40),
            threads: 1);

    private static async Task WriteAsync(SpliceWriter sendingEnd, int[] flushes)
    {
        await Task.Yield();
        await using var writer = new RecordWriter<Tick>(sendingEnd, new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });
        long written = 0;
        foreach (int flush in flushes)
        {
            for (int i = 0; i < flush; i++)
            {
                if (writer.FreeSlots == 0)
                {
                    await writer.FlushAsync();
                }

                writer.Next() = Tick.At(written++);
            }

            await writer.FlushAsync();
        }

        await writer.CompleteAsync();
    }
}
