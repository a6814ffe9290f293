using Relay;

namespace VmSplice.Samples.Tests.Relays;

/// <summary>The set agrees with one that keeps each number, in whatever order they come.</summary>
public sealed class SequenceSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NumbersInAnyOrder_AreCountedOnce(int seed)
    {
        var random = new Random(seed);
        var set = new SequenceSet();
        var expected = new SortedSet<long>();
        for (int i = 0; i < 5_000; i++)
        {
            long number = random.Next(1_000);
            Assert.Equal(expected.Add(number), set.Add(number));
            Assert.Equal(expected.Count, set.Count);
        }

        Assert.Equal(Enumerable.Range(0, 1_001).First(number => !expected.Contains(number)), set.FirstMissing);
    }

    [Fact]
    public void FirstMissing_IsZeroUntilItComes()
    {
        var set = new SequenceSet();
        set.Add(1);
        Assert.Equal(0, set.FirstMissing);
        set.Add(0);
        Assert.Equal(2, set.FirstMissing);
    }
}
