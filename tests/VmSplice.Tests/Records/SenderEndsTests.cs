using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.Records;

/// <summary>How a sender ends is known to the reader: completed, abandoned, dead.</summary>
[Trait("Category", "Transport")]
public class SenderEndsTests
{
    private const int Records = 1_500;

    [Fact]
    public void Completed_AllRecordsAndTheEnd()
    {
        (long records, RecordStreamException? e) = ReceiveFromChild("complete");
        Assert.Null(e);
        Assert.Equal(Records, records);
    }

    [Fact]
    public void Abandoned_AllFlushedRecordsAndAnException()
    {
        (long records, RecordStreamException? e) = ReceiveFromChild("abandon");
        AssertStopped(records, e, "abandoned the stream: its record writer was disposed without Complete");
    }

    [Fact]
    public void Killed_AllFlushedRecordsAndAnException()
    {
        (long records, RecordStreamException? e) = ReceiveFromChild("hang", Libc.SIGKILL);
        AssertStopped(records, e, "without completing it");
    }

    [Fact]
    public void NothingWrittenButCompleted_EmptyStream()
    {
        byte[] stream = CapturedStream.Of<Tick>(header: true);
        long records = 0;
        CapturedStream.Read<Tick>(stream, header: true, ref records);
        Assert.Equal(0, records);
    }

    [Fact]
    public void UnflushedRecordsOfAnAbandonedStream_NeverArrive()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter()))
        {
            writer.Write(Tick.At(0));
            writer.Flush();
            writer.Write(Tick.At(1));
        }

        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        Assert.Equal(1, reader.ReadBatch().Length);
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => reader.ReadBatch());
        Assert.Equal(1, e.RecordIndex);
    }

    [Fact]
    public void CompletedWriter_RefusesFurtherRecords()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        writer.Complete();
        writer.Complete();
        Assert.Throws<ObjectDisposedException>(() => writer.Flush());
        Assert.Throws<ObjectDisposedException>(() => writer.Write(Tick.At(0)));
        Assert.Throws<ObjectDisposedException>(() => { writer.Next().Time = 1; });
    }

    [Fact]
    public void DisposedReader_CannotBeAskedForTheSender()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter()))
        {
            writer.Write(Tick.At(0));
            writer.Complete();
        }

        using SpliceReader end = pipe.OpenReader();
        var reader = new RecordReader<Tick>(end, new RecordReaderOptions { LeaveOpen = true });
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.ReadHeader());
    }

    private static void AssertStopped(long records, RecordStreamException? e, string why)
    {
        Assert.Equal(Records, records);
        Assert.NotNull(e);
        Assert.Equal(Records, e.RecordIndex);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Contains($"Records that arrived: {Records}.", e.Message, StringComparison.Ordinal);
    }

    private static (long Records, RecordStreamException? Exception) ReceiveFromChild(string ending, int signal = 0)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartWriter(pipe, Child.Helper("records-send", Records.ToString(CultureInfo.InvariantCulture), ending));
        if (signal != 0)
        {
            // It has flushed, and now hangs.
            Assert.Equal("hanging", child.StandardOutput.ReadLine());
            Libc.Kill(child.Id, signal);
        }

        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        long next = 0;
        try
        {
            foreach (ref readonly Tick tick in reader)
            {
                Assert.True(tick.IsAt(next++));
            }
        }
        catch (RecordStreamException e)
        {
            return (reader.RecordsRead, e);
        }

        child.WaitForExit();
        return (reader.RecordsRead, null);
    }
}
