using System.Buffers.Binary;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;

namespace VmSplice.Tests.Records;

/// <summary>Nothing is silently lost or taken for something else: what is wrong, at which record, at which byte.</summary>
[Trait("Category", "Transport")]
public class DamagedStreamTests
{
    private const int Header = CapturedStream.HeaderLength;
    private const int BlockHeader = CapturedStream.BlockHeaderLength;
    private const int FirstBlock = 3;
    private const int SecondBlock = 2;

    private static unsafe int RecordSize => sizeof(Order);

    [Fact]
    public void CutAtEveryByte_SaysWhereAndHandsOutAllWholeRecords()
    {
        byte[] stream = CapturedStream.Of<Order>(header: true, FirstBlock, SecondBlock);
        int secondBlock = Header + BlockHeader + (FirstBlock * RecordSize);
        int end = secondBlock + BlockHeader + (SecondBlock * RecordSize);
        Assert.Equal(end + BlockHeader, stream.Length);

        for (int cut = 0; cut < stream.Length; cut++)
        {
            RecordStreamException e = CapturedStream.ReadRefused<Order>(stream.AsSpan(0, cut), out long records);
            (long whole, string what) = Expected(cut, secondBlock, end);
            Assert.Equal((cut, whole, whole, (long)cut), (cut, records, e.RecordIndex, e.ByteOffset));
            Assert.Contains(what, e.Message, StringComparison.Ordinal);
        }

        long all = 0;
        CapturedStream.Read<Order>(stream, header: true, ref all);
        Assert.Equal(FirstBlock + SecondBlock, all);
    }

    [Fact]
    public void WithoutHeader_CutAtEveryByte_SaysWhereUnlessBetweenRecords()
    {
        byte[] stream = CapturedStream.Of<Order>(header: false, 4);
        Assert.Equal(4 * RecordSize, stream.Length);
        for (int cut = 0; cut <= stream.Length; cut++)
        {
            long records = 0;
            if (cut % RecordSize == 0)
            {
                CapturedStream.Read<Order>(stream.AsSpan(0, cut), header: false, ref records);
            }
            else
            {
                RecordStreamException e = CapturedStream.ReadRefused<Order>(stream.AsSpan(0, cut), out records, header: false);
                Assert.Equal((records, (long)cut), (e.RecordIndex, e.ByteOffset));
                Assert.Contains($"cut {Counted.Bytes(cut % RecordSize)} into record {records}", e.Message, StringComparison.Ordinal);
            }

            Assert.Equal(cut / RecordSize, records);
        }
    }

