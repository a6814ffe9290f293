namespace VmSplice.Tests.Records;

/// <summary>The header of a stream, read before its records, in a thread and without one.</summary>
[Trait("Category", "Transport")]
public class ReadHeaderTests
{
    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task Header_IsTheSameEachTimeAndTakesNoRecord(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter end = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
        using (RecordWriter<Tick> writer = new(end))
        {
            writer.Write(Tick.At(0));
            writer.Complete();
        }

        using RecordReader<Tick> reader = new(pipe.OpenReader());
        RecordStreamHeader first = await reader.ReadHeaderAsync();
        ReadOnlyMemory<Tick> batch = await reader.ReadBatchAsync();
        Assert.Equal(first, reader.ReadHeader());
        Assert.Equal(first, await reader.ReadHeaderAsync());
        Assert.True(batch.Span[0].IsAt(0), "the batch is still valid: nothing was read");
        Assert.Equal(kind == PipeReaderKind.Copying && ThisKernel.SharesPages, first.SenderRecycles);
        Assert.True((await reader.ReadBatchAsync()).IsEmpty);
    }

    [Fact]
    public async Task WaitThatIsCancelled_LosesNothing()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using RecordReader<Tick> reader = new(pipe.OpenReader());
        using CancellationTokenSource source = new();
        ValueTask<RecordStreamHeader> header = reader.ReadHeaderAsync(source.Token);
        Assert.False(header.IsCompleted, "nobody has sent");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await header);
        using (RecordWriter<Tick> writer = new(pipe.OpenWriter()))
        {
            writer.Write(Tick.At(0));
            writer.Complete();
        }

        _ = await reader.ReadHeaderAsync();
        Assert.Equal(1, reader.ReadBatch().Length);
    }

    [Fact]
    public async Task StreamOfAnotherLayout_IsRefusedBeforeItsRecords()
    {
        byte[] stream = CapturedStream.Of<Order>(header: true, 4);
        using SplicePipe pipe = SplicePipe.Create();
        RawCall.Write(pipe.WriteHandle, stream);
        pipe.WriteHandle.Dispose();
        using RecordReader<Tick> reader = new(pipe.OpenReader());
        RecordStreamException e = await Assert.ThrowsAsync<RecordStreamException>(async () => await reader.ReadHeaderAsync());
        Assert.Equal(StreamFault.Layout, e.Fault);
    }

    [Fact]
    public async Task UnframedStream_HasNone()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using RecordReader<Tick> reader = new(pipe.OpenReader(), new RecordReaderOptions { Framed = false });
        Assert.Throws<InvalidOperationException>(() => reader.ReadHeader());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadHeaderAsync());
    }
}
