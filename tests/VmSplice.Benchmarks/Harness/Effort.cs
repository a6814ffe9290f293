namespace VmSplice.Benchmarks.Harness;

/// <summary>How much work a run takes.</summary>
/// <param name="Pairs">Pairs of rounds for each comparison.</param>
/// <param name="WarmUps">Rounds before them that do not count: the runtime compiles its hot loops anew while they run.</param>
/// <param name="Round">How long a round takes on either side, about.</param>
/// <param name="CountsCalls">Whether to count system calls, in runs of their own.</param>
internal sealed record Effort(int Pairs, int WarmUps, TimeSpan Round, bool CountsCalls)
{
    /// <summary>For figures that somebody quotes.</summary>
    public static Effort Whole { get; } = new(Pairs: 7, WarmUps: 2, TimeSpan.FromMilliseconds(80), CountsCalls: true);

    /// <summary>To see that all runs, and roughly where it stands.</summary>
    public static Effort Quick { get; } = new(Pairs: 3, WarmUps: 1, TimeSpan.FromMilliseconds(60), CountsCalls: false);
}