    [Fact]
    public void OtherSize_IsRefusedBeforeAnyRecord()
    {
        RecordStreamException e = CapturedStream.ReadRefused<Order>(CapturedStream.Of<Tick>(header: true, 5), out long records);
        Assert.Equal((0, 0, 12), (records, e.RecordIndex, e.ByteOffset));
        Assert.Contains("laid out differently: 24 bytes, fingerprint 7469636b00000001; VmSplice.TestChild.Order is 8 bytes, fingerprint 00006f7264657200",
            e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SameSizeButOtherFingerprint_IsRefusedBeforeAnyRecord()
    {
        byte[] stream = CapturedStream.Of<Tick>(header: true, 5);
        stream[16] ^= 1;
        RecordStreamException e = CapturedStream.ReadRefused<Tick>(stream, out long records);
        Assert.Equal((0, 0, 12), (records, e.RecordIndex, e.ByteOffset));
        Assert.Contains("laid out differently", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherVersion_IsRefused()
    {
        byte[] stream = CapturedStream.Of<Tick>(header: true, 1);
        stream[8] = 9;
        RecordStreamException e = CapturedStream.ReadRefused<Tick>(stream, out _);
        Assert.Equal((0, 8), (e.RecordIndex, e.ByteOffset));
        Assert.Contains("version 9", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForeignBytes_AreRefused()
    {
        RecordStreamException e = CapturedStream.ReadRefused<Tick>(StreamPattern.Take(0, 5_000), out _);
        Assert.Equal((0, 0), (e.RecordIndex, e.ByteOffset));
        Assert.Contains("not a record stream", e.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexString(StreamPattern.Take(0, 8)), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BareRecordsReadWithHeader_AreRefused()
        => Assert.Contains("open this reader with Framed = false too",
            CapturedStream.ReadRefused<Tick>(CapturedStream.Of<Tick>(header: false, 10), out _).Message, StringComparison.Ordinal);

    [Fact]
    public void ForeignBytesBetweenBlocks_AreRefused()
    {
        byte[] stream = CapturedStream.Of<Tick>(header: true, 2, 2);
        int secondBlock = Header + BlockHeader + (2 * 24);
        stream[secondBlock] ^= 0x55;
        RecordStreamException e = CapturedStream.ReadRefused<Tick>(stream, out long records);
        Assert.Equal((2, 2, secondBlock), (records, e.RecordIndex, e.ByteOffset));
        Assert.Contains("no block starts at byte", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BlockThatIsMissing_IsNoticed()
    {
        byte[] stream = CapturedStream.Of<Tick>(header: true, 2, 3, 4);
        int second = Header + BlockHeader + (2 * 24);
        int third = second + BlockHeader + (3 * 24);
        byte[] shortened = [.. stream[..second], .. stream[third..]];
        RecordStreamException e = CapturedStream.ReadRefused<Tick>(shortened, out long records);
        Assert.Equal((2, 2, second), (records, e.RecordIndex, e.ByteOffset));
        Assert.Contains("starts with record 5, expected was 2", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, Order.IsOpenOffset, 2, "bool", "IsOpen", "02")]
    [InlineData(4, Order.IsOpenOffset, 0xFF, "bool", "IsOpen", "FF")]
    [InlineData(2, Order.SideOffset, 0, "Side", "Direction", "00")]
    [InlineData(6, Order.SideOffset, 3, "Side", "Direction", "03")]
    public void InvalidValue_NamesRecordFieldAndByte(int record, int field, byte value, string type, string name, string hex)
    {
        byte[] stream = CapturedStream.Of<Order>(header: true, 4, 4);
        int offset = Header + (BlockHeader * (1 + (record / 4))) + (record * RecordSize) + field;
        stream[offset] = value;
        RecordStreamException e = CapturedStream.ReadRefused<Order>(stream, out long records);
        Assert.Equal((record, record, offset), (records, e.RecordIndex, e.ByteOffset));
        Assert.Contains($"Record {record} has no valid {type} in VmSplice.TestChild.Order.{name}: its bytes are {hex} at byte {offset}", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidValue_IsReportedAgainRatherThanSkipped()
    {
        byte[] stream = CapturedStream.Of<Order>(header: false, 2);
        stream[Order.IsOpenOffset] = 7;
        using SplicePipe pipe = SplicePipe.Create();
        RawCall.Write(pipe.WriteHandle, stream);
        using var reader = new RecordReader<Order>(pipe.OpenReader(), new RecordReaderOptions { Framed = false });
        Assert.Throws<RecordStreamException>(() => reader.ReadBatch());
        Assert.Throws<RecordStreamException>(() => reader.ReadBatch());
        Assert.Equal(0, reader.RecordsRead);
    }

    [Fact]
    public void Header_IsAsDocumented()
    {
        byte[] stream = CapturedStream.Of<Tick>(header: true, 1);
        Assert.Equal("VmSplice"u8, stream.AsSpan(0, 8));
        Assert.Equal(1, BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(8)));
        Assert.Equal(ThisKernel.SharesPages && KernelSupport.Current.HugePages ? 2 : 0, BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(10)));
        Assert.Equal(24u, BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(12)));
        Assert.Equal(Tick.Layout.Fingerprint, BinaryPrimitives.ReadUInt64LittleEndian(stream.AsSpan(16)));
        Assert.Equal("Blck"u8, stream.AsSpan(Header, 4));
        Assert.Equal(Tick.At(0), MemoryMarshal.Read<Tick>(stream.AsSpan(Header + BlockHeader)));
    }

    private static (long Whole, string What) Expected(int cut, int secondBlock, int end)
    {
        if (cut < Header)
        {
            return (0, $"ended before its header ({cut} of 64 bytes)");
        }

        if (cut < Header + BlockHeader)
        {
            return (0, "cut before record 0");
        }

        if (cut < secondBlock)
        {
            return InRecords(0, cut - Header - BlockHeader, FirstBlock);
        }

        if (cut < secondBlock + BlockHeader)
        {
            return (FirstBlock, $"cut before record {FirstBlock}");
        }

        return cut < end
            ? InRecords(FirstBlock, cut - secondBlock - BlockHeader, SecondBlock)
            : (FirstBlock + SecondBlock, $"cut before record {FirstBlock + SecondBlock}");
    }

    private static (long Whole, string What) InRecords(long first, int bytes, int count)
    {
        Assert.InRange(bytes, 0, (count * RecordSize) - 1);
        long whole = first + (bytes / RecordSize);
        return (whole, $"cut {Counted.Bytes(bytes % RecordSize)} into record {whole} of {RecordSize} bytes");
    }
}
