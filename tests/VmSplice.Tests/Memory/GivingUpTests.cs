using VmSplice.Memory;

namespace VmSplice.Tests.Memory;

/// <summary>Pages that were sent are given up, or nobody gets them.</summary>
public class GivingUpTests
{
    private const int Length = PagePool.FreshRegionLength;

    [Theory]
    [InlineData("madvise:2=4=EINVAL")]
    [InlineData("madvise:2=4=ENOMEM,madvise:2=24=EINVAL")]
    public void PagesThatCannotBeDiscarded_AreReplaced(string rules) => Injected.Rules(rules, () =>
    {
        using var pool = new PagePool(Length, static () => 0);
        Fill(pool, 0xEE);
        Fill(pool, 0xEE);
        AssertZeros(pool);
    });

    [Fact]
    public void NothingCanBeGivenUp_RentSaysSoAndTheNextOneMapsAnew()
    {
        using var pool = new PagePool(Length, static () => 0);
        Fill(pool, 0xEE);
        Fill(pool, 0xEE);
        Injected.Rules("madvise:2=4=EINVAL,madvise:2=24=EINVAL,mmap:3&16=ENOMEM", () =>
        {
            for (int region = 0; region < 2; region++)
            {
                SystemCallException e = Assert.Throws<SystemCallException>(() => pool.Rent(Length, out _));
                Assert.Contains("mlockall", e.Message, StringComparison.Ordinal);
            }

            AssertZeros(pool);
        });
    }

    [Fact]
    public void BlockAfterOneThatWasGivenBack_IsKnownToBeDirtyWhereThatOneWas()
    {
        using var pool = new PagePool(Length, static () => 0);
        nuint page = (nuint)Environment.SystemPageSize;
        pool.Rent(Length, out _);
        PageBlock first = pool.Rent(2 * page, out long ticket);
        Assert.Equal((nuint)0, first.Dirty);
        Assert.True(first.TryLeave(ticket, PageBufferState.Disposed));
        first.Return(BlockFate.Reusable);
        Assert.Equal(2 * page, pool.Rent(5 * page, out _).Dirty);
        Assert.Equal((nuint)0, pool.Rent(page, out _).Dirty);
    }

    private static unsafe void Fill(PagePool pool, byte value)
    {
        PageBlock block = pool.Rent(Length, out long ticket);
        new Span<byte>((void*)block.Address, Length).Fill(value);
        Assert.True(block.TryLeave(ticket, PageBufferState.Sent));
        block.Return(BlockFate.Discarded);
    }

    private static unsafe void AssertZeros(PagePool pool)
    {
        PageBlock block = pool.Rent(Length, out _);
        Assert.Equal((nuint)0, block.Dirty);
        Assert.False(new Span<byte>((void*)block.Address, Length).ContainsAnyExcept((byte)0));
    }
}
