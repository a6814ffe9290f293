using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>Programs that know nothing of this library get exactly the bytes that were sent, by whatever way a pipe reaches them.</summary>
[Trait("Category", "Transport")]
public class ForeignReaderTests
{
    private const string Sha256 = "sha256sum";

    public static TheoryData<int, int, PipeReaderKind> Sizes => new()
    {
        { 1, 1, PipeReaderKind.Unknown },
        { 4_095, 4_095, PipeReaderKind.Unknown },
        { 99_991, 33_333, PipeReaderKind.Unknown },
        { 5_000_011, 65_536, PipeReaderKind.Unknown },
        { 20_000_003, 262_144, PipeReaderKind.Unknown },
        { 30_000_001, 1_500_000, PipeReaderKind.Unknown },
        { 5_000_011, 65_536, PipeReaderKind.Copying },
        { 30_000_001, 300_001, PipeReaderKind.Copying },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sha256sumAsChildsStandardInput_HashIsThatOfWhatWasSent(int bytes, int chunk, PipeReaderKind kind)
        => AssertHash(ThisKernel.Bytes(bytes), SendToStandardInput(Child.Command(Sha256), ThisKernel.Bytes(bytes), chunk, kind));

    [Theory]
    [InlineData(0)]
    [InlineData(123_457)]
    [InlineData(10_000_019)]
    public void WcAsChildsStandardInput_CountIsThatOfWhatWasSent(int bytes)
        => Assert.Equal(bytes.ToString(CultureInfo.InvariantCulture), SendToStandardInput(Child.Command("wc", "-c"), bytes, 100_003).Trim());

    [Fact]
    public void SlowReader_HashIsThatOfWhatWasSent()
    {
        int bytes = ThisKernel.Bytes(6_000_101);
        string output = SendToStandardInput(Child.Shell("sleep 0.2; (head -c 1000003; sleep 0.2; cat) | sha256sum"), bytes, 70_000);
        AssertHash(bytes, output);
    }

    [Theory]
    [InlineData("fast", 65_536)]
    [InlineData("slow", 99_999)]
    [InlineData("slow", 262_144)]
    public void SplicingReader_HashIsThatOfWhatWasSent(string pace, int chunk)
    {
        int bytes = ThisKernel.Bytes(30_000_001);
        ProcessStartInfo reader = Child.Shell(Child.HelperCommand("splice-through " + pace) + " | sha256sum");
        AssertHash(bytes, SendToStandardInput(reader, bytes, chunk));
    }

    [Fact]
    public void TwoSplicingReadersInARow_HashIsThatOfWhatWasSent()
    {
        int bytes = ThisKernel.Bytes(20_000_003);
        string splice = Child.HelperCommand("splice-through slow");
        AssertHash(bytes, SendToStandardInput(Child.Shell($"{splice} | {splice} | sha256sum"), bytes, 131_072));
    }

    [Fact]
    public void ChildWithReader_HashIsThatOfWhatWasSent()
    {
        int bytes = ThisKernel.Bytes(7_000_003);
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartReader(pipe, Child.Shell("exec sha256sum </proc/self/fd/$VMSPLICE_READER"));
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            Send(writer, bytes, 200_000);
        }

        AssertHash(bytes, Child.Finish(child));
    }

    [Fact]
    public void ChildWithWriter_BytesAreThoseSent()
    {
        int bytes = ThisKernel.Bytes(7_000_003);
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartWriter(pipe, Child.Helper("send-inherited", bytes.ToString(CultureInfo.InvariantCulture), "81920"));
        using SpliceReader reader = pipe.OpenReader();
        byte[] arrived = new byte[bytes];
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(0, reader.Read(arrived));
        Child.Finish(child);
    }

