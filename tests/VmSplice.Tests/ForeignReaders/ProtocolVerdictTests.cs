using System.Globalization;
using VmSplice.Tests.Texts;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>
/// Of thousands of damaged and hostile streams, readers that know docs/protocol.md alone refuse what ours refuse, with the same fault and behind the
/// same records, and accept the rest. The reader in C runs under the sanitizers: it reads nothing out of bounds.
/// </summary>
public class ProtocolVerdictTests
{
    /// <summary>Language and how many streams.</summary>
    public static TheoryData<string, int> Programs => new() { { ForeignProgram.Python, 500 }, { ForeignProgram.C, 5_000 } };

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public void DamagedRecordsWithTexts_SameVerdictAsOurs(string language, int count)
    {
        byte[] stream = ProtocolTrafficTests.Captured<LogEvent>(writer => LogEvents.Write(writer, 30, 60, 11), new RecordWriterOptions { InPlace = false });
        AssertSame(Mutations.Of(stream, count), language, Ours<LogEvent>, LogEvents.Arguments);
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public void DamagedRecords_SameVerdictAsOurs(string language, int count)
    {
        byte[] stream = ProtocolTrafficTests.Captured<Everything>(
            writer =>
            {
                ProtocolTrafficTests.WriteEverything(writer, 4);
                writer.Flush();
                ProtocolTrafficTests.WriteEverything(writer, 5);
            },
            new RecordWriterOptions { InPlace = false });
        AssertSame(Mutations.Of(stream, count), language, Ours<Everything>, Everything.Arguments);
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public void DamagedBuffers_SameVerdictAsOurs(string language, int count)
        => AssertSame(
            Mutations.Of(Notes(3), count),
            language,
            OursOfBuffers,
            "--segment", "Number:1:i64", "--segment", "Kinds:0..5:enum(i32,Debug=0,Warning=1,Error=2)",
            "--segment", "Text:0..40:char", "--segment", "Flags:2:bool");

    private static void AssertSame(List<byte[]> streams, string language, Func<byte[], string> ours, params string[] arguments)
    {
        string[] theirs = ForeignProgram.In(language).Verdicts(streams, arguments);
        Assert.Equal(streams.Count, theirs.Length);
        HashSet<string> faults = [];
        for (int i = 0; i < streams.Count; i++)
        {
            string expected = ours(streams[i]);
            Assert.True(expected == theirs[i], $"stream {i}: ours says {expected}, theirs {theirs[i]}: {Convert.ToHexString(streams[i])}");
            faults.Add(expected.Split(' ')[0]);
        }

        // Each fault is among them, or the streams test little.
        Assert.Equal(Enum.GetNames<StreamFault>().Append("None").Order(StringComparer.Ordinal), faults.Order(StringComparer.Ordinal));
    }

    private static string Ours<T>(byte[] stream)
        where T : unmanaged, ISpliceable<T>
    {
        using SpliceReader end = Pipe(stream);
        using var reader = new RecordReader<T>(end, new RecordReaderOptions { InPlace = false });
        try
        {
            while (!reader.ReadBatch().IsEmpty)
            {
            }

            return Verdict("None", reader.RecordsRead);
        }
        catch (RecordStreamException e)
        {
            return Verdict(e.Fault.ToString(), reader.RecordsRead);
        }
    }

    private static string OursOfBuffers(byte[] stream)
    {
        using SpliceReader end = Pipe(stream);
        long received = 0;
        try
        {
            while (Note.TryReceive(end) is { } note)
            {
                note.Dispose();
                received++;
            }

            return Verdict("None", received);
        }
        catch (BufferStreamException e)
        {
            return Verdict(e.Fault.ToString(), received);
        }
    }

    private static byte[] Notes(int count)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            for (int i = 0; i < count; i++)
            {
                Note note = Note.Rent(writer);
                note.Fill(i);
                writer.Send(note);
            }

            writer.CompleteBuffers();
        }

        using SpliceReader reader = pipe.OpenReader();
        using MemoryStream stream = new();
        reader.AsStream().CopyTo(stream);
        return stream.ToArray();
    }

    private static SpliceReader Pipe(byte[] stream)
    {
        Assert.InRange(stream.Length, 0, 64 * 1024);
        SplicePipe pipe = SplicePipe.Create(128 * 1024);
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.Write(stream);
        }

        return pipe.OpenReader();
    }

    private static string Verdict(string fault, long good) => string.Create(CultureInfo.InvariantCulture, $"{fault} {good}");
}
