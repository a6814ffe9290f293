using VmSplice.Diagnostics;
using VmSplice.Tests.InPlace;

namespace VmSplice.Tests.Metrics;

/// <summary>What the meter and the events say of readers that a broadcast went on without. Not beside other tests: the meter is the process's.</summary>
[Collection(nameof(Alone))]
public class LostReaderTests
{
    [Fact]
    public void ReadersThatAreSlowOrGone_AreCountedByReason_AndTheEventsSayWhich()
    {
        using Recording recording = new();
        using Events events = new();
        using (Audience audience = new Audience(3, Audience.Options(SlowReader.Drop, dropAfter: 50)).Begin())
        {
            audience.Readers[1].Dispose();
            for (int i = 0; i < 3 * Audience.Backlog; i++)
            {
                audience.Send();
                audience.Receive(2);
            }

            audience.Broadcaster.Complete();
            audience.ReceiveToTheEnd(2);
        }

        Assert.Equal(1, Lost(recording, "slow"));
        Assert.Equal(1, Lost(recording, "gone"));
        Assert.Equal(2, recording.Sum("vmsplice.readers.lost"));
        Assert.Contains(events.Seen, line => line.StartsWith("ReaderLost 0 Reader 0 of the broadcast was dropped", StringComparison.Ordinal));
        Assert.Contains(events.Seen, line => line.StartsWith("ReaderLost 1 ", StringComparison.Ordinal));
        Assert.DoesNotContain(events.Seen, line => line.StartsWith("ReaderLost 2 ", StringComparison.Ordinal));
    }

    [Fact]
    public void ReaderThatReturnsWhatItNeverGot_IsCountedAsDamaged()
    {
        using Recording recording = new();
        using Audience audience = new(2);
        using LyingReader liar = new(audience);
        liar.Return(1_000);
        audience.Send();
        audience.Receive(1);
        audience.Send();
        audience.Receive(1);
        Assert.Equal(1, Lost(recording, "damaged"));
        Assert.Equal(1, recording.Sum("vmsplice.readers.lost"));
    }

    [Fact]
    public void BroadcastThatIsAbandoned_HasLostNobody()
    {
        using Recording recording = new();
        using (Audience audience = new(2, Audience.Options(inPlace: false), capacity: 4096))
        {
            audience.Send();
        }

        Assert.Equal(0, recording.Sum("vmsplice.readers.lost"));
    }

    private static long Lost(Recording recording, string reason) => recording.Sum("vmsplice.readers.lost", Instruments.ReasonTag, reason);
}