    [Fact]
    public void ChildWithForeignWriter_BytesAreThoseSent()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartWriter(pipe, Child.Shell("exec seq 1 200000 >/proc/self/fd/$VMSPLICE_WRITER"));
        using SpliceReader reader = pipe.OpenReader();
        byte[] expected =
            System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 200_000).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\n")));
        byte[] arrived = new byte[expected.Length];
        reader.ReadExactly(arrived);
        Assert.True(arrived.AsSpan().SequenceEqual(expected));
        Assert.Equal(0, reader.Read(arrived));
        Child.Finish(child);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown, 333_333)]
    [InlineData(PipeReaderKind.Copying, 262_144)]
    public void StandardOutputOfAChild_HashIsThatOfWhatWasSent(PipeReaderKind kind, int chunk)
    {
        int bytes = ThisKernel.Bytes(9_000_011);
        string sender = Child.HelperCommand(string.Create(CultureInfo.InvariantCulture, $"write-stdout {bytes} {kind} {chunk}"));
        AssertHash(bytes, Child.Run(Child.Shell(sender + " | sha256sum")));
    }

    [Fact]
    public void StandardOutputToAFile_FileIsWhatWasSent()
    {
        int bytes = ThisKernel.Bytes(1_000_007);
        string file = Path.GetTempFileName();
        try
        {
            string sender = Child.HelperCommand(string.Create(CultureInfo.InvariantCulture, $"write-stdout {bytes} Unknown 65536"));
            Child.Run(Child.Shell($"{sender} >'{file}'"));
            byte[] written = File.ReadAllBytes(file);
            Assert.Equal(bytes, written.Length);
            Assert.Equal(-1, StreamPattern.Mismatch(written, 0));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void StandardOutputOfAChildReadByUs_BytesAreThoseSent()
    {
        int bytes = ThisKernel.Bytes(3_000_017);
        using Process child = Child.Start(Child.Helper("write-stdout", bytes.ToString(CultureInfo.InvariantCulture), "Unknown", "131072"));
        using SpliceReader reader = SpliceReader.OpenChildOutput(child);
        using PageBuffer<byte> arrived = PageBuffer<byte>.Allocate(bytes + 1);
        Assert.Equal(bytes, reader.Read(arrived));
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.Span[..bytes], 0));
        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void FifoReadByShell_HashIsThatOfWhatWasSent()
    {
        int bytes = ThisKernel.Bytes(8_000_009);
        using TemporaryFifo fifo = new();
        using Process child = Child.Start(Child.Shell($"sha256sum <'{fifo.Path}'"));
        using (SpliceWriter writer = SpliceWriter.OpenFifo(fifo.Path))
        {
            Send(writer, bytes, 250_000);
        }

        AssertHash(bytes, Child.Finish(child));
    }

    [Fact]
    public void OurReaderOfStandardInput_ChecksEveryByte()
    {
        int bytes = ThisKernel.Bytes(12_000_013);
        Assert.Equal($"{bytes} bytes are right", SendToStandardInput(Child.Helper("check-stdin"), bytes, 400_000, PipeReaderKind.Copying).Trim());
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void RecordsToAChild_AllAreRight(PipeReaderKind kind)
    {
        int records = ThisKernel.Bytes(300_000);
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartReader(pipe, Child.Helper("records-check"));
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter(new SpliceWriterOptions { Reader = kind })))
        {
            for (int i = 0; i < records; i++)
            {
                writer.Next() = Tick.At(i);
            }

            writer.Complete();
        }

        Assert.Equal($"{records} records are right", Child.Finish(child).Trim());
    }

    [Fact]
    public void RecordsWithoutHeader_AreTheBareBytes()
    {
        int records = ThisKernel.Bytes(100_003);
        Tick[] ticks = [.. Enumerable.Range(0, records).Select(i => Tick.At(i))];
        ProcessStartInfo info = Child.Command(Sha256);
        info.RedirectStandardInput = true;
        using Process child = Child.Start(info);
        using (var writer = new RecordWriter<Tick>(SpliceWriter.OpenChildInput(child), new RecordWriterOptions { Framed = false }))
        {
            writer.Write(ticks);
            writer.Complete();
        }

        string expected = Convert.ToHexStringLower(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Tick>(ticks)));
        Assert.StartsWith(expected, Child.Finish(child), StringComparison.Ordinal);
    }

    private static string SendToStandardInput(ProcessStartInfo info, int bytes, int chunk, PipeReaderKind kind = PipeReaderKind.Unknown)
    {
        info.RedirectStandardInput = true;
        using Process child = Child.Start(info);
        using (SpliceWriter writer = SpliceWriter.OpenChildInput(child, new SpliceWriterOptions { Reader = kind }))
        {
            Send(writer, bytes, chunk);
        }

        return Child.Finish(child);
    }

    private static void Send(SpliceWriter writer, int bytes, int chunk)
    {
        for (int position = 0; position < bytes; position += chunk)
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Math.Min(chunk, bytes - position));
            StreamPattern.Fill(buffer.Span, position);
            writer.Send(buffer);
        }
    }

    private static void AssertHash(int bytes, string output)
        => Assert.StartsWith(Convert.ToHexStringLower(SHA256.HashData(StreamPattern.Take(0, bytes))), output, StringComparison.Ordinal);
}
