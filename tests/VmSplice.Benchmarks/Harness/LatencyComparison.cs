namespace VmSplice.Benchmarks.Harness;

/// <summary>Two ways to send one message after the other, by the time that each takes.</summary>
/// <param name="Case">What it is called behind the suite.</param>
/// <param name="Ours">Our way; one of its workers says how long each message took.</param>
/// <param name="Theirs">What it is compared with.</param>
/// <param name="Message">The bytes of a message.</param>
internal sealed record LatencyComparison(string Case, Side Ours, Side Theirs, int Message) : IMeasurement
{
    private static readonly string[] s_columns = ["case", "way", "p50 µs", "p99 µs", "p99.9 µs", "CPU µs/message", "bytes allocated", "ratio of p50"];

    public IReadOnlyList<string> Columns => s_columns;

    public Outcome Measure(Effort effort)
    {
        var rounds = Rounds.Run(Ours, Theirs, effort, grain: 64 << 10);
        double[] ratios = [.. rounds.RatiosOf(static round => 1.0 / round.Latency.P50)];
        return new Outcome(
            [Row(Case, Ours, rounds.Ours, Cell.Spread(ratios)), Row("", Theirs, rounds.Theirs, "")],
            [
                new($"{Case}/p50", ratios.Median()),
                new($"{Case}/p99", rounds.RatiosOf(static round => 1.0 / round.Latency.P99).Median()),
                new($"{Case}/p99.9", rounds.RatiosOf(static round => 1.0 / round.Latency.P999).Median()),
                new($"{Case}/processor", rounds.RatiosOf(static round => 1 / round.ProcessorSecondsPerGibibyte).Median()),
            ])
        {
            AllocatedPerGibibyte = rounds.Ours.MedianOf(static round => round.AllocatedPerGibibyte),
        };
    }

    private string[] Row(string name, Side side, IReadOnlyList<Round> rounds, string ratio) =>
    [
        name,
        side.Name,
        Cell.Number(rounds.MedianOf(static round => round.Latency.P50) / 1e3, 2),
        Cell.Number(rounds.MedianOf(static round => round.Latency.P99) / 1e3, 2),
        Cell.Number(rounds.MedianOf(static round => round.Latency.P999) / 1e3, 2),
        Cell.Number(rounds.MedianOf(round => round.ProcessorSecondsPerGibibyte * 1e6 * Message / (1 << 30)), 2),
        Cell.Bytes(rounds.MedianOf(static round => round.AllocatedBytes)),
        ratio,
    ];
}
