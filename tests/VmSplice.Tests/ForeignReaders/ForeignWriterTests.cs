using System.Diagnostics;
using System.Globalization;
using VmSplice.Tests.Texts;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>A writer in Python that knows docs/protocol.md alone is read by ours.</summary>
[Trait("Category", "Transport")]
public class ForeignWriterTests
{
    [SkippableTheory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(100, 1, 40)]
    [InlineData(3_000, 700, 200)]
    [InlineData(60, 20, 100_000)]
    public void Records_ArriveAsWritten(int count, int perBlock, int most)
    {
        using Process child = Start("records", count, perBlock, most);
        using var reader = new RecordReader<LogEvent>(SpliceReader.OpenChildOutput(child));
        long index = 0;
        foreach (ref readonly LogEvent e in reader)
        {
            Assert.Null(e.Mistake(reader, index, LogEvents.LengthsOf(index, most)));
            index++;
        }

        Assert.Equal(count, reader.RecordsRead);
        Ends(child);
    }

    [SkippableFact]
    public void AbandonedStream_IsCutBehindWhatCame()
    {
        using Process child = Start("records", 5, 2, 10, "abandon");
        using var reader = new RecordReader<LogEvent>(SpliceReader.OpenChildOutput(child));
        RecordStreamException e = Assert.Throws<RecordStreamException>(() =>
        {
            while (!reader.ReadBatch().IsEmpty)
            {
            }
        });
        Assert.Equal((StreamFault.Cut, 5), (e.Fault, e.RecordIndex));
        Ends(child);
    }

    [SkippableFact]
    public void Buffers_ArriveAsWritten()
    {
        const int Count = 20;
        using Process child = Start("buffers", Count);
        using SpliceReader reader = SpliceReader.OpenChildOutput(child);
        for (int i = 0; i < Count; i++)
        {
            using Note note = Note.Receive(reader);
            Assert.True(note.IsFilled(i), string.Create(CultureInfo.InvariantCulture, $"buffer {i} is another one"));
        }

        Assert.Null(Note.TryReceive(reader));
        Ends(child);
    }

    private static Process Start(params object[] arguments)
    {
        Tool.Needs(ForeignProgram.Python);
        return Child.Start(ForeignProgram.Writer([.. arguments.Select(one => Convert.ToString(one, CultureInfo.InvariantCulture)!)]));
    }

    private static void Ends(Process child)
    {
        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");
        Assert.Equal(0, child.ExitCode);
    }
}
