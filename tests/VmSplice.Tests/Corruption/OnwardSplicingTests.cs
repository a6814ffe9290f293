using CsCheck;

namespace VmSplice.Tests.Corruption;

/// <summary>
/// The scenarios of uutils/coreutils issue 7625 (vmsplice in yes) and nix-rust/nix issue 2633 (memory dropped after
/// vmsplice): the reader moves the pages on with splice(2), the first pipe looks empty, and the sender takes that for
/// consumed. With the default policy every byte must arrive as it was sent.
/// </summary>
[Trait("Category", "Transport")]
public class OnwardSplicingTests
{
    private const int MostPages = 24;

    [Fact]
    public void ReaderSplicesOnward_ThenSenderSendsAgain_FirstDataIsIntact()
    {
        using SplicePipe first = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using SpliceWriter writer = first.OpenWriter();
        byte[] arrived = new byte[MostPages * Pages.Size];
        int rounds = ThisKernel.Rounds(60_000);
        for (int round = 0; round < rounds; round++)
        {
            int length = LengthOf(round);
            SendPattern(writer, round, length);
            Assert.Equal(length, Libc.SpliceAll(first.ReadHandle, second.WriteHandle, length));

            // FIONREAD of the first pipe says 0 now, yet nobody has read anything.
            SendPattern(writer, ~(long)round & int.MaxValue, length);
            ReadAndCompare(second, arrived.AsSpan(0, length), round);
            ReadAndCompare(first, arrived.AsSpan(0, length), ~(long)round & int.MaxValue);
        }
    }

    [Fact]
    public void ReaderSplicesOnward_ThenSenderFrees_DataIsIntact()
    {
        byte[] arrived = new byte[MostPages * Pages.Size];
        int rounds = ThisKernel.Rounds(1_000);
        for (int round = 0; round < rounds; round++)
        {
            using SplicePipe first = SplicePipe.Create();
            using SplicePipe second = SplicePipe.Create();
            int length = LengthOf(round);
            using (SpliceWriter writer = first.OpenWriter())
            {
                // One by a buffer of the writer's pool, which unmaps its pages on disposal; one by a buffer of nobody's.
                SendPattern(writer, round, length);
                Libc.SpliceAll(first.ReadHandle, second.WriteHandle, length);
                PageBuffer<byte> other = PageBuffer<byte>.Allocate(length);
                StreamPattern.Fill(other.Span, round + 1);
                writer.Send(other);
                Libc.SpliceAll(first.ReadHandle, second.WriteHandle, length);
            }

            using PageBuffer<byte> next = PageBuffer<byte>.Allocate(length);
            next.Span.Fill(0xEE);
            ReadAndCompare(second, arrived.AsSpan(0, length), round);
            ReadAndCompare(second, arrived.AsSpan(0, length), round + 1);
        }
    }

    [SkippableFact]
    public void ReaderSplicesOnward_ThenSenderExits_DataIsIntact()
    {
        const int Length = 300_001;
        for (int round = 0; round < 3; round++)
        {
            using SplicePipe first = SplicePipe.Create();
            using SplicePipe second = SplicePipe.Create();
            Skip.If(first.Capacity < Length, "pipes are too small here");
            using var sender = Child.StartWriter(first, Child.Helper("send-and-exit", Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(Length, Libc.SpliceAll(first.ReadHandle, second.WriteHandle, Length));
            Child.Finish(sender);
            ReadAndCompare(second, new byte[Length], 0);
        }
    }

    [Fact]
    public void SlowReaderTees_WhileSenderGoesOn_BothCopiesAreIntact()
    {
        const int Behind = 8;
        using SplicePipe main = SplicePipe.Create();
        SplicePipe[] sides = [.. Enumerable.Range(0, Behind).Select(_ => SplicePipe.Create())];
        using SpliceWriter writer = main.OpenWriter();
        byte[] arrived = new byte[MostPages * Pages.Size];
        int rounds = ThisKernel.Rounds(60_000);
        for (int round = 0; round < rounds + Behind; round++)
        {
            SplicePipe side = sides[round % Behind];
            if (round >= Behind)
            {
                // What was teed off eight sends ago; its pages have been nobody's but this side pipe's since.
                ReadAndCompare(side, arrived.AsSpan(0, LengthOf(round - Behind)), round - Behind);
            }

            if (round < rounds)
            {
                int length = LengthOf(round);
                SendPattern(writer, round, length);
                Assert.Equal(length, Libc.TeeAll(main.ReadHandle, side.WriteHandle, length));
                ReadAndCompare(main, arrived.AsSpan(0, length), round);
            }
        }

        Array.ForEach(sides, side => side.Dispose());
    }

    [Fact]
    public void AnyNumberOfBuffersHeldBack_AreIntact()
        => Gen.Int[1, MostPages * Pages.Size].Array[1, 60].Sample(
            lengths =>
            {
                using SplicePipe first = SplicePipe.Create();
                using SpliceWriter writer = first.OpenWriter();
                SplicePipe[] held = [.. lengths.Select(_ => SplicePipe.Create(128 * 1024))];
                for (int i = 0; i < lengths.Length; i++)
                {
                    SendPattern(writer, i * 31, lengths[i]);
                    Libc.SpliceAll(first.ReadHandle, held[i].WriteHandle, lengths[i]);
                }

                for (int i = 0; i < lengths.Length; i++)
                {
                    ReadAndCompare(held[i], new byte[lengths[i]], i * 31);
                    held[i].Dispose();
                }
            },
            iter: ThisKernel.Rounds(60),
            threads: 1);

    // Every size from less than a page to many pages, most below 60 KiB so that the pipe and the policy see all cases.
    private static int LengthOf(int round)
    {
        int mixed = (int)((uint)round * 2_654_435_761u >> 8);
        int most = round % 5 == 0 ? MostPages * Pages.Size : MostPages * Pages.Size / 2;
        return 1 + (mixed % most);
    }

    private static void SendPattern(SpliceWriter writer, long position, int length)
    {
        PageBuffer<byte> buffer = writer.Rent<byte>(length);
        StreamPattern.Fill(buffer.Span, position);
        writer.Send(buffer);
    }

    private static void ReadAndCompare(SplicePipe pipe, Span<byte> arrived, long position)
    {
        using SpliceReader reader = SpliceReader.Open(pipe.ReadHandle, new SpliceReaderOptions { LeaveOpen = true, PipeCapacity = 1 });
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, position));
    }
}
