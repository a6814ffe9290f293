using System.Runtime.InteropServices;
using CsCheck;

namespace VmSplice.Tests.Properties;

/// <summary>One way in which records may travel.</summary>
internal sealed record RecordTraffic(
    int Records, int WriteChunk, int ReadChunk, int Capacity, PipeReaderKind Kind, bool Header, int FlushEvery, WriterStyle Style, int DawdleEvery,
    bool InPlace = true)
{
    private const int MostSleeps = 10;

    /// <summary>Any traffic of so many bytes at most.</summary>
    internal static Gen<RecordTraffic> Any(int recordSize, int bytes)
    {
        int most = bytes / recordSize;
        Gen<int> sizes = Gen.OneOf(Gen.Const(0), Gen.Int[1, 200], Gen.Int[4_000, 5_000], Gen.Int[10_000, 400_000]);
        return Gen.Select(
            Gen.OneOf(Gen.Int[0, 20], Gen.Int[0, most / 10], Gen.Int[0, most]),
            sizes,
            sizes,
            Gen.OneOf(Gen.Const(4096), Gen.Const(8192), Gen.Const(65536), Gen.Const(262144), Gen.Const(1048576)),
            Gen.Enum<PipeReaderKind>(),
            Gen.Bool,
            Gen.OneOf(Gen.Const(0), Gen.Int[1, 10], Gen.Int[100, 30_000]),
            Gen.Select(Gen.Enum<WriterStyle>(), Gen.OneOf(Gen.Const(0), Gen.Int[1, 50]), Gen.Bool),
            (records, write, read, capacity, kind, header, flush, rest) =>
                new RecordTraffic(records, write, read, capacity, kind, header, flush, rest.Item1, rest.Item2, rest.Item3));
    }

    /// <summary>Any traffic whose chunks are long enough to be read in place, and of which there are many.</summary>
    internal static Gen<RecordTraffic> Long(int recordSize) => Gen.Select(
        Gen.Int[2_000_000 / recordSize, 6_000_000 / recordSize],
        Gen.OneOf(Gen.Int[20_000, 40_000], Gen.Int[65_000, 66_000], Gen.Int[100_000, 600_000]),
        Gen.OneOf(Gen.Const(4096), Gen.Const(65536), Gen.Const(1048576)),
        Gen.Enum<PipeReaderKind>(),
        Gen.OneOf(Gen.Const(0), Gen.Int[500, 5_000], Gen.Int[1, 20]),
        Gen.Enum<WriterStyle>(),
        Gen.OneOf(Gen.Const(0), Gen.Int[1, 50]),
        (records, chunk, capacity, kind, flush, style, dawdle) => new RecordTraffic(records, chunk, 0, capacity, kind, Header: true, flush, style, dawdle));

    /// <summary>Sends and receives, and compares record by record.</summary>
    internal void Run<T>()
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(Capacity);
        SpliceWriter sendingEnd = pipe.OpenWriter(PipeSetup.KeepWriterCapacity(Kind));
        Background writer = Background.Run(
            () => Write(new RecordWriter<T>(sendingEnd, new RecordWriterOptions { Framed = Header, ChunkSize = WriteChunk, InPlace = InPlace })));
        using (var reader =
            new RecordReader<T>(pipe.OpenReader(PipeSetup.KeepReaderCapacity), new RecordReaderOptions { Framed = Header, ReadSize = ReadChunk }))
        {
            Read(reader);
            AssertHeader(reader, sendingEnd);
        }

        writer.Join();
    }

    private void AssertHeader<T>(RecordReader<T> reader, SpliceWriter sender)
        where T : unmanaged, ISpliceable<T>
    {
        if (Header)
        {
            // A stream that is one message is copied, whatever a longer one would be.
            bool recycles = reader.ReadHeader().SenderRecycles;
            Assert.True(recycles == sender.Sender.Recycles || (!recycles && sender.BytesAccepted <= 4_096), $"the header says {recycles}");
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => reader.ReadHeader());
        }
    }

    private void Read<T>(RecordReader<T> reader)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        long index = 0;
        int batches = 0;
        ReadOnlySpan<T> batch;
        while (!(batch = reader.ReadBatch()).IsEmpty)
        {
            foreach (ref readonly T record in batch)
            {
                if (!record.IsAt(index))
                {
                    Assert.Fail($"record {index} is wrong");
                }

                index++;
            }

            batches++;
            if (DawdleEvery != 0 && batches % DawdleEvery == 0 && batches / DawdleEvery <= MostSleeps)
            {
                // A reader that is slow is part of the property: the sender has to wait for it.
                Thread.Sleep(1);
            }
        }

        Assert.Equal(Records, index);
        Assert.Equal(Records, reader.RecordsRead);
    }

    private void Write<T>(RecordWriter<T> writer)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        using (writer)
        {
            int index = 0;
            while (index < Records)
            {
                int before = index;
                index += WriteSome(writer, index, Records - index);
                Assert.Equal(index, writer.RecordsWritten);
                if (FlushEvery != 0 && index / FlushEvery != before / FlushEvery)
                {
                    writer.Flush();
                }
            }

            writer.Complete();
        }
    }

    private int WriteSome<T>(RecordWriter<T> writer, int index, int left)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
    {
        WriterStyle style = Style == WriterStyle.Mixed ? (WriterStyle)(index % (int)WriterStyle.Mixed) : Style;
        switch (style)
        {
            case WriterStyle.Next:
                ref T slot = ref writer.Next();
                AssertCleared(in slot);
                slot = T.At(index);
                return 1;
            case WriterStyle.WriteOne:
                writer.Write(T.At(index));
                return 1;
            case WriterStyle.WriteMany:
                T[] many = new T[Math.Min(left, 1 + (index % 777))];
                Fill<T>(many, index);
                writer.Write(many);
                return many.Length;
            case WriterStyle.Span:
                Span<T> span = writer.GetSpan(index % 5);
                Soil(span);
                int count = Math.Min(left, span.Length);
                Fill(span[..count], index);
                writer.Advance(count);
                return count;
            default:
                Memory<T> memory = writer.GetMemory(index % 9);
                Soil(memory.Span);
                int some = Math.Min(left, Math.Max(1, memory.Length / 2));
                Fill(memory.Span[..some], index);
                writer.Advance(some);
                return some;
        }
    }

    // More may be written than is advanced over; the next slot must come cleared all the same.
    private static void Soil<T>(Span<T> slots)
        where T : unmanaged
        => MemoryMarshal.AsBytes(slots[..Math.Min(slots.Length, 5)]).Fill(0xDD);

    private static void AssertCleared<T>(ref readonly T slot)
        where T : unmanaged
    {
        if (MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in slot)).ContainsAnyExcept((byte)0))
        {
            Assert.Fail("the slot has an earlier record's bytes");
        }
    }

    private static void Fill<T>(Span<T> records, int index)
        where T : unmanaged, ITestRecord<T>
    {
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = T.At(index + i);
        }
    }
}
