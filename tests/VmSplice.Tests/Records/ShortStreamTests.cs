namespace VmSplice.Tests.Records;

/// <summary>Header, records and end of a short stream are one message, which is in the pipe wholly or not at all.</summary>
[Trait("Category", "Transport")]
public class ShortStreamTests
{
    private const int MessageLimit = 4096;

    // Room for the header alone, and not for a message.
    private const int Before = 4096 - 100;

    [Fact]
    public async Task NoRoomForAll_NothingIsSentAndACancelledCallCanBeMadeAgain()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4096);
        using SpliceWriter output = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using SpliceReader input = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        output.Write(new byte[Before]);
        using var writer = new RecordWriter<Tick>(output);
        writer.Write([Tick.At(0), Tick.At(1)]);
        await EndsCancelledAsync(writer.FlushAsync);
        await EndsCancelledAsync(writer.CompleteAsync);
        Assert.Equal((Before, 2), (output.BytesAccepted, writer.RecordsWritten));

        writer.Next() = Tick.At(2);
        input.ReadExactly(new byte[Before]);
        await writer.CompleteAsync();
        AssertRecords(input, 3);
    }

    [Fact]
    public void NoRoomForAll_CompleteWaitsWithAllOfIt()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4096);
        using SpliceWriter output = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using SpliceReader input = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        output.Write(new byte[Before]);
        using var writer = new RecordWriter<Tick>(output);
        writer.Write([Tick.At(0), Tick.At(1)]);
        Background completing = Background.Run(writer.Complete);
        completing.UntilItWaits();
        Assert.Equal(Before, output.BytesAccepted);
        input.ReadExactly(new byte[Before]);
        completing.Join();
        AssertRecords(input, 2);
    }

    /// <summary>Around the length up to which everything is one message: the same bytes are in the pipe.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamsOfEveryLengthAroundTheLimit_ArriveWhole(bool isAsync)
    {
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<Tick>();
        int most = (MessageLimit - (3 * CapturedStream.HeaderLength)) / size;
        foreach (int records in (int[])[0, 1, 10, most - 1, most, most + 1, most + 2, most + (64 / size) + 1])
        {
            using SplicePipe pipe = SplicePipe.Create();
            using SpliceWriter output = pipe.OpenWriter();
            using SpliceReader input = pipe.OpenReader();
            using var writer = new RecordWriter<Tick>(output, new() { LeaveOpen = true });
            writer.Write([.. Enumerable.Range(0, records).Select(index => Tick.At(index))]);
            if (isAsync)
            {
                await writer.CompleteAsync();
            }
            else
            {
                writer.Complete();
            }

            int blocks = records == 0 ? 0 : 1;
            Assert.Equal(CapturedStream.HeaderLength + ((blocks + 1) * CapturedStream.BlockHeaderLength) + (records * size), output.BytesAccepted);
            AssertRecords(input, records);
        }
    }

    [Fact]
    public void ReaderLeftBeforeTheShortStream_NoRecordCountsAsSent()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter output = pipe.OpenWriter();
        pipe.OpenReader().Dispose();
        ReadEnds.AwaitClosed(output.Handle);
        var writer = new RecordWriter<Tick>(output);
        writer.Write([Tick.At(0), Tick.At(1)]);
        BrokenPipeException e = Assert.Throws<BrokenPipeException>(writer.Complete);
        Assert.Equal(0, e.RecordsAccepted);
        Assert.Same(e, Assert.Throws<BrokenPipeException>(writer.Complete));
        writer.Dispose();
    }

    private static async Task EndsCancelledAsync(Func<CancellationToken, ValueTask> call)
    {
        using var cancellation = new CancellationTokenSource();
        Task waiting = call(cancellation.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static void AssertRecords(SpliceReader input, int records)
    {
        using var reader = new RecordReader<Tick>(input, new() { LeaveOpen = true });
        int index = 0;
        foreach (ref readonly Tick tick in reader)
        {
            Assert.True(tick.IsAt(index++));
        }

        Assert.Equal(records, index);
    }
}
