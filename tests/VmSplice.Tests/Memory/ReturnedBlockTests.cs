namespace VmSplice.Tests.Memory;

/// <summary>
/// A block that came back and was never shared is what the next rent of its length gets, past the pool's lock. It is nobody else's meanwhile, holds back
/// no other memory, and goes with the writer. Looks at addresses that anybody may get next, so nobody else runs meanwhile.
/// </summary>
[Collection(nameof(Alone))]
public class ReturnedBlockTests
{
    // MADV_DONTFORK: nobody but the library asks for it.
    private const string Ours = " dc";

    [Fact]
    public void ShortSend_NextRentOfThatLengthHasTheSamePagesCleared()
    {
        using SplicePipe pipe = SplicePipe.Create(64 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> sent = writer.Rent<byte>(100);
        nint address = sent.Address;
        sent.Span.Fill(0xEE);
        writer.Send(sent);

        using PageBuffer<byte> next = writer.Rent<byte>(100);
        Assert.Equal(address, next.Address);
        Assert.False(next.Span.ContainsAnyExcept((byte)0));
        next.Span.Fill(0x11);
        Assert.Throws<ObjectDisposedException>(() => sent.Address);
        Assert.Equal(PageBufferState.Disposed, sent.State);

        byte[] arrived = new byte[100];
        reader.ReadExactly(arrived);
        Assert.DoesNotContain(arrived, static value => value != 0xEE);
    }

    [Fact]
    public void RentsOfOtherLengths_NeedNoMoreMemoryThanBefore()
    {
        using SplicePipe pipe = SplicePipe.Create(64 * 1024);
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        HashSet<nint> regions = [];
        for (int round = 0; round < 100; round++)
        {
            writer.Rent<byte>(100).Dispose();

            // A whole region: there is one only where nothing of it is held back.
            using PageBuffer<byte> all = writer.RentUninitialized<byte>(2 * 1024 * 1024);
            regions.Add(all.Address);
        }

        Assert.InRange(regions.Count, 1, 2);
    }

    [Fact]
    public void TwoThatComeBackInTheOrderOfTheirRent_LeaveNoHole()
    {
        using SplicePipe pipe = SplicePipe.Create(64 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();

        // Somebody else's, so that the region does not start over.
        using PageBuffer<byte> other = writer.Rent<byte>(100);
        HashSet<nint> places = [];
        for (int round = 0; round < 100; round++)
        {
            PageBuffer<byte> first = writer.Rent<byte>(4 * 1024);
            PageBuffer<byte> second = writer.Rent<byte>(8 * 1024);
            places.Add(first.Address);
            second.Dispose();
            first.Dispose();
        }

        Assert.InRange(places.Count, 1, 2);
    }

    [Fact]
    public void DisposedWriter_UnmapsWhatCameBackBefore()
    {
        using SplicePipe pipe = SplicePipe.Create(64 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> buffer = writer.Rent<byte>(100);
        nint address = buffer.Address;
        writer.Send(buffer);
        Assert.Contains(Ours, Mappings.FlagsOf(address), StringComparison.Ordinal);
        writer.Dispose();
        Assert.DoesNotContain(Ours, Mappings.FlagsOf(address), StringComparison.Ordinal);
    }

    [Fact]
    public void ThreadsThatRentBesideDispose_HaveTheirPagesToThemselvesAndLeaveNone()
    {
        for (int round = 0; round < 50; round++)
        {
            using SplicePipe pipe = SplicePipe.Create(64 * 1024);
            SpliceWriter writer = pipe.OpenWriter();
            nint first = 0;
            int rents = 0;
            Background[] threads = [.. Enumerable.Range(1, 4).Select(id => Background.Run(() =>
            {
                for (long turn = id; ; turn += 4)
                {
                    PageBuffer<long> buffer;
                    try
                    {
                        // Of two lengths, so that what came back is sometimes right and sometimes not.
                        buffer = writer.RentUninitialized<long>(turn % 3 == 0 ? 1024 : 512);
                        Interlocked.Increment(ref rents);
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }

                    Interlocked.CompareExchange(ref first, buffer.Address, 0);
                    buffer.Span.Fill(turn);
                    Assert.False(buffer.Span.ContainsAnyExcept(turn), "somebody else wrote to it");
                    buffer.Dispose();
                }
            }))];
            bool haveRented = SpinWait.SpinUntil(() => Volatile.Read(ref rents) > 100, TimeSpan.FromSeconds(60));
            writer.Dispose();
            foreach (Background thread in threads)
            {
                thread.Join();
            }

            Assert.True(haveRented, "the threads rent nothing");
            Assert.DoesNotContain(Ours, Mappings.FlagsOf(first), StringComparison.Ordinal);
        }
    }
}
