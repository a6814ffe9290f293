using VmSplice.Records;

namespace VmSplice.Tests.InPlace;

/// <summary>
/// A stream that is passed on: before its first record it is nobody's memory but the pipe's; in the middle, in place, it is refused or copied batch by
/// batch.
/// </summary>
[Trait("Category", "Transport")]
public class PassingOnTests
{
    private const int Chunks = 40;

    [Fact]
    public void StreamWhoseHeaderAloneWasRead_IsForwardedAsBytes()
    {
        using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
        using SplicePipe second = SplicePipe.Create(Exchange.Capacity);
        Background writing = Background.Run(() => WriteAll(pipe.OpenWriter()));
        using SpliceReader source = pipe.OpenReader();
        using RecordReader<Tick> first = new(source, new RecordReaderOptions { LeaveOpen = true });
        _ = first.ReadHeader();
        SpliceWriter onward = second.OpenWriter();
        byte[] header = new byte[RecordStreamFormat.HeaderLength];
        RecordStreamFormat.WriteHeader(header, Tick.Layout, RecordStreamFlags.None);
        onward.Write(header);
        Background forwarding = Background.Run(() =>
        {
            using (onward)
            {
                source.Forward(onward);
            }
        });
        AssertAll(second, mayBeInPlace: false);
        writing.Join();
        forwarding.Join();
    }

    [Fact]
    public async Task RestOfAStreamInPlace_IsNotForwarded()
    {
        using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
        using SplicePipe second = SplicePipe.Create(Exchange.Capacity);
        Background writing = Background.Run(() => WriteAll(pipe.OpenWriter()));
        using SpliceReader source = pipe.OpenReader();
        using SpliceWriter onward = second.OpenWriter();
        using RecordReader<Tick> reader = new(source, new RecordReaderOptions { LeaveOpen = true });
        while (!reader.IsInPlace)
        {
            reader.ReadBatch();
        }

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => source.Forward(onward));
        Assert.Contains("RecordWriter", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => source.Tee(onward, 1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => source.ForwardAsync(onward));
        await Assert.ThrowsAsync<InvalidOperationException>(() => source.TeeAsync(onward, 1));
        Assert.Equal(0, onward.BytesAccepted);

        // Nothing was taken: the stream goes on, and what follows it on the pipe is bytes again.
        while (!reader.ReadBatch().IsEmpty)
        {
        }

        writing.Join();
        Assert.Equal(Chunks * Exchange.RecordsOfChunk, reader.RecordsRead);
        Assert.Equal(0, source.Forward(onward));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void RestOfAStreamInPlace_IsCopiedByWritingItsBatches(int before)
    {
        using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
        using SplicePipe second = SplicePipe.Create(Exchange.Capacity);
        Background writing = Background.Run(() => WriteAll(pipe.OpenWriter()));
        using RecordReader<Tick> reader = new(pipe.OpenReader());
        for (int i = 0; i < before || !reader.IsInPlace; i++)
        {
            reader.ReadBatch();
        }

        long skipped = reader.RecordsRead;
        Background passing = Background.Run(() =>
        {
            using RecordWriter<Tick> rest = new(second.OpenWriter(), new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });
            while (reader.ReadBatch() is { IsEmpty: false } batch)
            {
                rest.Write(batch);
            }

            rest.Complete();
        });

        // The first sender goes round its memory many times meanwhile.
        AssertAll(second, mayBeInPlace: true, skipped);
        writing.Join();
        passing.Join();
    }

    private static void WriteAll(SpliceWriter pipe)
    {
        using RecordWriter<Tick> writer = new(pipe, new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });
        for (long i = 0; i < Chunks * Exchange.RecordsOfChunk; i++)
        {
            writer.Write(Tick.At(i));
        }

        writer.Complete();
    }

    private static void AssertAll(SplicePipe pipe, bool mayBeInPlace, long first = 0)
    {
        using RecordReader<Tick> reader = new(pipe.OpenReader());
        long index = first;
        foreach (ref readonly Tick tick in reader)
        {
            Assert.True(tick.IsAt(index), $"record {index} is wrong");
            index++;
        }

        Assert.Equal(Chunks * Exchange.RecordsOfChunk, index);
        Assert.Equal(mayBeInPlace, reader.IsInPlace);
    }
}
