namespace VmSplice.Tests.InPlace;

/// <summary>When a stream is read in place, and when not.</summary>
[Trait("Category", "Transport")]
public class JoiningTests
{
    [Fact]
    public void LongStream_IsReadInPlace()
    {
        using Exchange exchange = new();
        Assert.False(exchange.Writer.IsInPlace);
        Assert.False(exchange.Reader.IsInPlace);
        exchange.Begin();
        Assert.True(exchange.Writer.IsInPlace);
        Assert.True(exchange.Reader.IsInPlace);
    }

    [Fact]
    public void BatchInPlace_LiesInTheSendersMemory()
    {
        using Exchange exchange = new();
        exchange.Begin();
        exchange.Send(Exchange.RecordsOfChunk);
        ReadOnlySpan<Tick> batch = exchange.ReceiveAll();
        Assert.Equal(Exchange.RecordsOfChunk, batch.Length);
        Assert.Contains("memfd:VmSplice.blocks", Mapped.NameAt(in batch[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void BatchInPlace_CannotBeWrittenByTheReader()
    {
        using Exchange exchange = new();
        exchange.Begin();
        exchange.Send(Exchange.RecordsOfChunk);
        Assert.StartsWith("r--s", Mapped.PermissionsAt(in exchange.ReceiveAll()[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyAFewBytes_GoThroughThePipe()
    {
        using Exchange exchange = new();
        exchange.Begin();
        exchange.Send(Exchange.RecordsOfChunk);
        Assert.Equal(64, exchange.SendingEnd.BytesUnread);
        exchange.ReceiveAll();
    }

    [Fact]
    public void ShortFlushes_StayBytes()
    {
        using Exchange exchange = new();
        exchange.Begin();
        exchange.Send(10);
        Assert.Equal(64 + (10 * 24), exchange.SendingEnd.BytesUnread);
        exchange.ReceiveAll();
        exchange.Send(Exchange.RecordsOfChunk);
        Assert.Equal(64, exchange.SendingEnd.BytesUnread);
        exchange.ReceiveAll();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void SwitchedOffOnOneSide_GoesThroughThePipe(bool writer, bool reader)
    {
        using Exchange exchange = new(
            new RecordWriterOptions { ChunkSize = Exchange.ChunkSize, InPlace = writer },
            new RecordReaderOptions { InPlace = reader });
        exchange.Begin();
        Assert.False(exchange.Writer.IsInPlace);
        Assert.False(exchange.Reader.IsInPlace);
    }

    [Fact]
    public void ChunksThatAreShort_AreNotOffered()
    {
        using Exchange exchange = new(new RecordWriterOptions { ChunkSize = 8_192 });
        for (int i = 0; i < 20; i++)
        {
            // Fewer bytes than a pipe holds that nobody has sized.
            exchange.Send(1_000);
            exchange.ReceiveAll();
        }

        Assert.False(exchange.Reader.IsInPlace);
    }

    [Fact]
    public void ReaderThatReadsTheHeaderAlone_HasNotJoined()
    {
        using Exchange exchange = new();
        exchange.Send(Exchange.RecordsOfChunk);
        _ = exchange.Reader.ReadHeader();
        Assert.False(exchange.Reader.IsInPlace);
        exchange.ReceiveAll();
        Assert.True(exchange.Reader.IsInPlace);
    }

    [Fact]
    public void StreamThatWasPassedOn_IsNotJoinedByItsLastReader()
    {
        // The pages that wait in the second pipe are not those of the first one's reader.
        using SplicePipe second = SplicePipe.Create(Exchange.Capacity);
        using Exchange exchange = new();
        exchange.Send(Exchange.RecordsOfChunk);
        using SpliceWriter onward = second.OpenWriter();
        using SpliceReader first = exchange.Pipe.OpenReader();
        first.Forward(onward, exchange.SendingEnd.BytesUnread);
        using var reader = new RecordReader<Tick>(second.OpenReader());
        long read = 0;
        while (read < Exchange.RecordsOfChunk)
        {
            foreach (ref readonly Tick tick in reader.ReadBatch())
            {
                Assert.True(tick.IsAt(read++));
            }
        }

        Assert.False(reader.IsInPlace);
    }

    [Fact]
    public void StreamsOneAfterAnother_AreEachReadInPlace()
    {
        using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
        using SpliceWriter sendingEnd = pipe.OpenWriter();
        using SpliceReader receivingEnd = pipe.OpenReader();
        for (int stream = 0; stream < 5; stream++)
        {
            const int Records = 200_000;
            Background writing = Background.Run(() =>
            {
                using var writer = new RecordWriter<Tick>(sendingEnd, new RecordWriterOptions { LeaveOpen = true, ChunkSize = Exchange.ChunkSize });
                for (int i = 0; i < Records; i++)
                {
                    writer.Write(Tick.At(i));
                }

                writer.Complete();
            });
            using var reader = new RecordReader<Tick>(receivingEnd, new RecordReaderOptions { LeaveOpen = true });
            long index = 0;
            foreach (ref readonly Tick tick in reader)
            {
                Assert.True(tick.IsAt(index++));
            }

            writing.Join();
            Assert.Equal(Records, index);
            Assert.True(reader.IsInPlace);
        }
    }
}
