namespace VmSplice.Tests.Disposal;

/// <summary>What waits for a child process, or for its pipes.</summary>
internal static class LinkCalls
{
    private static readonly string[] s_ends = ["the link", "the link's writer", "the link's reader", "the token", "the child that was to read"];
    private static readonly string[] s_endsOfWaiting = ["the token", "the child that is waited for"];

    internal static IEnumerable<BlockingCall> All { get; } = [.. Exchanges(), .. Stops()];

    private static IEnumerable<BlockingCall> Exchanges()
    {
        yield return BlockingCall.Blocks(
            "SpliceLink.Exchange(Action`1, Action`1)",
            s_ends,
            s => s.Link.Exchange(w => w.Write(new byte[16 << 20].AsSpan()), r => r.Read(new byte[10].AsSpan()), s.Cancellation.Token),
            s => s.StartLink(),
            "both sides wait");
        yield return BlockingCall.Waits(
            "SpliceLink.ExchangeAsync(Func`3, Func`3)",
            s_ends,
            s => s.Link.ExchangeAsync((w, token) => w.WriteAsync(new byte[16 << 20], token).AsTask(), (r, token) => r.ReadAsync(new byte[10], token).AsTask(),
                s.Cancellation.Token),
            s => s.StartLink(),
            "both sides wait");

        // It has closed both of its ends, and nothing but the child is waited for.
        yield return BlockingCall.Blocks(
            "SpliceLink.Exchange(Action`1, Action`1)",
            s_endsOfWaiting,
            s => s.Link.Exchange(_ => { }, r => r.Read(new byte[10].AsSpan()), s.Cancellation.Token),
            s => s.StartLink("exec <&- >&-; "),
            "the child goes on");
        yield return BlockingCall.Waits(
            "SpliceLink.ExchangeAsync(Func`3, Func`3)",
            s_endsOfWaiting,
            s => s.Link.ExchangeAsync((_, _) => Task.CompletedTask, (r, token) => r.ReadAsync(new byte[10], token).AsTask(), s.Cancellation.Token),
            s => s.StartLink("exec <&- >&-; "),
            "the child goes on");
    }

    private static IEnumerable<BlockingCall> Stops()
    {
        TimeSpan forEver = Timeout.InfiniteTimeSpan;
        yield return BlockingCall.Blocks("SpliceLink.Stop(TimeSpan)", s_endsOfWaiting, s => s.Link.Stop(forEver, s.Cancellation.Token), s => s.StartLink());
        yield return BlockingCall.Waits("SpliceLink.StopAsync(TimeSpan)", s_endsOfWaiting, s => s.Link.StopAsync(forEver, s.Cancellation.Token),
            s => s.StartLink());
        TimeSpan some = TimeSpan.FromMilliseconds(500);
        string[] time = ["the time it was given"];
        yield return BlockingCall.Blocks("SpliceLink.Stop(TimeSpan)", time, s => s.Link.Stop(some), s => s.StartLink(), "some time");
        yield return BlockingCall.Waits("SpliceLink.StopAsync(TimeSpan)", time, s => s.Link.StopAsync(some), s => s.StartLink(), "some time");
    }
}
