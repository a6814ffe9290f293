using System.Buffers.Binary;
using CsCheck;

namespace VmSplice.Tests.Texts;

/// <summary>Streams with texts whose bytes are wrong: a documented exception, or other values; never a text from elsewhere in memory.</summary>
[Trait("Category", "Transport")]
public class DamagedTextTests
{
    private const int Records = 40;

    internal static readonly byte[] Stream = MakeStream();

    [Fact]
    public void AnyByteWrong_DocumentedExceptionOrValuesOfTheBlock()
        => Gen.Select(Gen.Int[0, Stream.Length - 1], Gen.Byte).Array[1, 3].Sample(
            changes =>
            {
                byte[] stream = [.. Stream];
                foreach ((int place, byte value) in changes)
                {
                    stream[place] = value;
                }

                ReadAll(stream);
            },
            iter: ThisKernel.Rounds(3_000),
            threads: 1);

    [Fact]
    public void CutAnywhere_SaysHowManyArrived()
    {
        for (int length = 0; length < Stream.Length; length += 7)
        {
            RecordStreamException e = Assert.Throws<RecordStreamException>(() => Read(Stream[..length]));
            Assert.True(e.Fault is StreamFault.Cut or StreamFault.NotBegun);
            Assert.InRange(e.RecordIndex, 0, Records);
        }
    }

    [Theory]
    [InlineData(0, 0xFFFF_FFFFu, 1u)] // before the block
    [InlineData(0, 4u, 8u)] // beyond its end
    [InlineData(0, 0u, 3u)] // at its end
    [InlineData(1, 30u, 30u | (77u << 24))] // of another block
    public void WrongPlace_NamesRecordAndField(int record, uint fromEnd, uint itemsAndTag)
    {
        byte[] stream = [.. Stream];
        Span<byte> place = stream.AsSpan(128 + (record * 40) + 8);
        BinaryPrimitives.WriteUInt32LittleEndian(place, fromEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(place[4..], itemsAndTag <= 0xFF_FFFF ? itemsAndTag | ((uint)stream[64 + 20] << 24) : itemsAndTag);
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => Read(stream));
        Assert.Equal((StreamFault.InvalidValue, "Message", (long)record), (e.Fault, e.Field, e.RecordIndex));
    }

    [Theory]
    [InlineData(64 + 16)] // its block would end where nothing is aligned
    [InlineData(-64 + 16)] // something behind the end
    public void LengthThatNoBlockHas_IsDamage(int place)
    {
        byte[] stream = [.. Stream];
        stream[place < 0 ? stream.Length + place : place] += 8;
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => Read(stream));
        Assert.Equal(StreamFault.Damaged, e.Fault);
    }

    [Fact]
    public void InvalidItemOfAList_NamesRecordAndField()
    {
        byte[] stream = [.. Stream];
        int place = 128 + 24;
        int fromEnd = BinaryPrimitives.ReadInt32LittleEndian(stream.AsSpan(place));
        int end = 128
            + (BinaryPrimitives.ReadInt32LittleEndian(stream.AsSpan(64 + 4)) * 40)
            + BinaryPrimitives.ReadInt32LittleEndian(stream.AsSpan(64 + 16));
        stream[end - fromEnd + 12] = 7;
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => Read(stream));
        Assert.Equal((StreamFault.InvalidValue, "Samples", 0L), (e.Fault, e.Field, e.RecordIndex));
        Assert.Contains("has no valid item 0 in", e.Message, StringComparison.Ordinal);
    }

    private static void ReadAll(byte[] stream)
    {
        try
        {
            Read(stream);
        }
        catch (RecordStreamException)
        {
        }
    }

    internal static void Read(byte[] stream)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.Write(stream);
        }

        using var reader = new RecordReader<LogEvent>(pipe.OpenReader());
        try
        {
            foreach (ref readonly LogEvent e in reader)
            {
                Assert.InRange(reader.GetText(e.Message).Length + reader.GetString(e.Host).Length + reader.GetList(e.Samples).Length, 0, Stream.Length);
            }
        }
        catch (RecordStreamException first)
        {
            // Whoever reads on all the same gets no record out of the wrong bytes.
            RecordStreamException again = Assert.Throws<RecordStreamException>(() => reader.ReadBatch().Length);
            Assert.Equal((first.Fault, first.RecordIndex, first.Field), (again.Fault, again.RecordIndex, again.Field));
            throw;
        }
    }

    private static byte[] MakeStream()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (var writer = new RecordWriter<LogEvent>(pipe.OpenWriter(), new RecordWriterOptions { InPlace = false }))
        {
            for (int i = 0; i < Records; i++)
            {
                LogEvent.Write(writer, i, new Lengths(20 + i, 1 + (i % 3)));
            }

            writer.Flush();
            writer.Complete();
        }

        using SpliceReader reader = pipe.OpenReader();
        byte[] stream = new byte[64 * 1024];
        int length = 0;
        for (int read; (read = reader.Read(stream.AsSpan(length))) != 0;)
        {
            length += read;
        }

        return stream[..length];
    }
}
