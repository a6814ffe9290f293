using VmSplice.Kernel;
using VmSplice.Pipes;

namespace VmSplice.Tests.Descriptors;

public sealed class BriefSpinTests
{
    private const int Microseconds = 20;
    private const int MostSkipped = 64;

    [SkippableFact]
    public void TriesInVain_NextWaitsBeginAtOnceAndEverMoreOfThem()
    {
        Skip.IfNot(Processors.HasOthers, "one processor: nothing is tried");
        BriefSpin spin = new(Microseconds, mostBytes: 1, MostSkipped);
        List<int> skipped = [];
        int now = 0;
        for (long bytes = 1; skipped.Count < 9; bytes++)
        {
            if (!TriesInVain(ref spin, bytes))
            {
                now++;
                continue;
            }

            skipped.Add(now);
            now = 0;
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, MostSkipped, MostSkipped], skipped);
    }

    [SkippableFact]
    public void TriesThatPay_FewerWaitsAreSkipped()
    {
        Skip.IfNot(Processors.HasOthers, "one processor: nothing is tried");
        BriefSpin spin = new(Microseconds, mostBytes: 1, MostSkipped);
        long bytes = 1;
        for (int vain = 0; vain < 3; bytes++)
        {
            vain += TriesInVain(ref spin, bytes) ? 1 : 0;
        }

        // Four are skipped after the third in vain. Then the first try finds something, three times.
        for (int i = 0; i < 4; i++)
        {
            Assert.False(spin.ShouldTryAgain(bytes++));
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.True(spin.ShouldTryAgain(bytes++));
        }

        Assert.True(TriesInVain(ref spin, bytes++));
        Assert.False(spin.ShouldTryAgain(bytes++));
        Assert.True(spin.ShouldTryAgain(bytes));
    }

    [SkippableFact]
    public void BytesThatMovedTooLate_CountAsTriesInVain()
    {
        Skip.IfNot(Processors.HasOthers, "one processor: nothing is tried");
        BriefSpin spin = new(Microseconds, mostBytes: 1, MostSkipped);
        long bytes = 1;
        Assert.True(spin.ShouldTryAgain(bytes++));

        // As where the reader ran in place of this thread.
        Thread.Sleep(1);
        spin.End();
        Assert.False(spin.ShouldTryAgain(bytes++));
        Assert.True(spin.ShouldTryAgain(bytes));
    }

    [SkippableFact]
    public void BytesThatMovedInTime_NextWaitIsTried()
    {
        Skip.IfNot(Processors.HasOthers, "one processor: nothing is tried");
        const int Ages = 60_000_000;
        BriefSpin spin = new(Ages, mostBytes: 1, MostSkipped);
        Assert.True(spin.ShouldTryAgain(1));
        spin.End();
        Assert.True(spin.ShouldTryAgain(2));
    }

    [Fact]
    public void MuchMovedBetweenTwoWaits_NothingIsTried()
    {
        BriefSpin spin = new(Microseconds, mostBytes: 100, MostSkipped);
        Assert.False(spin.ShouldTryAgain(101));
        Assert.False(spin.ShouldTryAgain(202));
        Assert.Equal(Processors.HasOthers, spin.ShouldTryAgain(302));
    }

    /// <summary>One wait in which nothing comes. Whether anything was tried.</summary>
    private static bool TriesInVain(ref BriefSpin spin, long bytes)
    {
        bool tried = false;
        while (spin.ShouldTryAgain(bytes))
        {
            tried = true;
        }

        return tried;
    }
}
