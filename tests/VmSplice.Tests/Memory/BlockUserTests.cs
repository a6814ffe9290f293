using VmSplice.Memory;

namespace VmSplice.Tests.Memory;

/// <summary>Calls that have a block's address are told when its owner leaves it, whatever others do beside them.</summary>
public class BlockUserTests
{
    [Fact]
    public void StaleTicketBesideTheNextOwnersCall_CallIsStillTold()
    {
        using var pool = new PagePool(PagePool.FreshRegionLength, static () => 0);
        PageBlock block = pool.Rent(1, out long first);
        Assert.True(block.TryLeave(first, PageBufferState.Disposed));
        block.Return(BlockFate.Reusable);
        Assert.Same(block, pool.Rent(1, out long second));

        User waiting = new(), stale = new();
        Assert.True(block.TryUse(second, waiting));
        Assert.False(block.TryUse(first, stale));
        Assert.True(block.TryLeave(second, PageBufferState.Disposed));

        Assert.Equal((1, 0), (waiting.Told, stale.Told));
        block.Return(BlockFate.Reusable);
        block.Release(waiting);
    }

    [Fact]
    public void SeveralCallsInOneBlock_EveryOneThatIsLeftIsTold()
    {
        using var pool = new PagePool(PagePool.FreshRegionLength, static () => 0);
        PageBlock block = pool.Rent(1, out long ticket);
        User[] users = [new(), new(), new(), new()];
        Assert.All(users, user => Assert.True(block.TryUse(ticket, user)));
        block.Release(users[2]);
        Assert.True(block.TryLeave(ticket, PageBufferState.Disposed));
        Assert.Equal([1, 1, 0, 1], users.Select(user => user.Told));

        block.Return(BlockFate.Reusable);
        block.Release(users[0]);
        block.Release(users[3]);
        block.Release(users[1]);
        Assert.Same(block, pool.Rent(1, out ticket));
        Assert.True(block.TryLeave(ticket, PageBufferState.Disposed));
        Assert.Equal([1, 1, 0, 1], users.Select(user => user.Told));
        block.Return(BlockFate.Reusable);
    }

    [Fact]
    public async Task TwoReadersIntoOneBuffer_FirstEndsAndTheOwnerDisposes_SecondIsWoken()
    {
        using SplicePipe one = SplicePipe.Create(), two = SplicePipe.Create();
        using SpliceWriter writer = one.OpenWriter(), silent = two.OpenWriter();
        using SpliceReader first = one.OpenReader(), second = two.OpenReader();
        using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(2);
        ValueTask<int> waiting = second.ReadAsync(buffer);
        ValueTask<int> other = first.ReadAsync(buffer);
        writer.Write([1, 2]);
        Assert.Equal(2, await other);

        buffer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await waiting.AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task StaleTicketsFromOtherThreads_NoLeaveIsMissed()
    {
        using var pool = new PagePool(PagePool.FreshRegionLength, static () => 0);
        PageBlock block = pool.Rent(1, out long stale);
        Assert.True(block.TryLeave(stale, PageBufferState.Disposed));
        block.Return(BlockFate.Reusable);
        using var done = new CancellationTokenSource();
        Task[] others = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            User user = new();
            while (!done.IsCancellationRequested)
            {
                Assert.False(block.TryUse(stale, user));
            }
        }))];

        int missed = 0;
        for (int round = 0; round < 20_000; round++)
        {
            PageBlock mine = pool.Rent(1, out long ticket);
            User user = new();
            Assert.True(mine.TryUse(ticket, user));
            Assert.True(mine.TryLeave(ticket, PageBufferState.Disposed));
            missed += 1 - user.Told;
            mine.Return(BlockFate.Reusable);
            mine.Release(user);
        }

        await done.CancelAsync();
        await Task.WhenAll(others);
        Assert.Equal(0, missed);
    }

    private sealed class User : IBlockUser
    {
        internal int Told { get; private set; }

        void IBlockUser.OnBlockLeft() => Told++;
    }
}
