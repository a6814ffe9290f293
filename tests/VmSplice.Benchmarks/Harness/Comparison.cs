namespace VmSplice.Benchmarks.Harness;

/// <summary>Two ways that move the same bytes, by throughput.</summary>
/// <param name="Case">What it is called behind the suite.</param>
/// <param name="Ours">Our way.</param>
/// <param name="Theirs">What it is compared with.</param>
/// <param name="CountsCalls">Whether the system calls of both sides are compared too.</param>
/// <param name="Grain">The bytes of the shortest round: many, where several processes share a processor and their code is compiled anew late.</param>
/// <param name="IsLong">Whether rounds last five times as long: a round is a stream, and one in place makes memory of its own, which costs up to 40 ms.</param>
internal sealed record Comparison(string Case, Side Ours, Side Theirs, bool CountsCalls = false, long Grain = Rounds.Grain, bool IsLong = false) : IMeasurement
{
    private static readonly string[] s_columns = ["case", "way", "GiB/s", "CPU s/GiB writer", "CPU s/GiB reader", "calls/GiB", "bytes allocated", "ratio"];

    public IReadOnlyList<string> Columns => s_columns;

    public Outcome Measure(Effort effort)
    {
        var rounds = Rounds.Run(Ours, Theirs, IsLong ? effort with { Round = 5 * effort.Round } : effort, Grain);
        bool counts = CountsCalls && effort.CountsCalls;
        double? ourCalls = counts ? SystemCalls.PerGibibyte(Ours) : null;
        double? theirCalls = counts ? SystemCalls.PerGibibyte(Theirs) : null;
        double[] ratios = [.. rounds.RatiosOf(static round => round.GibibytesPerSecond)];
        List<Ratio> named =
            [new(Case, ratios.Median()), new($"{Case}/processor", rounds.RatiosOf(static round => 1 / round.ProcessorSecondsPerGibibyte).Median())];
        if (ourCalls > 0 && theirCalls is { } calls)
        {
            named.Add(new($"{Case}/calls", calls / ourCalls.Value));
        }

        return new Outcome([Row(Case, Ours, rounds.Ours, ourCalls, Cell.Spread(ratios)), Row("", Theirs, rounds.Theirs, theirCalls, "")], named)
        {
            AllocatedPerGibibyte = rounds.Ours.MedianOf(static round => round.AllocatedPerGibibyte),
        };
    }

    private static string[] Row(string name, Side side, IReadOnlyList<Round> rounds, double? calls, string ratio) =>
    [
        name,
        side.Name,
        Cell.Number(rounds.MedianOf(static round => round.GibibytesPerSecond), 2),
        Cell.Number(rounds.MedianOf(static round => round.WriterSecondsPerGibibyte), 3),
        Cell.Number(rounds.MedianOf(static round => round.ReaderSecondsPerGibibyte), 3),
        calls is { } count ? Cell.Bytes(count) : "–",
        Cell.Bytes(rounds.MedianOf(static round => round.AllocatedBytes)),
        ratio,
    ];
}
