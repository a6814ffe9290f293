namespace VmSplice.Tests.InPlace;

/// <summary>A writer that has no memory left waits until the reader returns some; what ends that wait, and how.</summary>
[Trait("Category", "Transport")]
public class WaitingTests
{
    [Fact]
    public void WriterAheadOfItsReader_WaitsAndGoesOn()
    {
        using Exchange exchange = new Exchange().Begin();
        Background writing = Background.Run(() => FillMemory(exchange));
        writing.UntilItWaits();
        exchange.Expect(BlocksOfMemory * Exchange.RecordsOfChunk);
        exchange.ReceiveAll();
        writing.Join();
    }

    [Fact]
    public void BatchThatIsHeld_IsNotOverwritten()
    {
        using Exchange exchange = new Exchange().Begin();
        exchange.Send(Exchange.RecordsOfChunk);
        ReadOnlySpan<Tick> held = exchange.ReceiveAll();
        long first = held[0].Time;
        Background writing = Background.Run(() => FillMemory(exchange));
        writing.UntilItWaits();
        for (int i = 0; i < held.Length; i++)
        {
            Assert.True(held[i].IsAt(first + i));
        }

        exchange.Expect(BlocksOfMemory * Exchange.RecordsOfChunk);
        exchange.ReceiveAll();
        writing.Join();
    }

    [Fact]
    public async Task FlushAsync_WaitsWithoutAThread_AndGoesOn()
    {
        using Exchange exchange = new Exchange().Begin();
        Task writing = FillMemoryAsync(exchange, CancellationToken.None);
        Assert.False(writing.IsCompleted);
        exchange.Expect(BlocksOfMemory * Exchange.RecordsOfChunk);
        await Task.Run(() => exchange.ReceiveAll().Length);
        await writing;
    }

    [Fact]
    public async Task FlushAsync_ThatIsCancelledWhileItWaitsForMemory_HasSent()
    {
        using Exchange exchange = new Exchange().Begin();
        using var cancelled = new CancellationTokenSource();
        Task writing = FillMemoryAsync(exchange, cancelled.Token);
        Assert.False(writing.IsCompleted);
        await cancelled.CancelAsync();

        // The flush that waited had sent its chunk, and ended well; the one behind it found the token cancelled, and its records stay.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        exchange.Writer.Flush();
        exchange.ExpectAll();
        exchange.ReceiveAll();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dispose_EndsAWriterThatWaits(bool leaveOpen)
    {
        using Exchange exchange = new Exchange(new RecordWriterOptions { ChunkSize = Exchange.ChunkSize, LeaveOpen = leaveOpen }).Begin();
        Background writing = Background.Run(() => Assert.Throws<ObjectDisposedException>(() => FillMemory(exchange)));
        writing.UntilItWaits();
        exchange.Writer.Dispose();
        writing.Join();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_EndsAFlushThatWaits(bool leaveOpen)
    {
        using Exchange exchange = new Exchange(new RecordWriterOptions { ChunkSize = Exchange.ChunkSize, LeaveOpen = leaveOpen }).Begin();
        Task writing = FillMemoryAsync(exchange, CancellationToken.None);
        exchange.Writer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writing);
    }

    [Fact]
    public void ReaderThatLeaves_EndsAWriterThatWaits()
    {
        using Exchange exchange = new Exchange().Begin();
        Background writing = Background.Run(() =>
        {
            BrokenPipeException e = Assert.Throws<BrokenPipeException>(() => FillMemory(exchange));
            Assert.Contains("of these not wholly read", e.Message, StringComparison.Ordinal);
        });
        writing.UntilItWaits();
        exchange.Reader.Dispose();
        writing.Join();
    }

    [Fact]
    public async Task ReaderThatLeaves_EndsAFlushThatWaits()
    {
        using Exchange exchange = new Exchange().Begin();
        Task writing = FillMemoryAsync(exchange, CancellationToken.None);
        exchange.Reader.Dispose();
        BrokenPipeException e = await Assert.ThrowsAsync<BrokenPipeException>(() => writing);

        // The same failure from then on.
        Assert.Same(e, Assert.Throws<BrokenPipeException>(exchange.Writer.Flush));
    }

    [Fact]
    public void WriterThatCompletesAndLeaves_LeavesEverythingToTheReader()
    {
        using Exchange exchange = new Exchange().Begin();
        for (int i = 0; i < BlocksOfMemory / 2; i++)
        {
            exchange.Send(Exchange.RecordsOfChunk);
        }

        exchange.Writer.Complete();
        exchange.Writer.Dispose();
        exchange.ReceiveAll();
        Assert.True(exchange.Reader.ReadBatch().IsEmpty);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Complete_DoesNotWaitForMemoryThatNothingNeeds(bool asynchronous)
    {
        using Exchange exchange = new Exchange().Begin();
        for (int chunk = 0; chunk < BlocksOfMemory - 2; chunk++)
        {
            exchange.Send(Exchange.RecordsOfChunk);
        }

        // The reader holds one block, and this fills the last one.
        exchange.Write(Exchange.RecordsOfChunk);
        if (asynchronous)
        {
            await exchange.Writer.CompleteAsync();
        }
        else
        {
            exchange.Writer.Complete();
        }

        exchange.ReceiveAll();
        Assert.True(exchange.Reader.ReadBatch().IsEmpty);
    }

    [Fact]
    public void WriterThatAbandons_IsNoticedBehindWhatItSent()
    {
        using Exchange exchange = new Exchange().Begin();
        exchange.Send(Exchange.RecordsOfChunk);
        exchange.Writer.Dispose();
        exchange.ReceiveAll();
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => exchange.Reader.ReadBatch().Length);
        Assert.Equal(StreamFault.Cut, e.Fault);
        Assert.Equal(5 * Exchange.RecordsOfChunk, e.RecordIndex);
    }

    /// <summary>As many chunks as the memory has, so that the last of them has to wait for the first to be returned.</summary>
    private static int BlocksOfMemory => 2 * 1024 * 1024 / Exchange.ChunkSize;

    private static void FillMemory(Exchange exchange)
    {
        long first = exchange.Writer.RecordsWritten;
        for (int chunk = 0; chunk < BlocksOfMemory; chunk++)
        {
            for (int i = 0; i < Exchange.RecordsOfChunk; i++)
            {
                exchange.Writer.Write(Tick.At(first++));
            }

            exchange.Writer.Flush();
        }
    }

    private static async Task FillMemoryAsync(Exchange exchange, CancellationToken cancellation)
    {
        long first = exchange.Writer.RecordsWritten;
        for (int chunk = 0; chunk < BlocksOfMemory; chunk++)
        {
            for (int i = 0; i < Exchange.RecordsOfChunk; i++)
            {
                exchange.Writer.Write(Tick.At(first++));
            }

            await exchange.Writer.FlushAsync(cancellation);
        }
    }
}
