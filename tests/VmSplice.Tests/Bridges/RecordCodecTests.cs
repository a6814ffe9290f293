using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using CsCheck;

namespace VmSplice.Tests.Bridges;

/// <summary>Records to bytes and back: whole, in pieces, damaged, and to and from a pipe.</summary>
public class RecordCodecTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(50_000)]
    public void EncodedAndDecoded_RecordsAreTheSame(int count) => RoundTrip<Order>(count);

    [Fact]
    public void AnyRecordsInAnyPieces_AreTheSame()
        => Gen.Select(Gen.Int[0, 3_000], Gen.Int[1, 500].Array[1, 40]).Sample(
            (count, pieces) =>
            {
                byte[] bytes = Encode(Records<Tick>(count));
                AssertRecords(count, RecordCodec.Decode<Tick>(Cut(bytes, pieces)));
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void PiecesThatComeOneByOne_EveryRecordComesOnce()
        => Gen.Int[1, 200].Array[1, 40].Sample(
            pieces =>
            {
                byte[] bytes = [.. Encode(Records<Wide>(99)), 1, 2, 3];
                var decoder = new RecordDecoder<Wide>();
                List<Wide> records = [];
                Wide[] batch = new Wide[7];
                int start = 0;
                int end = 0;
                for (int i = 0; !decoder.IsCompleted; i++)
                {
                    end = Math.Min(bytes.Length, end + pieces[i % pieces.Length]);
                    ReadOnlySequence<byte> rest = new(bytes, start, end - start);
                    int read;
                    while ((read = decoder.Read(ref rest, batch)) != 0)
                    {
                        records.AddRange(batch.AsSpan(0, read));
                    }

                    start = end - (int)rest.Length;
                }

                AssertRecords(99, [.. records]);
                Assert.Equal(3, bytes.Length - start);
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void CutAnywhere_Throws()
    {
        byte[] bytes = Encode(Records<Order>(20));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<Order>(new ReadOnlySequence<byte>(bytes, 0, length)));
        }
    }

    [Fact]
    public void HeadersDamagedAnywhere_Throw()
    {
        // Everything that is checked: magic, version, size and fingerprint; then magic, count and index of the block.
        byte[] bytes = Encode(Records<Order>(20));
        foreach (int at in (IEnumerable<int>)[.. Enumerable.Range(0, 10), .. Enumerable.Range(12, 12), .. Enumerable.Range(64, 16)])
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x10;
            Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<Order>(new ReadOnlySequence<byte>(damaged)));
        }
    }

    [Fact]
    public void InvalidValue_NamesRecordAndByte()
    {
        byte[] bytes = Encode(Records<Order>(20));
        int at = 128 + (8 * 13) + Order.IsOpenOffset;
        bytes[at] = 7;
        RecordStreamException failure = Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<Order>(new ReadOnlySequence<byte>(bytes)));
        Assert.Equal(13, failure.RecordIndex);
        Assert.Equal(at, failure.ByteOffset);
    }

    [Fact]
    public void OtherLayout_Throws()
    {
        byte[] bytes = Encode(Records<Order>(20));
        Assert.Contains("laid out differently", Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<Tick>(new ReadOnlySequence<byte>(bytes))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void BytesAfterTheEnd_Throw()
    {
        byte[] bytes = [.. Encode(Records<Order>(2)), 0];
        Assert.Contains("1 byte behind the end",
            Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<Order>(new ReadOnlySequence<byte>(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CountThatClaimsTooMuch_AllocatesNoMoreThanTheBytesHaveRoomFor()
    {
        byte[] bytes = Encode(Records<Order>(2));
        MemoryMarshal.Write(bytes.AsSpan(68), uint.MaxValue - 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<Order>(new ReadOnlySequence<byte>(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void EncodedAndWrittenToAPipe_RecordReaderReadsIt()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.Write(Encode(Records<Tick>(1_000)));
        }

        using RecordReader<Tick> reader = new(pipe.OpenReader());
        int index = 0;
        foreach (ref readonly Tick tick in reader)
        {
            Assert.True(tick.IsAt(index++));
        }

        Assert.Equal(1_000, index);
    }

    [Fact]
    public async Task RecordWriterToFileAndBack_RecordsAreTheSame()
    {
        using TemporaryFile file = new();
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader received = pipe.OpenReader();
        Task sending = Task.Run(() =>
        {
            using RecordWriter<Tick> writer = new(pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }));
            for (int i = 0; i < 100_000; i++)
            {
                writer.Next() = Tick.At(i);
            }

            writer.Complete();
        });
        await using (FileStream stream = file.Create())
        {
            received.Forward(stream);
        }

        await sending;
        long index = 0;
        await foreach (ReadOnlyMemory<Tick> batch in PipeReader.Create(File.OpenRead(file.Path)).ReadRecordsAsync<Tick>())
        {
            foreach (ref readonly Tick tick in batch.Span)
            {
                Assert.True(tick.IsAt(index++));
            }
        }

        Assert.Equal(100_000, index);
    }

    [Fact]
    public async Task EncodedIntoAPipeWriter_RecordReaderReadsIt()
    {
        using SplicePipe pipe = SplicePipe.Create();
        PipeWriter writer = pipe.OpenWriter().AsPipeWriter();
        Task sending = Task.Run(async () =>
        {
            var encoder = new RecordEncoder<Order>(writer);
            for (int i = 0; i < 100; i++)
            {
                encoder.Write(Records<Order>(1_000, i * 1_000));
                await writer.FlushAsync();
            }

            encoder.Complete();
            await writer.CompleteAsync();
        });
        using RecordReader<Order> reader = new(pipe.OpenReader());
        int index = 0;
        foreach (ref readonly Order order in reader)
        {
            Assert.True(order.IsAt(index++));
        }

        await sending;
        Assert.Equal(100_000, index);
    }

    [Fact]
    public async Task CutStreamInAPipeReader_Throws()
    {
        byte[] bytes = Encode(Records<Tick>(10));
        await Assert.ThrowsAsync<RecordStreamException>(async () =>
        {
            await foreach (ReadOnlyMemory<Tick> batch in PipeReader.Create(new ReadOnlySequence<byte>(bytes, 0, bytes.Length - 64)).ReadRecordsAsync<Tick>())
            {
                Assert.Equal(10, batch.Length);
            }
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task SecondStreamBufferedBehindTheFirst_IsReadWithoutWaitingForMore(int count)
    {
        // The sender waits for an answer: nothing more comes, and the end neither.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        byte[] first = Encode(Records<Tick>(count));
        byte[] endMark = first[^64..];
        pipe.Writer.Write(first.AsSpan(0, first.Length - endMark.Length));
        await pipe.Writer.FlushAsync();
        await using IAsyncEnumerator<ReadOnlyMemory<Tick>> batches = pipe.Reader.ReadRecordsAsync<Tick>().GetAsyncEnumerator();
        int read = 0;
        while (read < count && await batches.MoveNextAsync())
        {
            read += batches.Current.Length;
        }

        pipe.Writer.Write(endMark);
        RecordCodec.Encode<Order>(Records<Order>(3), pipe.Writer);
        await pipe.Writer.FlushAsync();
        Assert.False(await batches.MoveNextAsync());
        Assert.Equal(count, read);
        await foreach (ReadOnlyMemory<Order> batch in pipe.Reader.ReadRecordsAsync<Order>()
            .WithCancellation(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token))
        {
            Assert.Equal(3, batch.Length);
        }
    }

    [Fact]
    public void WrittenAfterCompletion_Throws()
    {
        var encoder = new RecordEncoder<Order>(new ArrayBufferWriter<byte>());
        encoder.Complete();
        encoder.Complete();
        Assert.Throws<InvalidOperationException>(() => encoder.Write(Records<Order>(1)));
    }

    private static void RoundTrip<T>(int count)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
        => AssertRecords(count, RecordCodec.Decode<T>(new ReadOnlySequence<byte>(Encode(Records<T>(count)))));

    private static void AssertRecords<T>(int count, T[] records)
        where T : unmanaged, ITestRecord<T>
    {
        Assert.Equal(count, records.Length);
        for (int i = 0; i < count; i++)
        {
            Assert.True(records[i].IsAt(i));
        }
    }

    private static byte[] Encode<T>(T[] records)
        where T : unmanaged, ISpliceable<T>
    {
        var buffer = new ArrayBufferWriter<byte>();
        RecordCodec.Encode<T>(records, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static T[] Records<T>(int count, int first = 0)
        where T : unmanaged, ITestRecord<T>
        => [.. Enumerable.Range(first, count).Select(i => T.At(i))];

    private static ReadOnlySequence<byte> Cut(byte[] bytes, int[] pieces)
    {
        Piece? first = null;
        Piece? last = null;
        int start = 0;
        for (int i = 0; start < bytes.Length; i++)
        {
            int length = Math.Min(pieces[i % pieces.Length], bytes.Length - start);
            last = new Piece(bytes.AsMemory(start, length), last);
            first ??= last;
            start += length;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, Piece? previous)
        {
            Memory = memory;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            previous?.Next = this;
        }
    }
}
