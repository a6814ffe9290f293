using System.Diagnostics;
using System.Globalization;
using System.Text;
using VmSplice.InPlace;
using VmSplice.Tests.Texts;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>Readers that know docs/protocol.md alone read what our writers send, with each option that reaches the bytes.</summary>
[Trait("Category", "Transport")]
public class ProtocolTrafficTests
{
    private static readonly RecordLayout s_everything = CheckedLayout.Of<Everything>();

    public static TheoryData<string> Languages => [.. ForeignProgram.Languages];

    /// <summary>Language, records, longest text, chunk, records between flushes, reader, in place offered, asynchronous.</summary>
    public static TheoryData<string, int, int, int, int, PipeReaderKind, bool, bool> Traffic
    {
        get
        {
            TheoryData<string, int, int, int, int, PipeReaderKind, bool, bool> cases = [];
            foreach (string language in ForeignProgram.Languages)
            {
                cases.Add(language, 0, 0, 0, 0, PipeReaderKind.Unknown, true, false);
                cases.Add(language, 1, 0, 0, 0, PipeReaderKind.Unknown, true, false);
                cases.Add(language, 3, 20, 0, 1, PipeReaderKind.Copying, true, true);
                cases.Add(language, 200, 30, 128, 0, PipeReaderKind.Unknown, true, false);
                cases.Add(language, 2_000, 70, 1_000, 7, PipeReaderKind.Unknown, false, true);
                cases.Add(language, 3_000, 200, 4_096, 0, PipeReaderKind.Copying, true, false);
                cases.Add(language, 10_000, 100, 0, 0, PipeReaderKind.Unknown, true, false);
                cases.Add(language, 10_000, 100, 0, 0, PipeReaderKind.Copying, true, true);
                cases.Add(language, 10_000, 90, 65_536, 1_111, PipeReaderKind.Copying, false, false);
                cases.Add(language, 40, 70_000, 0, 0, PipeReaderKind.Unknown, true, false);
                cases.Add(language, 40, 300_000, 20_000, 3, PipeReaderKind.Copying, true, true);
            }

            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Traffic))]
    public void RecordsWithTexts_AreReadAsSent(
        string language, int count, int most, int chunkSize, int flushEvery, PipeReaderKind kind, bool inPlace, bool isAsync)
    {
        string output = ForeignProgram.In(language).Read(
            child =>
            {
                SpliceWriter end = SpliceWriter.OpenChildInput(child, new SpliceWriterOptions { Reader = kind });
                using var writer = new RecordWriter<LogEvent>(end, new RecordWriterOptions { ChunkSize = chunkSize, InPlace = inPlace });
                if (isAsync)
                {
                    LogEvents.WriteAsync(writer, count, most, flushEvery).GetAwaiter().GetResult();
                }
                else
                {
                    LogEvents.Write(writer, count, most, flushEvery);
                    writer.Complete();
                }
            },
            0,
            [.. LogEvents.Arguments, "--rows", "all"]);
        AssertSame(LogEvents.Table(count, most) + $"records {count}\n", output);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void RecordsOfALaterBuild_AreReadAsFarAsTheyAreKnown(string language)
    {
        byte[] stream = Captured<Versions.Third.Quote>(writer => writer.Write([new() { Time = 1, Price = 0.5, Size = 9 }, new() { Time = 2, Price = 1.5 }]));
        string[] known = ["--field", "Time:i64", "--field", "Price:f64"];
        AssertSame("Time\tPrice\n1\t0.5\n2\t1.5\nrecords 2\n", Read(language, stream, 0, [.. known, "--rows", "all"]));
        string refused = Read(language, stream, 3, ["--field", "Time:i64", "--field", "Cost:f64"]);
        Assert.Contains("Layout: ", refused, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void TextsOfALaterBuild_ArePassedOver(string language)
    {
        byte[] stream = Captured<Versions.Fourth.Quote>(writer =>
        {
            for (int i = 0; i < 4; i++)
            {
                ref Versions.Fourth.Quote quote = ref writer.Next();
                quote.Time = i;
                quote.Note = writer.AddText(new string('t', i * 500));
                if (i % 2 == 1)
                {
                    writer.Flush();
                }
            }
        });
        string[] known = ["--field", "Time:i64", "--field", "Price:f64"];
        AssertSame("Time\tPrice\n0\t0\n1\t0\n2\t0\n3\t0\nrecords 4\n", Read(language, stream, 0, [.. known, "--rows", "all"]));
        Assert.Contains("Cut: ", Read(language, stream[..^100], 3, known), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void EveryType_IsReadAsSent(string language)
    {
        const int Count = 500;
        string output = Read(language, Captured<Everything>(writer => WriteEverything(writer, Count)), 0, [.. Everything.Arguments, "--rows", "all"]);
        AssertSame(EverythingTable(Count) + $"records {Count}\n", output);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void BareRecords_AreReadAsSent(string language)
    {
        const int Count = 3_000;
        byte[] stream = Captured<Everything>(writer => WriteEverything(writer, Count), new RecordWriterOptions { Framed = false });
        AssertSame(EverythingTable(Count) + $"records {Count}\n", Read(language, stream, 0, [.. Everything.Arguments, "--bare", "--rows", "all"]));
        string cut = Read(language, stream[..^(s_everything.Size - 5)], 3, [.. Everything.Arguments, "--bare"]);
        Assert.Contains($"Cut: the pipe ended 5 bytes into record {Count - 1}", cut, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void SeveralStreamsOnOnePipe_AreReadOneAfterAnother(string language)
    {
        string output = ForeignProgram.In(language).Read(
            child =>
            {
                using SpliceWriter end = SpliceWriter.OpenChildInput(child);
                foreach (int chunkSize in (int[])[0, 512, 100_000])
                {
                    using var writer = new RecordWriter<LogEvent>(end, new RecordWriterOptions { LeaveOpen = true, ChunkSize = chunkSize });
                    LogEvents.Write(writer, 100, 900, 0);
                    writer.Complete();
                }
            },
            0,
            [.. LogEvents.Arguments, "--streams"]);
        Assert.EndsWith("records 300\n", output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void AbandonedStream_IsCutBehindWhatCame(string language)
    {
        string output = ForeignProgram.In(language).Read(
            child =>
            {
                using var writer = new RecordWriter<LogEvent>(SpliceWriter.OpenChildInput(child));
                LogEvents.Write(writer, 17, 50, 17);
            },
            3,
            LogEvents.Arguments);
        Assert.EndsWith(": Cut: the sender abandoned the stream behind record 17. Good before that: 17.\n", output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void OfferToReadInPlace_IsPassedOver(string language)
    {
        byte[] stream = Captured<Everything>(writer => WriteEverything(writer, 1_000), new RecordWriterOptions { ChunkSize = 32 * 1024 });
        Skip.If(stream.AsSpan().IndexOf("Invt"u8) < 0, "nothing is offered in place here");
        Assert.Equal(64, stream.AsSpan().IndexOf("Invt"u8));
        Assert.EndsWith("records 1000\n", Read(language, stream, 0, Everything.Arguments), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void ReferenceToTheSendersMemory_IsRefused(string language)
    {
        byte[] stream = Captured<Everything>(writer => WriteEverything(writer, 3));
        byte[] copy = [.. stream[..64], .. new byte[64], .. stream[64..]];
        new BlockReference(1, 0, 64, 1).Write(copy.AsSpan(64, 64));
        Assert.Contains(": Foreign: the block at byte 64 lies in the sender's memory", Read(language, copy, 3, Everything.Arguments), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void OtherDeclaration_IsRefused(string language)
    {
        byte[] stream = Captured<Everything>(writer => WriteEverything(writer, 3));
        string[] other = [.. Everything.Arguments.Select(one => one.Replace("Long:", "Lang:", StringComparison.Ordinal))];
        string expected = $": Layout: the sender's records have {s_everything.Size} bytes and fingerprint {s_everything.Fingerprint:x16}";
        Assert.Contains(expected, Read(language, stream, 3, other), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void BytesOfATextThatAreNoUtf8_AreShownAsTheyAre(string language)
    {
        byte[] stream = Captured<LogEvent>(writer => writer.Next().Message = writer.AddText([0xFF, (byte)'\t', (byte)'\\', 0, .. "ä"u8]));
        Assert.Contains("0\t\xFF\\t\\\\\\x00\u00C3\u00A4\t\t[]\tDebug\t0\n", Read(language, stream, 0, LogEvents.Arguments), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void FifoByShell_IsReadAsSent(string language)
    {
        ForeignProgram program = ForeignProgram.In(language);
        using TemporaryFifo fifo = new();
        ProcessStartInfo reader = program.Reader(LogEvents.Arguments);
        string command = string.Join(' ', reader.ArgumentList.Prepend(reader.FileName).Select(argument => $"'{argument}'"));
        using Process child = Child.Start(Child.Shell($"{command} <'{fifo.Path}'"));
        using (var writer = new RecordWriter<LogEvent>(SpliceWriter.OpenFifo(fifo.Path)))
        {
            LogEvents.Write(writer, 1_000, 300, 0);
            writer.Complete();
        }

        Assert.EndsWith("records 1000\n", Child.Finish(child), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void Buffers_AreReadAsSent(string language)
    {
        const int Count = 4;
        string output = ForeignProgram.In(language).Read(
            child =>
            {
                using SpliceWriter writer = SpliceWriter.OpenChildInput(child);
                for (int i = 0; i < Count; i++)
                {
                    Picture picture = Picture.Rent(writer);
                    picture.Draw(i);
                    writer.Send(picture);
                }

                writer.CompleteBuffers();
            },
            0,
            [.. PictureArguments, "--rows", "all"]);
        string[] rows = output.Split('\n');
        Assert.Equal($"buffers {Count}", rows[^2]);
        for (int i = 0; i < Count; i++)
        {
            using Picture picture = Picture.Allocate();
            picture.Draw(i);
            string[] cells = rows[i + 1].Split('\t');
            PictureHeader header = picture.Header;
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{{{i},640,360,{header.Transport},{(header.IsKey ? "true" : "false")},7,0}}"), cells[0]);
            AssertSame(Row(picture.Pixels.ToArray().Select(one => $"{{{one.R},{one.G},{one.B},{one.A}}}")), cells[1]);
            AssertSame(Row(picture.Caption.ToArray().Select(one => one.ToString(CultureInfo.InvariantCulture))), cells[2]);
            AssertSame(Row(picture.Path.ToArray().Select(one => one.ToString())), cells[3]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void BareBuffers_AreReadAsSent(string language)
    {
        string output = ForeignProgram.In(language).Read(
            child =>
            {
                using SpliceWriter writer = SpliceWriter.OpenChildInput(child, new SpliceWriterOptions { Framed = false });
                for (int i = 0; i < 2; i++)
                {
                    VideoFrame frame = VideoFrame.Rent(writer);
                    frame.Draw(i);
                    writer.Send(frame);
                }
            },
            0,
            "--bare", "--segment", "Luma:76800:u8", "--segment", "BlueChroma:19200:u8", "--segment", "RedChroma:19200:u8");
        Assert.EndsWith("buffers 2\n", output, StringComparison.Ordinal);
    }

    internal static string[] PictureArguments { get; } =
    [
        "--segment", $"Header:1:{{Number:i64,Width:i32,Height:i32,Transport:{TransportEnum},IsKey:bool,Quality:u16,Reserved:i32}}",
        "--segment", "Pixels:230400:{R:u8,G:u8,B:u8,A:u8}",
        "--segment", "Caption:0..65536:u8",
        "--segment", $"Path:0..1000:{TransportEnum}",
    ];

    /// <summary>The bytes of a stream as our writer makes them.</summary>
    internal static byte[] Captured<T>(Action<RecordWriter<T>> write, RecordWriterOptions? options = null)
        where T : unmanaged, ISpliceable<T>
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Background writing = Background.Run(() =>
        {
            using SpliceWriter end = pipe.OpenWriter();
            using var writer = new RecordWriter<T>(end, options);
            write(writer);
            writer.Complete();
        });
        using SpliceReader reader = pipe.OpenReader();
        using MemoryStream stream = new();
        reader.AsStream().CopyTo(stream);
        writing.Join();
        return stream.ToArray();
    }

    internal static void WriteEverything(RecordWriter<Everything> writer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            writer.Next() = Everything.At(i);
        }
    }

    private static string TransportEnum
        => $"enum(u8,{string.Join(',', Enum.GetValues<Transport>().Select(one => $"{one}={(byte)one}"))})";

    private static string Read(string language, byte[] stream, int exitCode, params string[] arguments)
        => ForeignProgram.In(language).Read(stream, exitCode, arguments);

    private static string EverythingTable(int count)
    {
        StringBuilder table = new();
        table.AppendJoin('\t', s_everything.Fields.Select(field => field.Name)).Append('\n');
        for (int i = 0; i < count; i++)
        {
            table.Append(Everything.At(i).Row).Append('\n');
        }

        return table.ToString();
    }

    private static string Row(IEnumerable<string> cells) => $"[{string.Join(',', cells)}]";

    /// <summary>Compares long texts, and shows where they part.</summary>
    private static void AssertSame(string expected, string actual)
    {
        if (expected != actual)
        {
            int place = expected.AsSpan().CommonPrefixLength(actual);
            int from = Math.Max(0, place - 40);
            Assert.Equal(expected[from..Math.Min(expected.Length, place + 80)], actual[from..Math.Min(actual.Length, place + 80)]);
        }
    }
}
