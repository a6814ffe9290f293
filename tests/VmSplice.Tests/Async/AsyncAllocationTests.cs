using System.Globalization;

namespace VmSplice.Tests.Async;

/// <summary>Waiting makes no garbage in steady state: not per send, read, flush or batch.</summary>
[Trait("Category", "Transport")]
public class AsyncAllocationTests
{
    [Fact]
    public void SendsAndReadsThatWait_AllocateNothing() => AssertNoGarbage("bytes", rounds: 10_000);

    [Fact]
    public void GathersThatWait_AllocateNothing() => AssertNoGarbage("gathers", rounds: 4_000);

    [Fact]
    public void FlushesAndBatchesThatWait_AllocateTheBatchesOwnObjectAlone() => AssertNoGarbage("records", rounds: 4_000);

    [Fact]
    public void FlushesOfTextsThatWait_AllocateTheBatchesOwnObjectAlone() => AssertNoGarbage("texts", rounds: 4_000);

    [Fact]
    public void RecordsCopiedInThatWait_AllocateNothing() => AssertNoGarbage("record-writes", rounds: 4_000);

    [Fact]
    public void ReceivesIntoABufferThatWait_AllocateNothing() => AssertNoGarbage("buffers", rounds: 4_000);

    [Fact]
    public void ReceivesOfNewBuffersThatWait_AllocateNothingElse() => AssertNoGarbage("new-buffers", rounds: 4_000);

    /// <summary>In a process of its own: continuations run on whatever thread, so all threads' garbage is counted.</summary>
    private static void AssertNoGarbage(string what, int rounds)
    {
        string output = Child.Run(Child.Helper("async-garbage", what, rounds.ToString(CultureInfo.InvariantCulture)));
        string[] figures = output.Split(' ', StringSplitOptions.TrimEntries);
        long bytes = long.Parse(figures[0], CultureInfo.InvariantCulture);
        long waits = long.Parse(figures[1], CultureInfo.InvariantCulture);
        Assert.InRange(waits, rounds / 2, long.MaxValue);
        Garbage.AssertNone(bytes, waits);
    }
}
