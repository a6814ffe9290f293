namespace VmSplice.Tests.InPlace;

/// <summary>One reader of a broadcast breaks the rules: it is served no longer, and the other one gets every record as it was written.</summary>
[Trait("Category", "Transport")]
public class BroadcastHostileTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void ReturnOfWhatWasNotSent_EndsThatReaderAlone(long sequence)
    {
        using Audience audience = new(2);
        using LyingReader liar = new(audience);
        liar.Return(sequence);
        for (int i = 0; i < 3 * Audience.Backlog; i++)
        {
            audience.Send();
            audience.Receive(1);
        }

        RecordStreamException e = Assert.IsType<RecordStreamException>(audience.Broadcaster.Readers[0].Error);
        Assert.Equal(StreamFault.Damaged, e.Fault);
        Assert.Contains("InPlace", e.Message, StringComparison.Ordinal);
        audience.Broadcaster.Complete();
        Assert.Equal(audience.Broadcaster.RecordsWritten, audience.ReceiveToTheEnd(1));
    }

    [Fact]
    public void EverythingReturnedAtOnce_FreesNoBlockOfTheOthers()
    {
        using Audience audience = new(2);
        using LyingReader liar = new(audience);
        audience.Send();
        ReadOnlySpan<Tick> held = audience.Receive(1);
        long first = held[0].Time;
        for (int i = 0; i < Audience.Backlog - 1; i++)
        {
            audience.Send();
            liar.Return(liar.Sent);
        }

        Background sending = Background.Run(() => audience.Send());
        Assert.False(SpinWait.SpinUntil(() => !sending.IsAlive, 200), "the other reader holds all blocks");
        for (int i = 0; i < held.Length; i++)
        {
            Assert.True(held[i].IsAt(first + i), $"record {first + i} was overwritten");
        }

        audience.Receive(1, audience.Broadcaster.RecordsWritten - Exchange.RecordsOfChunk);
        sending.Join();
        audience.Receive(1);
    }

    [Theory]
    [InlineData(SlowReader.Wait)]
    [InlineData(SlowReader.Drop)]
    public void ReaderThatReturnsNothing_StopsTheOthersForAsLongAsThePolicySays(SlowReader slowReader)
    {
        using Audience audience = new(2, Audience.Options(slowReader));
        using LyingReader liar = new(audience);
        Background sending = Background.Run(() =>
        {
            for (int i = 0; i < 3 * Audience.Backlog; i++)
            {
                audience.Send();
                audience.Receive(1);
            }
        });
        if (slowReader == SlowReader.Wait)
        {
            Assert.False(SpinWait.SpinUntil(() => !sending.IsAlive, 300), "it is waited for");
            liar.Leave();
        }

        sending.Join();
        Assert.Equal(slowReader == SlowReader.Wait ? typeof(BrokenPipeException) : typeof(ReaderDroppedException),
            audience.Broadcaster.Readers[0].Error!.GetType());
        audience.Broadcaster.Complete();
        Assert.Equal(audience.Broadcaster.RecordsWritten, audience.ReceiveToTheEnd(1));
    }

    [Fact]
    public void WakeUpsThatNobodyAskedFor_DoNoHarm()
    {
        using Audience audience = new(2, Audience.Options(SlowReader.Drop, dropAfter: 500));
        using LyingReader liar = new(audience);
        Background sending = Background.Run(() =>
        {
            for (int i = 0; i < 3 * Audience.Backlog; i++)
            {
                audience.Send();
                audience.Receive(1);
            }
        });
        while (sending.IsAlive)
        {
            liar.WakeUp();
        }

        sending.Join();
        Assert.IsType<ReaderDroppedException>(audience.Broadcaster.Readers[0].Error);
    }
}
