namespace VmSplice.Tests.Disposal;

/// <summary>A record writer or reader that two threads use, or that is used beside a call that was not awaited, says so.</summary>
[Trait("Category", "Transport")]
public class OneCallAtATimeTests
{
    private static readonly Dictionary<string, Action<RecordWriter<Mark>>> Calls = new()
    {
        ["Next"] = writer => writer.Next() = default,
        ["Write"] = writer => writer.Write(default(Mark)),
        ["Write of several"] = writer => writer.Write(new Mark[3].AsSpan()),
        ["WriteAsync"] = writer => writer.WriteAsync(new Mark[3]).AsTask().GetAwaiter().GetResult(),
        ["WriteAsync of none"] = writer => writer.WriteAsync(ReadOnlyMemory<Mark>.Empty).AsTask().GetAwaiter().GetResult(),
        ["GetSpan"] = writer => writer.GetSpan(),
        ["GetMemory"] = writer => writer.GetMemory(),
        ["Advance"] = writer => writer.Advance(0),
        ["Flush"] = writer => writer.Flush(),
        ["FlushAsync"] = writer => writer.FlushAsync().AsTask().GetAwaiter().GetResult(),
        ["Complete"] = writer => writer.Complete(),
        ["CompleteAsync"] = writer => writer.CompleteAsync().AsTask().GetAwaiter().GetResult(),
    };

    public static TheoryData<string> Members { get; } = [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Members))]
    public void BesideAThreadThatFlushes_Throws(string member)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        RecordWriter<Mark> writer = Started(pipe);
        Background flush = Background.Run(writer.Flush);
        flush.UntilItWaits();
        Assert.Throws<InvalidOperationException>(() => Calls[member](writer));
        AssertArrives(reader, writer, flush.Join);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void BesideAFlushThatWasNotAwaited_Throws(string member)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        RecordWriter<Mark> writer = Started(pipe);
        Task flush = writer.FlushAsync().AsTask();
        Assert.Throws<InvalidOperationException>(() => Calls[member](writer));
        AssertArrives(reader, writer, () => flush.Wait(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task BatchBesideABatchThatWasNotAwaited_Throws()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using var reader = new RecordReader<Mark>(pipe.OpenReader(), new() { Framed = false });
        Task<ReadOnlyMemory<Mark>> batch = reader.ReadBatchAsync().AsTask();
        Assert.Throws<InvalidOperationException>(() => { reader.ReadBatch(); });
        writer.Write(new byte[1].AsSpan());
        Assert.Equal(1, (await batch.WaitAsync(TimeSpan.FromSeconds(60))).Length);
    }

    private static RecordWriter<Mark> Started(SplicePipe pipe)
    {
        var writer = new RecordWriter<Mark>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity()), new() { ChunkSize = 100_000 });
        writer.Write(new Mark[90_000].AsSpan());
        return writer;
    }

    private static void AssertArrives(SpliceReader pipe, RecordWriter<Mark> writer, Action wait)
    {
        Background completion = Background.Run(() =>
        {
            wait();
            writer.Complete();
            writer.Dispose();
        });
        using var reader = new RecordReader<Mark>(pipe);
        long records = 0;
        while (reader.ReadBatch() is { IsEmpty: false } batch)
        {
            records += batch.Length;
        }

        completion.Join();
        Assert.Equal(90_000, records);
    }
}
