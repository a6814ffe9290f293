using CsCheck;

namespace VmSplice.Tests.Copying;

/// <summary>
/// A copy that fails or is cancelled: what the target's pipe accepted, what the target still has, and what the reader goes on with are all records, each
/// once.
/// </summary>
[Trait("Category", "Transport")]
public class CopyFailsTests
{
    private const int Count = 60_000;

    private static readonly Gen<int> BlockSize = Ticks.OneOf(1, 7, 300, 2_000, 20_000);

    private static readonly Gen<int> ChunkSize = Ticks.OneOf(0, 500, 4_096, 65_536);

    /// <summary>The first target's reader takes so many bytes and leaves; a second target gets all that the pipe of the first one did not accept.</summary>
    [Fact]
    public void TargetThatBreaks_SecondTargetGetsTheRest()
        => Gen.Select(Gen.Int[0, 900_000], BlockSize, ChunkSize, Gen.Bool, Gen.Bool).Sample(
            (read, block, chunk, framed, asynchronous) =>
            {
                using SplicePipe pipe = SplicePipe.Create(1 << 20);
                using SplicePipe first = PipeSetup.OfCapacity(65_536);
                Background writing = Background.Run(() => SendBlocks(pipe, block));
                using var reader = new RecordReader<Tick>(pipe.OpenReader());
                BrokenPipeException? broken = null;
                Background copying = Background.Run(() =>
                {
                    using var target = new RecordWriter<Tick>(
                        first.OpenWriter(PipeSetup.KeepWriterCapacity()), new RecordWriterOptions { ChunkSize = chunk, Framed = framed });
                    broken = Assert.Throws<BrokenPipeException>(() => Copy(reader, target, asynchronous));
                });
                using (SpliceReader leaving = first.OpenReader(PipeSetup.KeepReaderCapacity))
                {
                    leaving.ReadExactly(new byte[read]);
                }

                copying.Join();
                Assert.Equal(broken!.RecordsAccepted, reader.RecordsRead);
                AssertRest(reader, broken.RecordsAccepted!.Value, asynchronous);
                writing.Join();
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    /// <summary>The same with a reader of records that may be in place, and a rest that is read, not copied.</summary>
    [Fact]
    public void TargetThatBreaks_ReaderGoesOnWithTheRest()
        => Gen.Select(Gen.Int[0, Count / 2], BlockSize, ChunkSize).Sample(
            (read, block, chunk) =>
            {
                using SplicePipe pipe = SplicePipe.Create(1 << 20);
                using SplicePipe first = SplicePipe.Create(1 << 20);
                Background writing = Background.Run(() => SendBlocks(pipe, block));
                using var reader = new RecordReader<Tick>(pipe.OpenReader());
                BrokenPipeException? broken = null;
                Background copying = Background.Run(() =>
                {
                    using var target = new RecordWriter<Tick>(first.OpenWriter(), new RecordWriterOptions { ChunkSize = chunk });
                    target.Write(Tick.At(-1));
                    try
                    {
                        reader.CopyTo(target);

                        // All of it had room.
                        broken = null;
                    }
                    catch (BrokenPipeException e)
                    {
                        broken = e;
                    }
                });
                using (var leaving = new RecordReader<Tick>(first.OpenReader()))
                {
                    Ticks.Read(leaving, -1, read);
                }

                copying.Join();
                long next = broken is null ? Count : Math.Max(0, broken.RecordsAccepted!.Value - 1);
                Assert.Equal(next, reader.RecordsRead);
                Assert.Equal(Count, Ticks.Read(reader, next));
                writing.Join();
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    /// <summary>
    /// Cancelled while the target is full: either nothing of a block went, and the target still has it; or a part went, and the stream ends there.
    /// </summary>
    [Fact]
    public Task CancelledWhileTheTargetIsFull_EachRecordArrivesOnce()
        => Gen.Select(Gen.Int[0, Count / 2], BlockSize, ChunkSize, Gen.Int[0, 3], Gen.Bool).SampleAsync(
            async (before, block, chunk, milliseconds, small) =>
            {
                using SplicePipe pipe = SplicePipe.Create(1 << 20);
                using SplicePipe first = small ? PipeSetup.OfCapacity(4_096) : SplicePipe.Create(1 << 20);
                Background writing = Background.Run(() => SendBlocks(pipe, block));
                using var reader = new RecordReader<Tick>(pipe.OpenReader());
                var target = new RecordWriter<Tick>(
                    first.OpenWriter(small ? PipeSetup.KeepWriterCapacity() : null), new RecordWriterOptions { ChunkSize = chunk });
                using var cancelling = new CancellationTokenSource();
                Task<long> copying = Task.Run(() => reader.CopyToAsync(target, cancelling.Token));
                using var end = new RecordReader<Tick>(first.OpenReader(small ? PipeSetup.KeepReaderCapacity : null));
                long next = Ticks.Read(end, 0, before);
                Thread.Sleep(milliseconds);
                await cancelling.CancelAsync();
                bool isIncomplete = false;
                try
                {
                    await copying;
                }
                catch (OperationCanceledException e)
                {
                    isIncomplete = e.InnerException is IncompleteSendException;
                }

                if (isIncomplete)
                {
                    target.Dispose();
                    next = Ticks.ReadUntilCut(end, next);
                }
                else
                {
                    Assert.Equal(target.RecordsWritten, reader.RecordsRead);
                    Background completing = Background.Run(() =>
                    {
                        target.Complete();
                        target.Dispose();
                    });
                    next = Ticks.Read(end, next);
                    completing.Join();
                }

                Assert.Equal(next, reader.RecordsRead);
                AssertRest(reader, next, asynchronous: true);
                writing.Join();
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    [Fact]
    public async Task CancelledWhileTheSourceIsEmpty_EachRecordArrivesOnce()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe first = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(first.OpenWriter());
        using var end = new RecordReader<Tick>(first.OpenReader());
        for (int round = 0; round < 20; round++)
        {
            using var cancelling = new CancellationTokenSource();
            Task<long> copying = reader.CopyToAsync(target, cancelling.Token);
            writer.Write(Tick.At(2 * round));
            writer.Flush();
            Assert.Equal(1, end.ReadBatch().Length);
            await cancelling.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
            writer.Write(Tick.At((2 * round) + 1));
            writer.Flush();
            Assert.True(reader.ReadBatch()[0].IsAt((2 * round) + 1));
            Assert.Equal((2 * round) + 2, reader.RecordsRead);
        }

        Assert.Equal(20, target.RecordsWritten);
    }

    /// <summary>The target is disposed beside the copy, which waits for room: what its pipe did not accept is the reader's.</summary>
    [Fact]
    public void TargetThatIsDisposedBeside_EachRecordArrivesOnce()
        => Gen.Select(Gen.Int[0, Count / 2], BlockSize, ChunkSize, Gen.Bool, Gen.Bool).Sample(
            (before, block, chunk, leaveOpen, asynchronous) =>
            {
                using SplicePipe pipe = SplicePipe.Create(1 << 20);
                using SplicePipe first = SplicePipe.Create(65_536);
                Background writing = Background.Run(() => SendBlocks(pipe, block));
                using var reader = new RecordReader<Tick>(pipe.OpenReader());
                SpliceWriter sending = first.OpenWriter();
                var target = new RecordWriter<Tick>(sending, new RecordWriterOptions { ChunkSize = chunk, LeaveOpen = leaveOpen });
                Exception? failure = null;
                Background copying = Background.Run(() => failure = Record.Exception(() => Copy(reader, target, asynchronous)));
                using var end = new RecordReader<Tick>(first.OpenReader());
                long next = Ticks.Read(end, 0, before);
                Thread.Sleep(1);
                target.Dispose();
                copying.Join();
                sending.Dispose();

                // Unless all of it had room, in the memory of a reader that is in place.
                Assert.True(failure is ObjectDisposedException || (failure is null && reader.RecordsRead == Count), failure?.ToString());
                next = Ticks.ReadUntilCut(end, next);
                Assert.Equal(next, reader.RecordsRead);
                AssertRest(reader, next, asynchronous);
                writing.Join();
            },
            iter: ThisKernel.Rounds(60),
            threads: 1);

    private static void SendBlocks(SplicePipe pipe, int block)
    {
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        for (int i = 0; i < Count; i++)
        {
            writer.Write(Tick.At(i));
            if (i % block == block - 1)
            {
                writer.Flush();
            }
        }

        writer.Complete();
    }

    private static long Copy(RecordReader<Tick> reader, RecordWriter<Tick> target, bool asynchronous)
        => asynchronous ? reader.CopyToAsync(target).GetAwaiter().GetResult() : reader.CopyTo(target);

    private static void AssertRest(RecordReader<Tick> reader, long next, bool asynchronous)
    {
        using SplicePipe second = SplicePipe.Create(1 << 20);
        Background checking = Background.Run(() => Ticks.AssertAll(second, next, Count));
        using (var rest = new RecordWriter<Tick>(second.OpenWriter()))
        {
            Assert.Equal(Count - next, Copy(reader, rest, asynchronous));
            rest.Complete();
        }

        checking.Join();
        Assert.Equal(Count, reader.RecordsRead);
    }
}
