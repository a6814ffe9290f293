using System.ComponentModel;
using System.Diagnostics;

namespace VmSplice.Tests.Links;

/// <summary>
/// An exchange that fails ends, whoever else has a descriptor of the child: the processes that sleep here would sleep for a day.
/// </summary>
[Trait("Category", "Transport")]
public class ExchangeFailureTests
{
    private const int Much = 4 << 20;

    [Fact]
    public void ReceiverThatFails_GrandchildIsEndedToo()
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"sleep {sleep.Seconds}; :"));
        sleep.UntilItRuns();
        Background.Run(() => Assert.Throws<FormatException>(() => link.Exchange(writer => writer.Write(new byte[Much]), _ => throw new FormatException())))
            .Join();
        Assert.True(link.Child.HasExited);
        sleep.UntilItHasEnded();
    }

    [Fact]
    public async Task AsyncReceiverThatFails_GrandchildIsEndedToo()
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"sleep {sleep.Seconds}; :"));
        sleep.UntilItRuns();
        await Assert.ThrowsAsync<FormatException>(() => link.ExchangeAsync(
            (writer, cancellation) => writer.WriteAsync(new byte[Much], cancellation).AsTask(),
            (_, _) => throw new FormatException())).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(link.Child.HasExited);
        sleep.UntilItHasEnded();
    }

    [Fact]
    public void SenderThatFails_ChildDoesNotTakeWhatItHasForAll()
    {
        using TemporaryFile file = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"cat; echo all > '{file.Path}'"));
        Background.Run(() => Assert.Throws<FormatException>(() => link.Exchange(
            writer =>
            {
                writer.Write("half"u8);
                throw new FormatException();
            },
            reader => reader.AsStream().CopyTo(Stream.Null)))).Join();
        Assert.True(link.Child.HasExited);
        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public async Task AsyncSenderThatFails_ReceiverThatWaitsIsEnded()
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"sleep {sleep.Seconds}; :"));
        sleep.UntilItRuns();
        await Assert.ThrowsAsync<FormatException>(() => link.ExchangeAsync(
            (_, _) => throw new FormatException(),
            (reader, cancellation) => reader.AsStream().CopyToAsync(Stream.Null, cancellation))).WaitAsync(TimeSpan.FromSeconds(60));
        sleep.UntilItHasEnded();
    }

    [Fact]
    public void BothFail_TheFirstIsThrown()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        using ManualResetEventSlim sending = new();
        Background.Run(() => Assert.Throws<FormatException>(() => link.Exchange(
            writer =>
            {
                sending.Set();
                try
                {
                    while (true)
                    {
                        writer.Write(new byte[Much]);
                    }
                }
                catch (Exception e)
                {
                    throw new InvalidDataException("a consequence", e);
                }
            },
            _ =>
            {
                sending.Wait();
                throw new FormatException();
            }))).Join();
    }

    /// <summary>Its parent is gone, so nobody finds it: our own ends are closed, and nobody waits for it.</summary>
    [Fact]
    public void DetachedProcessHasBothPipes_FailedExchangeDoesNotWaitForIt()
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"exec 3<&0; (setsid sleep {sleep.Seconds} <&3 &); exit 0"));
        sleep.UntilItRuns();
        Background.Run(() => Assert.Throws<FormatException>(() => link.Exchange(writer => writer.Write(new byte[Much]), _ => throw new FormatException())))
            .Join();
        Assert.True(sleep.IsRunning, "the test shows something where it runs");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DetachedProcessHasBothPipes_CancelledExchangeDoesNotWaitForIt(bool async)
    {
        using LongSleep sleep = new();
        using SpliceLink link = SpliceLink.Start(Child.Shell($"exec 3<&0; (setsid sleep {sleep.Seconds} <&3 &); exit 0"));
        sleep.UntilItRuns();
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(100));
        Task<int> exchange = async
            ? link.ExchangeAsync(
                (writer, _) => writer.WriteAsync(new byte[Much], CancellationToken.None).AsTask(),
                (reader, _) => reader.ReadExactlyAsync(new byte[1], CancellationToken.None).AsTask(),
                source.Token)
            : Task.Run(() => link.Exchange(writer => writer.Write(new byte[Much]), reader => reader.ReadExactly(new byte[1]), source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task OneSideFails_TheOthersTokenIsCancelled()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        await Assert.ThrowsAsync<FormatException>(() => link.ExchangeAsync(
            (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation),
            (_, _) => throw new FormatException())).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void CancelledBefore_ChildIsEnded()
    {
        using SpliceLink link = SpliceLink.Start(new ProcessStartInfo("cat"));
        Assert.ThrowsAny<OperationCanceledException>(
            () => link.Exchange(_ => { }, reader => reader.AsStream().CopyTo(Stream.Null), new CancellationToken(canceled: true)));
        Assert.True(link.Child.HasExited);
    }

    [Fact]
    public void ChildThatClosesItsInputAndAnswers_AnswerIsReceivedAndTheSenderIsTold()
    {
        using SpliceLink link = SpliceLink.Start(Child.Shell("exec 0<&-; sleep 0.2; echo answer"));
        string answer = "";
        Assert.Throws<BrokenPipeException>(() => link.Exchange(
            writer => writer.Write(new byte[Much]),
            reader => answer = new StreamReader(reader.AsStream()).ReadToEnd()));
        Assert.Equal("answer\n", answer);
    }

    [Fact]
    public void ChildThatDiesAtOnce_MessageHasExitCodeAndStandardError()
    {
        ProcessStartInfo start = Child.Shell("echo no such option >&2; exit 3");
        start.RedirectStandardError = true;
        using SpliceLink link = SpliceLink.Start(start);
        BrokenPipeException e = Assert.Throws<BrokenPipeException>(() => link.Exchange(
            writer => writer.Write(new byte[Much]),
            reader => reader.AsStream().CopyTo(Stream.Null)));
        Assert.EndsWith("The child ended with exit code 3; its standard error ends with: no such option", e.Message, StringComparison.Ordinal);
        Assert.IsType<BrokenPipeException>(e.InnerException);
    }

    [Fact]
    public void MissingProgram_IsNamed()
        => Assert.Contains("/no/such/program",
            Assert.Throws<Win32Exception>(() => SpliceLink.Start(new ProcessStartInfo("/no/such/program") { RedirectStandardError = true })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ChildWhoseGrandchildAnswers_StreamEndsWithTheLastThatHasIt()
    {
        using SpliceLink link = SpliceLink.Start(Child.Shell("(sleep 0.5; echo late) & exit 7"));
        string answer = "";
        Assert.Equal(7, link.Exchange(_ => { }, reader => answer = new StreamReader(reader.AsStream()).ReadToEnd()));
        Assert.Equal("late\n", answer);
    }
}
