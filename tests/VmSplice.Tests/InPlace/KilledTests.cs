using System.Diagnostics;
using Xunit.Abstractions;

namespace VmSplice.Tests.InPlace;

/// <summary>
/// One side of a stream in place is killed at a random moment: the other one hears of it at once, by the exception that is documented for
/// it, and no record before is wrong. VMSPLICE_KILLS says how often (docs/testing.md).
/// </summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class KilledTests(ITestOutputHelper output)
{
    [Fact]
    public void Reader_IsMissedByItsWriter()
    {
        KillDelays delays = new();
        for (int kill = 0; kill < Killing.Count; kill++)
        {
            using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
            using Process child = Child.StartReader(pipe, Child.Helper("in-place-read"));
            using var writer = new RecordWriter<Tick>(pipe.OpenWriter(), new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });
            Killing killing = new(child, () => writer.IsInPlace);
            long written = 0;
            BrokenPipeException e = Assert.Throws<BrokenPipeException>((Action)(() =>
            {
                for (; ; written++)
                {
                    writer.Next() = Tick.At(written);
                }
            }));
            delays.Add(killing.Delay());
            Assert.InRange(e.RecordsAccepted!.Value, 0, written);
            Assert.NotEqual(3, child.ExitCode);
        }

        delays.AssertPrompt(output);
    }

    [Fact]
    public void Writer_IsMissedByItsReader()
    {
        KillDelays delays = new();
        for (int kill = 0; kill < Killing.Count; kill++)
        {
            using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
            using Process child = Child.StartWriter(pipe, Child.Helper("in-place-write"));
            using var reader = new RecordReader<Tick>(pipe.OpenReader());
            Killing killing = new(child, () => reader.IsInPlace);
            long index = 0;
            RecordStreamException e = Assert.Throws<RecordStreamException>(() =>
            {
                foreach (ref readonly Tick tick in reader)
                {
                    Assert.True(tick.IsAt(index), $"record {index} is wrong");
                    index++;
                }
            });
            delays.Add(killing.Delay());
            Assert.Equal(index, e.RecordIndex);
        }

        delays.AssertPrompt(output);
    }

    [Fact]
    public void NothingIsLeft_OfStreamsWhoseOtherSideWasKilled()
    {
        Leavings leavings = new();
        Reader_IsMissedByItsWriter();
        Writer_IsMissedByItsReader();
        leavings.AssertNone();
    }
}
