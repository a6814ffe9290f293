using CsCheck;
using VmSplice.Memory;

namespace VmSplice.Tests.Corruption;

/// <summary>
/// The scenarios of uutils/coreutils issue 7625 (vmsplice in yes) and nix-rust/nix issue 2633 (memory dropped after
/// vmsplice): the reader moves the pages on with splice(2), the first pipe looks empty, and the sender takes that for
/// consumed. With the default policy every byte must arrive as it was sent.
/// </summary>
[Trait("Category", "Transport")]
public class OnwardSplicingTests
{
    private const int MostPages = 48;
    private const int SideCapacity = 256 * 1024;
    private const int UsualLength = 60_000;

    // What is held back must be more than the writer goes round in, or a wrong reuse would stay out of sight.
    private const int Behind = 2 * PagePool.FreshRegionLength / UsualLength;

    // Half of the pages of pipes that a user has by default (fs.pipe-user-pages-soft): beyond it pipes are too small to hold a buffer.
    private const int MostHeldBack = 120;

    [Fact]
    public void ReaderSplicesOnward_ThenSenderSendsAgain_FirstDataIsIntact()
        => SendOn((main, side, length, _) => Assert.Equal(length, Libc.SpliceAll(main.ReadHandle, side.WriteHandle, length)));

    [Fact]
    public void SlowReaderTees_ThenSenderSendsAgain_BothCopiesAreIntact()
    {
        byte[] arrived = new byte[MostPages * Pages.Size];
        SendOn((main, side, length, round) =>
        {
            Assert.Equal(length, Libc.TeeAll(main.ReadHandle, side.WriteHandle, length));
            ReadAndCompare(main, arrived.AsSpan(0, length), round);
        });
    }

    [Fact]
    public void ReaderSplicesOnward_ThenSenderFrees_DataIsIntact()
    {
        byte[] arrived = new byte[MostPages * Pages.Size];
        int rounds = ThisKernel.Rounds(1_000);
        for (int round = 0; round < rounds; round++)
        {
            using SplicePipe first = SplicePipe.Create(1024 * 1024);
            using SplicePipe second = SplicePipe.Create(1024 * 1024);
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
            using SplicePipe first = SplicePipe.Create(1024 * 1024);
            using SplicePipe second = SplicePipe.Create(1024 * 1024);
            Skip.If(first.Capacity < Length, "pipes are too small here");
            using var sender = Child.StartWriter(first, Child.Helper("send-and-exit", Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(Length, Libc.SpliceAll(first.ReadHandle, second.WriteHandle, Length));
            Child.Finish(sender);
            ReadAndCompare(second, new byte[Length], 0);
        }
    }

    [Fact]
    public void AnyNumberOfBuffersHeldBack_AreIntact()
        => Gen.Int[1, MostPages * Pages.Size].Array[1, MostHeldBack].Sample(
            lengths =>
            {
                using SplicePipe first = SplicePipe.Create(1024 * 1024);
                using SpliceWriter writer = first.OpenWriter();
                SplicePipe[] held = [.. lengths.Select(_ => SplicePipe.Create(SideCapacity))];
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
            iter: ThisKernel.Rounds(40),
            threads: 1);

    /// <summary>
    /// Sends again and again. The reader holds each send back in a pipe of its own, where it is read much later; the
    /// sender's pipe looks empty (FIONREAD) all the time.
    /// </summary>
    private static void SendOn(Action<SplicePipe, SplicePipe, int, int> holdBack)
    {
        using SplicePipe main = SplicePipe.Create(1024 * 1024);
        SplicePipe[] sides = [.. Enumerable.Range(0, Behind).Select(_ => SplicePipe.Create(SideCapacity))];
        using SpliceWriter writer = main.OpenWriter();
        byte[] arrived = new byte[MostPages * Pages.Size];
        int rounds = ThisKernel.Rounds(30_000);
        for (int round = 0; round < rounds + Behind; round++)
        {
            SplicePipe side = sides[round % Behind];
            if (round >= Behind)
            {
                ReadAndCompare(side, arrived.AsSpan(0, LengthOf(round - Behind)), round - Behind);
            }

            if (round < rounds)
            {
                SendPattern(writer, round, LengthOf(round));
                holdBack(main, side, LengthOf(round), round);
                Assert.Equal(0, writer.BytesUnread);
            }
        }

        Array.ForEach(sides, side => side.Dispose());
    }

    // Every size from less than a page to many pages, so that the pipe and the policy see all cases.
    private static int LengthOf(int round)
    {
        int mixed = (int)((uint)round * 2_654_435_761u >> 8);
        return 1 + (mixed % (round % 3 == 0 ? UsualLength : MostPages * Pages.Size));
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
