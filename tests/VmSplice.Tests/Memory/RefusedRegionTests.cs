using VmSplice.Memory;

namespace VmSplice.Tests.Memory;

/// <summary>
/// A pool that wanted more than there is goes on with what it can have. Its first small region was unmapped for the sake of larger
/// ones then, and nothing may be cut from it any more: another mapping may lie there by now.
/// </summary>
public class RefusedRegionTests
{
    private const int Small = 100_000;

    [Fact]
    public void AfterARefusal_TheNextBlockIsMapped()
    {
        using PagePool pool = new(PagePool.FreshRegionLength, consumed: null);
        Return(pool, pool.Rent(Small, out long first), first);
        Assert.Throws<SystemCallException>(() => pool.Rent((nuint)1 << 60, out _));
        PageBlock block = pool.Rent(Small, out long ticket);

        // "dc": of this library. Looked up, not written to: a fault would end the process that runs the tests.
        Assert.Contains(" dc", Mappings.FlagsOf(block.Address), StringComparison.Ordinal);
        Return(pool, block, ticket);
    }

    [Fact]
    public void AfterARefusal_AWriterRentsClearedMemory()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> first = writer.Rent<byte>(Small);
        first.Span.Fill(0xEE);
        first.Dispose();
        Assert.Throws<SystemCallException>(() => writer.Rent<Int128>(int.MaxValue).Dispose());
        for (int i = 0; i < 3; i++)
        {
            using PageBuffer<byte> next = writer.Rent<byte>(Small);
            Assert.Contains(" dc", Mappings.FlagsOf(next.Address), StringComparison.Ordinal);
            Assert.Equal(-1, next.Span.IndexOfAnyExcept((byte)0));
            next.Span.Fill(0xEE);
        }
    }

    private static void Return(PagePool pool, PageBlock block, long ticket)
    {
        Assert.True(block.TryLeave(ticket, PageBufferState.Disposed));
        block.Return(BlockFate.Reusable);
    }
}
