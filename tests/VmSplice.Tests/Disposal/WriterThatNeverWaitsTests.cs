namespace VmSplice.Tests.Disposal;

/// <summary>A record writer that is disposed while another thread writes: it hands out nothing of a chunk that it gave up.</summary>
[Collection(nameof(Alone))]
public class WriterThatNeverWaitsTests
{
    /// <summary>
    /// A writer in another thread at its fastest: it ends with the exception that is documented, wherever it was, and is handed out nothing
    /// of a chunk that was given up.
    /// </summary>
    [Theory]
    [InlineData("Next")]
    [InlineData("Write")]
    [InlineData("GetSpan")]
    [InlineData("GetMemory")]
    public void RecordWriter_DisposedBeside_EndsAsDocumented(string member)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        Background draining = Background.Run(() => Drain(reader));
        for (int round = 0; round < 100; round++)
        {
            var records = new RecordWriter<Mark>(writer, new() { Framed = false, ChunkSize = 8192, LeaveOpen = true });
            using ManualResetEventSlim begun = new();
            Background writing = Background.Run(() =>
            {
                begun.Set();
                Assert.Throws<ObjectDisposedException>(() => WriteForever(records, member));
            });
            begun.Wait();
            Thread.SpinWait(32 * round);
            records.Dispose();
            writing.Join();
        }

        writer.Dispose();
        draining.Join();
    }

    private static void Drain(SpliceReader reader)
    {
        byte[] bytes = new byte[65_536];
        while (reader.Read(bytes.AsSpan()) != 0)
        {
        }
    }

    private static void WriteForever(RecordWriter<Mark> records, string member)
    {
        while (true)
        {
            switch (member)
            {
                case "Next":
                    records.Next().Value = 7;
                    break;
                case "Write":
                    records.Write(new Mark { Value = 7 });
                    break;
                case "GetSpan":
                    records.Advance(Math.Min(1, records.GetSpan(5000).Length));
                    break;
                default:
                    records.Advance(Math.Min(1, records.GetMemory(5000).Length));
                    break;
            }
        }
    }
}
