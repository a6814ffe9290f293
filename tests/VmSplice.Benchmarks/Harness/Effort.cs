namespace VmSplice.Benchmarks.Harness;

/// <summary>How much work a run takes.</summary>
/// <param name="Pairs">Pairs of rounds for each comparison.</param>
/// <param name="WarmUps">The fewest rounds before them that do not count.</param>
/// <param name="WarmUp">How long those last at least, of both sides together: the runtime compiles its hot loops anew meanwhile, on the same processor.</param>
/// <param name="Round">How long a round takes on either side, about.</param>
/// <param name="CountsCalls">Whether to count system calls, in runs of their own.</param>
internal sealed record Effort(int Pairs, int WarmUps, TimeSpan WarmUp, TimeSpan Round, bool CountsCalls)
{
    /// <summary>For figures that somebody quotes.</summary>
    public static Effort Whole { get; } =
        new(Pairs: 7, WarmUps: 2, WarmUp: TimeSpan.FromSeconds(1), Round: TimeSpan.FromMilliseconds(150), CountsCalls: true);

    /// <summary>To see that all runs, and roughly where it stands.</summary>
    public static Effort Quick { get; } = new(Pairs: 3, WarmUps: 1, TimeSpan.Zero, TimeSpan.FromMilliseconds(60), CountsCalls: false);
}
