using System.Diagnostics;

namespace VmSplice.Tests.Links;

/// <summary>A standard error that is redirected and that nobody reads must hold up nobody.</summary>
[Trait("Category", "Transport")]
public class StandardErrorTests
{
    [Fact]
    public void MoreThanAPipeHolds_ExchangeEnds()
    {
        using SpliceLink link = Start("head -c 300000 /dev/zero >&2; cat");
        Background.Run(() => Assert.Equal(0, link.Exchange(writer => writer.Write("x"u8), reader => reader.AsStream().CopyTo(Stream.Null)))).Join();
    }

    [Fact]
    public async Task MoreThanAPipeHolds_AsyncExchangeEnds()
    {
        using SpliceLink link = Start("head -c 300000 /dev/zero >&2; cat");
        Assert.Equal(0, await link.ExchangeAsync(
            (writer, cancellation) => writer.WriteAsync("x"u8.ToArray(), cancellation).AsTask(),
            (reader, cancellation) => reader.AsStream().CopyToAsync(Stream.Null, cancellation)).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void EverythingThatWasWrittenBeforeTheChildEnded_IsInTheTail()
    {
        for (int round = 0; round < 20; round++)
        {
            using SpliceLink link = Start($"cat; echo first >&2; echo last {round} >&2");
            link.Exchange(_ => { }, reader => reader.AsStream().CopyTo(Stream.Null));
            Assert.Equal($"first\nlast {round}\n", link.StandardErrorTail);
        }
    }

    [Fact]
    public void Long_TailIsWholeLinesAndItsEnd()
    {
        using SpliceLink link = Start("seq 100000 >&2");
        link.Exchange(_ => { }, reader => reader.AsStream().CopyTo(Stream.Null));
        string[] lines = link.StandardErrorTail.TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 500, 4096);
        Assert.Equal(Enumerable.Range(100_001 - lines.Length, lines.Length), lines.Select(int.Parse));
    }

    [Fact]
    public void DetachedProcessHasIt_NobodyWaitsForThat()
    {
        using LongSleep sleep = new();
        using SpliceLink link = Start($"sleep {sleep.Seconds} </dev/null >/dev/null & echo hint >&2; exec cat");
        Background.Run(() => Assert.Equal(0, link.Exchange(_ => { }, reader => reader.AsStream().CopyTo(Stream.Null)))).Join();
        Assert.True(sleep.IsRunning);
        Assert.Equal("hint\n", link.StandardErrorTail);
    }

    [Fact]
    public void LinkDisposedBefore_ChildCanStillWriteThere()
    {
        SpliceLink link = Start("cat > /dev/null; head -c 300000 /dev/zero >&2; exit 4");
        link.Dispose();
        Assert.True(link.Child.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Equal(4, link.Child.ExitCode);
    }

    [Fact]
    public void NotRedirected_NoTail()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        link.Exchange(_ => { }, reader => reader.AsStream().CopyTo(Stream.Null));
        Assert.Equal("", link.StandardErrorTail);
    }

    private static SpliceLink Start(string script)
    {
        ProcessStartInfo start = Child.Shell(script);
        start.RedirectStandardError = true;
        return SpliceLink.Start(start);
    }
}
