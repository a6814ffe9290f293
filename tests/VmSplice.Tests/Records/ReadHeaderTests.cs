using VmSplice.Records;

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

            // Together with the end it would be one message, in which nothing is shared.
            writer.Flush();
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
    public void HeaderAlone_LeavesTheRestInThePipe()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter output = pipe.OpenWriter();
        using RecordWriter<Tick> writer = new(output);
        writer.Write(Tick.At(0));
        writer.Flush();
        int before = output.BytesUnread;
        using RecordReader<Tick> reader = new(pipe.OpenReader());
        _ = reader.ReadHeader();
        Assert.Equal(before - RecordStreamFormat.HeaderLength, output.BytesUnread);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReaderThatLeavesItsEndOpen_TakesNoByteOfWhatFollows(bool leaveOpen)
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter output = pipe.OpenWriter();
        for (int stream = 0; stream < 2; stream++)
        {
            using RecordWriter<Tick> writer = new(output, new() { LeaveOpen = true });
            writer.Write(Tick.At(stream));
            writer.Complete();
        }

        using RecordReader<Tick> reader = new(pipe.OpenReader(), new() { LeaveOpen = leaveOpen });
        Assert.True(reader.ReadBatch()[0].IsAt(0));
        Assert.True(reader.ReadBatch().IsEmpty);

        // Whoever owns the end reads ahead: nobody else could read what follows.
        Assert.Equal(leaveOpen ? output.BytesAccepted / 2 : 0, output.BytesUnread);
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
