using VmSplice.Pipes;
using VmSplice.Tests.Texts;

namespace VmSplice.Tests.Disposal;

/// <summary>A reader that is disposed beside a blocked read: its memory may be somebody else's before the read ends.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class OverwrittenMemoryTests
{
    [Fact]
    public void RecordReader_DisposedBesideABlockedBatch_NextReadersBatchStays()
    {
        int overwritten = 0;
        for (int round = 0; round < 10; round++)
        {
            using SplicePipe idle = SplicePipe.Create();
            using SplicePipe live = SplicePipe.Create();
            using SpliceWriter toIdle = idle.OpenWriter();
            using SpliceWriter toLive = live.OpenWriter();
            RecordReader<Mark> first = new(idle.OpenReader(), new() { Framed = false });
            Background blocked = Background.Run(() => Assert.Throws<ObjectDisposedException>(() => { first.ReadBatch(); }));
            blocked.UntilItWaits();
            first.Dispose();
            using RecordReader<Mark> second = new(live.OpenReader(), new() { Framed = false });
            toLive.Write<Mark>(new Mark[8]);
            ReadOnlySpan<Mark> batch = second.ReadBatch();
            try
            {
                toIdle.Write<Mark>([new Mark { Value = 0xFF }]);
            }
            catch (BrokenPipeException)
            {
                // The blocked read has ended, and the read end is closed.
            }

            blocked.Join();
            overwritten += batch[0].Value == 0xFF ? 1 : 0;
        }

        Assert.Equal(0, overwritten);
    }

    [Fact]
    public void RecordReader_DisposedWhenNoDescriptorIsLeft_BlockedBatchEnds()
    {
        // Once with descriptors, so that the runtime has loaded what it needs.
        AssertBlockedBatchEnds(() => null);
        AssertBlockedBatchEnds(FewDescriptors.None);
    }

    private static void AssertBlockedBatchEnds(Func<IDisposable?> before)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        RecordReader<Mark> reader = new(pipe.OpenReader());
        using ManualResetEventSlim go = new();

        // The runtime cannot start a thread without a descriptor either.
        Background blocked = Background.Run(() =>
        {
            go.Wait();
            Assert.Throws<ObjectDisposedException>(() => { reader.ReadBatch(); });
        });
        using (before())
        {
            go.Set();

            // Whether it waits cannot be asked without a descriptor.
            Thread.Sleep(100);
        }

        Assert.True(blocked.IsAlive);
        reader.Dispose();
        blocked.Join();
    }

    [Fact]
    public void RecordWriter_DisposedBesideABlockedFlush_OnlyItsOwnRecordsArrive()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        using SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        var records = new RecordWriter<Mark>(writer, new() { Framed = false, ChunkSize = 200_000, LeaveOpen = true });
        Mark[] mine = new Mark[150_000];
        Array.Fill(mine, new Mark { Value = 7 });
        records.Write(mine);
        Background blocked = Background.Run(() => Assert.Throws<ObjectDisposedException>(records.Flush));
        blocked.UntilItWaits();
        records.Dispose();
        blocked.Join();
        using PageBuffer<byte> other = writer.Rent<byte>(200_000);
        other.Span.Fill(9);
        writer.Dispose();
        byte[] arrived = new byte[65_536];
        int length = reader.Read(arrived.AsSpan());
        Assert.Equal(-1, arrived.AsSpan(0, length).IndexOfAnyExcept((byte)7));
    }

    /// <summary>Nothing is shared here, so that a span is a whole chunk; one that is this long is copied for some milliseconds.</summary>
    [Fact]
    public void RecordWriter_DisposedBesideAWriteOfManyRecords_NextOwnersBufferStays()
    {
        const int Length = 64 << 20;
        Mark[] mine = new Mark[Length];
        Array.Fill(mine, new Mark { Value = 7 });
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = SpliceWriter.Open(pipe.WriteHandle, PipeSetup.KeepWriterCapacity(), default(SharingPolicy));
        int overwritten = 0;
        for (int round = 0; round < 5; round++)
        {
            var records = new RecordWriter<Mark>(writer, new() { Framed = false, ChunkSize = Length, LeaveOpen = true });
            using ManualResetEventSlim begun = new();
            Background copying = Background.Run(() =>
            {
                begun.Set();
                _ = Record.Exception(() => records.Write(mine));
            });
            begun.Wait();
            Thread.Sleep(2);
            records.Dispose();
            using PageBuffer<byte> other = writer.RentUninitialized<byte>(Length);
            Span<byte> last = other.Span[^4096..];
            last.Fill(9);
            copying.Join();
            overwritten += last.IndexOfAnyExcept((byte)9) >= 0 ? 1 : 0;
        }

        Assert.Equal(0, overwritten);
    }

    [Fact]
    public void RecordWriter_DisposedBesideALongText_NextOwnersBufferStays()
    {
        const int Length = (1 << 24) - 1;
        const int Chunk = Length + 65_537;
        byte[] text = new byte[Length];
        text.AsSpan().Fill((byte)'x');
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = SpliceWriter.Open(pipe.WriteHandle, PipeSetup.KeepWriterCapacity(), default(SharingPolicy));
        int overwritten = 0;
        for (int round = 0; round < 40; round++)
        {
            var records = new RecordWriter<LogEvent>(writer, new() { ChunkSize = Chunk, LeaveOpen = true });
            _ = records.GetMemory(200);
            _ = records.Next();
            using ManualResetEventSlim begun = new();
            Background copying = Background.Run(() =>
            {
                begun.Set();
                _ = Record.Exception(() => records.AddText(text));
            });
            begun.Wait();
            Thread.SpinWait(2_000 * round);
            records.Dispose();
            using PageBuffer<byte> other = writer.RentUninitialized<byte>(Chunk);
            Span<byte> last = other.Span[^4096..];
            last.Fill(9);
            copying.Join();
            overwritten += last.IndexOfAnyExcept((byte)9) >= 0 ? 1 : 0;
        }

        Assert.Equal(0, overwritten);
    }
}
