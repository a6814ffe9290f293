using CsCheck;
using VmSplice.Tests.InPlace;

namespace VmSplice.Tests.Copying;

/// <summary>What is read in place cannot be forwarded by the pipe, and is copied: to a reader that joins, or to one that does not.</summary>
[Trait("Category", "Transport")]
public class CopyInPlaceTests
{
    private const int Chunks = 60;

    private static int Count => Chunks * Exchange.RecordsOfChunk;

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task RestOfAStream_ArrivesInOrder(bool sourceInPlace, bool targetInPlace, bool asynchronous)
    {
        using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
        using SplicePipe second = SplicePipe.Create(Exchange.Capacity);
        Background writing = Background.Run(() => Send(pipe, sourceInPlace));
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(second.OpenWriter(), new RecordWriterOptions { ChunkSize = Exchange.ChunkSize, InPlace = targetInPlace });
        long before = 0;
        while (reader.IsInPlace != sourceInPlace || before < 5)
        {
            reader.ReadBatch();
            before++;
        }

        long first = reader.RecordsRead;
        bool joined = false;
        Background checking = Background.Run(() =>
        {
            using var end = new RecordReader<Tick>(second.OpenReader());
            Assert.Equal(Count, Ticks.Read(end, first));
            joined = end.IsInPlace;
        });
        Assert.Equal(Count - first, asynchronous ? await reader.CopyToAsync(target) : reader.CopyTo(target));
        target.Complete();
        checking.Join();
        writing.Join();
        Assert.Equal(targetInPlace, joined);
        Assert.Equal(targetInPlace, target.IsInPlace);
    }

    /// <summary>A block is not returned to its sender before the target has sent it, so a failed copy still has all of it.</summary>
    [Fact]
    public Task TargetThatEnds_EachRecordArrivesOnce()
        => Gen.Select(Gen.Int[0, 30], Gen.Int[0, 2], Ticks.OneOf(0, 5_000, 65_536, 200_000), Gen.Bool).SampleAsync(
            async (before, ending, chunk, targetInPlace) =>
            {
                using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
                using SplicePipe first = SplicePipe.Create(Exchange.Capacity);
                Background writing = Background.Run(() => Send(pipe, inPlace: true));
                using var reader = new RecordReader<Tick>(pipe.OpenReader());
                var target = new RecordWriter<Tick>(first.OpenWriter(), new RecordWriterOptions { ChunkSize = chunk, InPlace = targetInPlace });
                using var cancelling = new CancellationTokenSource();
                Task<long> copying = Task.Run(() => reader.CopyToAsync(target, cancelling.Token));
                var end = new RecordReader<Tick>(first.OpenReader());
                long next = Ticks.Read(end, 0, before * 1_000L);
                Exception? failure;
                switch (ending)
                {
                    case 0:
                        end.Dispose();
                        failure = await Record.ExceptionAsync(() => copying);
                        BrokenPipeException broken = Assert.IsType<BrokenPipeException>(failure);
                        next = broken.RecordsAccepted!.Value;
                        target.Dispose();
                        break;
                    case 1:
                        await cancelling.CancelAsync();
                        failure = await Record.ExceptionAsync(() => copying);
                        Assert.IsAssignableFrom<OperationCanceledException>(failure);
                        if (failure!.InnerException is null)
                        {
                            Assert.Equal(target.RecordsWritten, reader.RecordsRead);
                            Background completing = Background.Run(target.Complete);
                            next = Ticks.Read(end, next);
                            completing.Join();
                            target.Dispose();
                        }
                        else
                        {
                            target.Dispose();
                            next = Ticks.ReadUntilCut(end, next);
                        }

                        break;
                    default:
                        target.Dispose();
                        Assert.IsType<ObjectDisposedException>(await Record.ExceptionAsync(() => copying));
                        next = Ticks.ReadUntilCut(end, next);
                        break;
                }

                Assert.Equal(next, reader.RecordsRead);
                Assert.Equal(Count, Ticks.Read(reader, next));
                Assert.True(reader.IsInPlace);
                end.Dispose();
                writing.Join();
            },
            iter: ThisKernel.Rounds(60),
            threads: 1);

    private static void Send(SplicePipe pipe, bool inPlace)
        => Ticks.Send(pipe, 0, Count, new RecordWriterOptions { ChunkSize = Exchange.ChunkSize, InPlace = inPlace });
}
