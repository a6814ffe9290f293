using CsCheck;

namespace VmSplice.Tests.Texts;

/// <summary>Any traffic of records with texts and lists arrives as it was sent, whatever the chunk, the flushes and the way through the pipe.</summary>
[Trait("Category", "Transport")]
public class TextTrafficTests
{
    private static readonly Gen<Lengths> Any = Gen.Select(
        Gen.Frequency((20, Gen.Int[0, 60]), (3, Gen.Int[100, 900]), (1, Gen.Int[3_000, 9_000]), (1, Gen.Const(80_000))),
        Gen.Frequency((10, Gen.Const(0)), (5, Gen.Int[1, 9]), (1, Gen.Int[50, 400])),
        (message, samples) => new Lengths(message, samples));

    // How many events, and whether they are flushed behind.
    private static readonly Gen<(Lengths[] Events, bool Flushed)[]> Traffic
        = Gen.Select(Any.Array[0, 200], Gen.Bool).Array[1, 12];

    private static readonly Gen<RecordWriterOptions> Options
        = Gen.Select(OneOf(0, 300, 1_024, 5_000, 65_536), Gen.Bool, (chunk, inPlace) => new RecordWriterOptions { ChunkSize = chunk, InPlace = inPlace });

    private static Gen<int> OneOf(params int[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void AnyTraffic_ArrivesAsSent()
        => Gen.Select(Traffic, Options, Gen.Enum<PipeReaderKind>(), OneOf(0, 200, 5_000)).Sample(
            (traffic, options, kind, readSize) =>
            {
                using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
                SpliceWriter sendingEnd = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
                Background writing = Background.Run(() => Write(sendingEnd, options, traffic));
                using var reader = new RecordReader<LogEvent>(pipe.OpenReader(), new RecordReaderOptions { ReadSize = readSize });
                Lengths[] all = [.. traffic.SelectMany(part => part.Events)];
                long read = 0;
                for (ReadOnlySpan<LogEvent> batch = reader.ReadBatch(); !batch.IsEmpty; batch = reader.ReadBatch())
                {
                    foreach (ref readonly LogEvent e in batch)
                    {
                        Assert.Null(e.Mistake(reader, read, all[read]));
                        read++;
                    }
                }

                writing.Join();
                Assert.Equal(all.Length, read);
            },
            iter: ThisKernel.Rounds(120),
            threads: 1);

    [Fact]
    public Task AnyAsynchronousTraffic_ArrivesAsSent()
        => Gen.Select(Traffic, Options, Gen.Enum<PipeReaderKind>(), Gen.Int[0, 2]).SampleAsync(
            async (traffic, options, kind, dawdle) =>
            {
                using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
                Task writing = WriteAsync(pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }), options, traffic);
                using var reader = new RecordReader<LogEvent>(pipe.OpenReader());
                Lengths[] all = [.. traffic.SelectMany(part => part.Events)];
                long read = 0;
                await foreach (ReadOnlyMemory<LogEvent> batch in reader)
                {
                    Thread.SpinWait(1_000 * dawdle);
                    foreach (ref readonly LogEvent e in batch.Span)
                    {
                        Assert.Null(e.Mistake(reader, read, all[read]));
                        read++;
                    }
                }

                await writing;
                Assert.Equal(all.Length, read);
            },
            iter: ThisKernel.Rounds(60),
            threads: 1);

    private static void Write(SpliceWriter sendingEnd, RecordWriterOptions options, (Lengths[] Events, bool Flushed)[] traffic)
    {
        using var writer = new RecordWriter<LogEvent>(sendingEnd, options);
        long index = 0;
        foreach ((Lengths[] events, bool flushed) in traffic)
        {
            foreach (Lengths lengths in events)
            {
                LogEvent.Write(writer, index++, lengths);
                Assert.Equal(index, writer.RecordsWritten);
            }

            if (flushed)
            {
                writer.Flush();
            }
        }

        writer.Complete();
    }

    private static async Task WriteAsync(SpliceWriter sendingEnd, RecordWriterOptions options, (Lengths[] Events, bool Flushed)[] traffic)
    {
        await Task.Yield();
        await using var writer = new RecordWriter<LogEvent>(sendingEnd, options);
        long index = 0;
        foreach ((Lengths[] events, bool flushed) in traffic)
        {
            foreach (Lengths lengths in events)
            {
                if (writer.FreeSlots == 0)
                {
                    await writer.FlushAsync();
                }

                LogEvent.Write(writer, index++, lengths);
            }

            if (flushed)
            {
                await writer.FlushAsync();
            }
        }

        await writer.CompleteAsync();
    }
}
