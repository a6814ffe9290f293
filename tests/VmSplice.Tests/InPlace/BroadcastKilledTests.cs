using System.Diagnostics;
using Xunit.Abstractions;

namespace VmSplice.Tests.InPlace;

/// <summary>
/// A reader of a broadcast, or the broadcaster, is killed at a random moment: whoever is left hears of it at once, and gets no wrong record.
/// VMSPLICE_KILLS says how often (docs/testing.md).
/// </summary>
[Collection(nameof(Alone))]
public class BroadcastKilledTests(ITestOutputHelper output)
{
    [Fact]
    public void Reader_IsNotedByItsBroadcaster_AndTheOtherGetsEveryRecord()
    {
        KillDelays delays = new();
        for (int kill = 0; kill < Killing.Count; kill++)
        {
            using SplicePipe pipe = SplicePipe.Create(Exchange.Capacity);
            using SplicePipe other = SplicePipe.Create(Exchange.Capacity);
            using Process child = Child.StartReader(pipe, Child.Helper("in-place-read"));
            using var broadcaster = new RecordBroadcaster<Tick>([pipe.OpenWriter(), other.OpenWriter()], Audience.Options());
            long read = 0;
            Background reading = Background.Run(() =>
            {
                using var reader = new RecordReader<Tick>(other.OpenReader());
                foreach (ref readonly Tick tick in reader)
                {
                    Assert.True(tick.IsAt(read), $"record {read} is wrong");
                    read++;
                }
            });
            BroadcastReader killed = broadcaster.Readers[0];
            Killing killing = new(child, () => killed.IsInPlace);
            while (killed.Error is null)
            {
                Write(broadcaster, 256);
            }

            delays.Add(killing.Delay());
            BrokenPipeException e = Assert.IsType<BrokenPipeException>(killed.Error);
            Assert.InRange(e.RecordsAccepted!.Value, 0, broadcaster.RecordsWritten);
            Assert.NotEqual(3, child.ExitCode);

            // All blocks that the other one can have are filled once more.
            Write(broadcaster, 8 * Exchange.RecordsOfChunk);
            broadcaster.Complete();
            reading.Join();
            Assert.Equal(broadcaster.RecordsWritten, read);
            Assert.Null(broadcaster.Readers[1].Error);
        }

        delays.AssertPrompt(output);
    }

    [Fact]
    public void Broadcaster_IsMissedByEachReader()
    {
        KillDelays delays = new();
        for (int kill = 0; kill < Killing.Count; kill++)
        {
            using TemporaryFifo one = new();
            using TemporaryFifo other = new();
            using Process child = Child.Start(Child.Helper("in-place-broadcast", one.Path, other.Path));
            using var first = new RecordReader<Tick>(SpliceReader.OpenFifo(one.Path));
            using var second = new RecordReader<Tick>(SpliceReader.OpenFifo(other.Path));
            Killing killing = new(child, () => first.IsInPlace && second.IsInPlace);
            Background reading = Background.Run(() => ReadUntilItIsMissed(first));
            ReadUntilItIsMissed(second);
            reading.Join();
            delays.Add(killing.Delay());
        }

        delays.AssertPrompt(output);
    }

    [Fact]
    public void NothingIsLeft_OfBroadcastsOfWhichOneSideWasKilled()
    {
        Leavings leavings = new();
        Reader_IsNotedByItsBroadcaster_AndTheOtherGetsEveryRecord();
        Broadcaster_IsMissedByEachReader();
        leavings.AssertNone();
    }

    private static void Write(RecordBroadcaster<Tick> broadcaster, int records)
    {
        for (int i = 0; i < records; i++)
        {
            broadcaster.Write(Tick.At(broadcaster.RecordsWritten));
        }
    }

    private static void ReadUntilItIsMissed(RecordReader<Tick> reader)
    {
        long index = 0;
        RecordStreamException e = Assert.Throws<RecordStreamException>(() =>
        {
            foreach (ref readonly Tick tick in reader)
            {
                Assert.True(tick.IsAt(index), $"record {index} is wrong");
                index++;
            }
        });
        Assert.Equal(index, e.RecordIndex);
    }
}
