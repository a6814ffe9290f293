namespace VmSplice.Benchmarks.Harness;

/// <summary>Streams of a few records, each opened, written, read and ended, by the time that one takes.</summary>
/// <param name="Case">What it is called behind the suite.</param>
/// <param name="Ours">Our way.</param>
/// <param name="Theirs">What it is compared with.</param>
/// <param name="Length">The bytes of a stream.</param>
internal sealed record ShortStreams(string Case, Side Ours, Side Theirs, int Length) : IMeasurement
{
    private static readonly string[] s_columns = ["case", "way", "µs/stream", "CPU µs/stream", "bytes allocated/stream", "ratio"];

    public IReadOnlyList<string> Columns => s_columns;

    public Outcome Measure(Effort effort)
    {
        var rounds = Rounds.Run(Ours, Theirs, effort, grain: 64 << 10);
        double[] ratios = [.. rounds.RatiosOf(static round => round.GibibytesPerSecond)];
        return new Outcome(
            [Row(Case, Ours, rounds.Ours, Cell.Spread(ratios)), Row("", Theirs, rounds.Theirs, "")],
            [new(Case, ratios.Median()), new($"{Case}/processor", rounds.RatiosOf(static round => 1 / round.ProcessorSecondsPerGibibyte).Median())]);
    }

    private string[] Row(string name, Side side, IReadOnlyList<Round> rounds, string ratio) =>
    [
        name,
        side.Name,
        Cell.Number(rounds.MedianOf(round => round.Seconds * 1e6 * Length / round.Bytes), 2),
        Cell.Number(rounds.MedianOf(round => round.ProcessorSecondsPerGibibyte * 1e6 * Length / (1 << 30)), 2),
        Cell.Bytes(rounds.MedianOf(round => (double)round.AllocatedBytes * Length / round.Bytes)),
        ratio,
    ];
}
