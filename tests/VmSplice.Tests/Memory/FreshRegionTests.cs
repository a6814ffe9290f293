using VmSplice.Memory;

namespace VmSplice.Tests.Memory;

/// <summary>Which region is given up for fresh pages.</summary>
public class FreshRegionTests
{
    private const int Length = PagePool.FreshRegionLength;

    [Fact]
    public void TwoRegions_AreGivenUpInTurn_SoThatTheReaderIsDoneWithIt()
    {
        using var pool = new PagePool(Length, static () => 0);
        nint[] starts = [.. Enumerable.Range(0, 6).Select(_ => SendWhole(pool, Length))];
        Assert.NotEqual(starts[0], starts[1]);
        Assert.Equal([starts[0], starts[1], starts[0], starts[1], starts[0], starts[1]], starts);
    }

    [Fact]
    public void BlocksLongerThanARegion_TakeNoSecondOne()
    {
        using var pool = new PagePool(Length, static () => 0);
        Assert.Equal(SendWhole(pool, 2 * Length), SendWhole(pool, 2 * Length));
    }

    [Fact]
    public void RegionsWhosePagesNoReaderHas_TakeNoSecondOne()
    {
        using var pool = new PagePool(Length, static () => 0);
        Assert.Equal(SendWhole(pool, Length, BlockFate.Reusable), SendWhole(pool, Length, BlockFate.Reusable));
    }

    private static nint SendWhole(PagePool pool, int length, BlockFate fate = BlockFate.Discarded)
    {
        PageBlock block = pool.Rent((nuint)length, out long ticket);
        nint address = block.Address;
        Assert.True(block.TryLeave(ticket, PageBufferState.Sent));
        block.Return(fate);
        return address;
    }
}
