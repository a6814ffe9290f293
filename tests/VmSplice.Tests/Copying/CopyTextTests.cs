using CsCheck;
using VmSplice.Tests.Texts;

namespace VmSplice.Tests.Copying;

/// <summary>Copied records have their texts and lists with them, and none before the one that is wrong is lost.</summary>
[Trait("Category", "Transport")]
public class CopyTextTests
{
    private static readonly Gen<Lengths[]> Events = Gen.Select(
        Gen.Frequency((20, Gen.Int[0, 60]), (3, Gen.Int[100, 900]), (1, Gen.Int[3_000, 9_000]), (1, Gen.Const(80_000))),
        Gen.Frequency((10, Gen.Const(0)), (5, Gen.Int[1, 9]), (1, Gen.Int[50, 400])),
        (message, samples) => new Lengths(message, samples)).Array[0, 400];

    private static readonly Gen<int> ChunkSize = Ticks.OneOf(0, 300, 1_024, 5_000, 65_536);

    [Fact]
    public void AnyTraffic_ArrivesAsSent()
        => Gen.Select(Events, ChunkSize, ChunkSize, Ticks.OneOf(0, 200, 5_000), Gen.Int[1, 100], Gen.Bool).Sample(
            (events, chunk, targetChunk, readSize, flush, asynchronous) =>
            {
                using SplicePipe pipe = SplicePipe.Create(1 << 20);
                using SplicePipe second = SplicePipe.Create(1 << 20);
                Background writing = Background.Run(() => Send(pipe, events, chunk, flush));
                Background copying = Background.Run(() =>
                {
                    using var reader = new RecordReader<LogEvent>(pipe.OpenReader(), new RecordReaderOptions { ReadSize = readSize });
                    using var target = new RecordWriter<LogEvent>(second.OpenWriter(), new RecordWriterOptions { ChunkSize = targetChunk });
                    Assert.Equal(events.Length, asynchronous ? reader.CopyToAsync(target).GetAwaiter().GetResult() : reader.CopyTo(target));
                    target.Complete();
                });
                using var end = new RecordReader<LogEvent>(second.OpenReader());
                Assert.Equal(events.Length, Read(end, events, 0));
                writing.Join();
                copying.Join();
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    /// <summary>Behind records of the target's own, of which the last may have begun its next chunk.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(4_000)]
    public async Task BehindRecordsOfTheTarget_ArrivesAsSent(int longest)
    {
        Lengths[] events = [.. Enumerable.Range(0, 300).Select(i => new Lengths(i % longest, i % 5))];
        foreach (bool asynchronous in (bool[])[false, true])
        {
            using SplicePipe pipe = SplicePipe.Create(1 << 20);
            using SplicePipe second = SplicePipe.Create(1 << 20);
            Send(pipe, events[100..], 0, 1_000, first: 100);
            using var reader = new RecordReader<LogEvent>(pipe.OpenReader());
            using var target = new RecordWriter<LogEvent>(second.OpenWriter(), new RecordWriterOptions { ChunkSize = 2_048 });
            Background checking = Background.Run(() =>
            {
                using var end = new RecordReader<LogEvent>(second.OpenReader());
                Assert.Equal(events.Length, Read(end, events, 0));
            });
            for (int i = 0; i < 100; i++)
            {
                LogEvent.Write(target, i, events[i]);
            }

            Assert.Equal(200, asynchronous ? await reader.CopyToAsync(target) : reader.CopyTo(target));
            target.Complete();
            checking.Join();
        }
    }

    /// <summary>Of a block with texts that is cut nothing arrives; so the reader goes on with its first record.</summary>
    [Fact]
    public void TargetThatBreaks_SecondTargetGetsTheRest()
        => Gen.Select(Gen.Int[0, 300_000], ChunkSize, ChunkSize, Gen.Int[1, 2_000], Gen.Bool).Sample(
            (read, chunk, targetChunk, flush, asynchronous) =>
            {
                Lengths[] events = [.. Enumerable.Range(0, 6_000).Select(i => new Lengths(i * 7 % 100, i % 3))];
                using SplicePipe pipe = SplicePipe.Create(1 << 20);
                using SplicePipe first = PipeSetup.OfCapacity(65_536);
                Background writing = Background.Run(() => Send(pipe, events, chunk, flush));
                using var reader = new RecordReader<LogEvent>(pipe.OpenReader());
                BrokenPipeException? broken = null;
                Background copying = Background.Run(() =>
                {
                    using var target = new RecordWriter<LogEvent>(
                        first.OpenWriter(PipeSetup.KeepWriterCapacity()), new RecordWriterOptions { ChunkSize = targetChunk });
                    broken = Assert.Throws<BrokenPipeException>(
                        () => asynchronous ? reader.CopyToAsync(target).GetAwaiter().GetResult() : reader.CopyTo(target));
                });
                using (SpliceReader leaving = first.OpenReader(PipeSetup.KeepReaderCapacity))
                {
                    leaving.ReadExactly(new byte[read]);
                }

                copying.Join();
                Assert.Equal(broken!.RecordsAccepted, reader.RecordsRead);
                Assert.Equal(events.Length, Read(reader, events, reader.RecordsRead));
                writing.Join();
            },
            iter: ThisKernel.Rounds(60),
            threads: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InvalidValue_ThrowsBehindTheGoodOnes(bool asynchronous)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using (var writer = new RecordWriter<LogEvent>(pipe.OpenWriter()))
        {
            LogEvent.Write(writer, 0, new Lengths(5, 1));
            LogEvent.Write(writer, 1, new Lengths(50, 2));
            writer.Next().Level = (Level)77;
            writer.Complete();
        }

        using var reader = new RecordReader<LogEvent>(pipe.OpenReader());
        using var target = new RecordWriter<LogEvent>(second.OpenWriter());
        using var end = new RecordReader<LogEvent>(second.OpenReader());
        RecordStreamException e = asynchronous
            ? await Assert.ThrowsAsync<RecordStreamException>(() => reader.CopyToAsync(target))
            : Assert.Throws<RecordStreamException>(() => reader.CopyTo(target));
        Assert.Equal((StreamFault.InvalidValue, 2L, "Level"), (e.Fault, e.RecordIndex, e.Field));
        Assert.Equal((2, 2), (reader.RecordsRead, target.RecordsWritten));
        ReadOnlySpan<LogEvent> batch = end.ReadBatch();
        Assert.Equal(2, batch.Length);
        Assert.Null(batch[1].Mistake(end, 1, new Lengths(50, 2)));
    }

    private static void Send(SplicePipe pipe, Lengths[] events, int chunk, int flush, int first = 0)
    {
        using var writer = new RecordWriter<LogEvent>(pipe.OpenWriter(), new RecordWriterOptions { ChunkSize = chunk });
        for (int i = 0; i < events.Length; i++)
        {
            LogEvent.Write(writer, first + i, events[i]);
            if (i % flush == flush - 1)
            {
                writer.Flush();
            }
        }

        writer.Complete();
    }

    private static long Read(RecordReader<LogEvent> reader, Lengths[] events, long first)
    {
        long next = first;
        foreach (ref readonly LogEvent e in reader)
        {
            Assert.Null(e.Mistake(reader, next, events[next]));
            next++;
        }

        return next;
    }
}
