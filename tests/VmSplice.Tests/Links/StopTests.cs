using System.Diagnostics;

namespace VmSplice.Tests.Links;

/// <summary>The end of a link, and the child behind it.</summary>
[Trait("Category", "Transport")]
public class StopTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static TheoryData<bool> Ways => [false, true];

    [Fact]
    public void Disposed_ChildStaysUsable()
    {
        SpliceLink link = SpliceLink.Start(Child.Shell("cat; exit 5"));
        link.Dispose();
        link.Dispose();
        Assert.True(link.Child.WaitForExit(Long));
        Assert.Equal(5, link.Child.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ChildThatEndsWithItsInput_EndsByItself(bool async)
    {
        using SpliceLink link = SpliceLink.Start(Child.Shell("cat; exit 5"));
        link.Writer.Write("question"u8);
        link.Reader.ReadExactly(new byte[8]);
        Assert.True(await StopAsync(link, Long, async));
        Assert.Equal(5, link.Child.ExitCode);
        Assert.True(await StopAsync(link, Long, async));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ChildThatHasMuchToSayYet_EndsByItself(bool async)
    {
        using SpliceLink link = SpliceLink.Start(Child.Shell("cat; head -c 5000000 /dev/zero; exit 5"));
        Assert.True(await StopAsync(link, Long, async));
        Assert.Equal(5, link.Child.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ChildThatDoesNotEnd_ItsTreeIsEnded(bool async)
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"sleep {sleep.Seconds}; :"));
        sleep.UntilItRuns();
        Assert.False(await StopAsync(link, TimeSpan.FromMilliseconds(100), async).WaitAsync(Long));
        Assert.True(link.Child.HasExited);
        sleep.UntilItHasEnded();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DetachedProcessHasItsOutput_NobodyWaitsForThat(bool async)
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"(setsid sleep {sleep.Seconds} &); cat"));
        sleep.UntilItRuns();
        Assert.True(await StopAsync(link, Long, async).WaitAsync(Long));
        Assert.True(sleep.IsRunning);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Cancelled_ChildIsEndedAtOnce(bool async)
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("sleep", sleep.Seconds));
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StopAsync(link, Timeout.InfiniteTimeSpan, async, source.Token).WaitAsync(Long));
        Assert.True(link.Child.HasExited);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AfterAnExchange_HasEnded(bool async)
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        link.Exchange(writer => writer.Write("x"u8), reader => reader.AsStream().CopyTo(Stream.Null));
        Assert.True(await StopAsync(link, Long, async));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task NegativeTime_IsRefused(bool async)
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StopAsync(link, TimeSpan.FromSeconds(-2), async));
        Assert.True(await StopAsync(link, Long, async));
    }

    private static Task<bool> StopAsync(SpliceLink link, TimeSpan timeout, bool async, CancellationToken cancellation = default)
        => async ? link.StopAsync(timeout, cancellation) : Task.Run(() => link.Stop(timeout, cancellation), CancellationToken.None);
}
