namespace VmSplice.Tests.InPlace;

/// <summary>What a stream that was offered in place, or read so, leaves behind in this process: nothing.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class LeavingsTests
{
    [Fact]
    public void OfferThatNobodyTakesUp_IsWithdrawn()
    {
        using Exchange exchange = new(readerOptions: new RecordReaderOptions { InPlace = false });
        int before = OpenFiles.CountOfMemory();
        exchange.Begin();
        Assert.True(OpenFiles.CountOfMemory() > before, "the offer stands");
        for (int i = 0; i < 300; i++)
        {
            exchange.Send(Exchange.RecordsOfChunk);
            exchange.ReceiveAll();
        }

        Assert.Equal(before, OpenFiles.CountOfMemory());
    }

    [Fact]
    public void NothingIsLeft_OfManyStreams()
    {
        int before = OpenFiles.CountOfMemory();
        int mappings = Mapped.CountOf("memfd:VmSplice");
        for (int i = 0; i < 50; i++)
        {
            using Exchange exchange = new();
            exchange.Begin();
            Assert.True(exchange.Writer.IsInPlace);
        }

        Assert.Equal(before, OpenFiles.CountOfMemory());
        Assert.Equal(mappings, Mapped.CountOf("memfd:VmSplice"));
    }
}
