using System.Diagnostics;

namespace VmSplice.Benchmarks.Harness;

/// <summary>Rounds of two sides, in pairs.</summary>
/// <param name="Ours">Our rounds.</param>
/// <param name="Theirs">The other side's rounds, each taken right after ours or right before.</param>
internal sealed record Rounds(IReadOnlyList<Round> Ours, IReadOnlyList<Round> Theirs)
{
    /// <summary>Whole messages of every way that sends many records at once.</summary>
    internal const long Grain = 1 << 20;

    private const long Largest = 64L << 30;

    /// <summary>Starts both sides, warms them up, and asks them in turn.</summary>
    /// <param name="ours">Our way.</param>
    /// <param name="theirs">The other one.</param>
    /// <param name="effort">How much of it.</param>
    /// <param name="grain">The bytes of the shortest round; every round is a multiple of it.</param>
    public static Rounds Run(Side ours, Side theirs, Effort effort, long grain = Grain)
    {
        using WorkerPair own = new(ours);
        using WorkerPair other = new(theirs);
        long ownBytes = BytesOfRound(own, effort.Round, grain);
        long otherBytes = BytesOfRound(other, effort.Round, grain);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < effort.WarmUps || Stopwatch.GetElapsedTime(start) < effort.WarmUp; i++)
        {
            own.Run(ownBytes);
            other.Run(otherBytes);
        }

        List<Round> ownRounds = [];
        List<Round> otherRounds = [];
        for (int i = 0; i < effort.Pairs; i++)
        {
            // Who comes first changes, so that neither always has the warmer processor.
            if (i % 2 == 0)
            {
                ownRounds.Add(own.Run(ownBytes));
                otherRounds.Add(other.Run(otherBytes));
            }
            else
            {
                otherRounds.Add(other.Run(otherBytes));
                ownRounds.Add(own.Run(ownBytes));
            }
        }

        return new Rounds(ownRounds, otherRounds);
    }

    /// <summary>The ratio of each pair: noise that lasts longer than a pair meets both sides.</summary>
    /// <param name="value">Where more is better.</param>
    public IEnumerable<double> RatiosOf(Func<Round, double> value) => Ours.Zip(Theirs, (ours, theirs) => value(ours) / value(theirs));

    // Enough for the time that is asked for: a slow way and a fast one get rounds of the same length.
    private static long BytesOfRound(WorkerPair pair, TimeSpan length, long grain)
    {
        long bytes = grain;
        while (true)
        {
            // The better of two: in the first the runtime compiles what it meets, which takes longer than a short round.
            double seconds = Math.Min(pair.Run(bytes).Seconds, pair.Run(bytes).Seconds);
            if (seconds >= length.TotalSeconds / 4 || bytes >= Largest)
            {
                return Math.Max(grain, (long)(bytes * length.TotalSeconds / seconds) / grain * grain);
            }

            bytes *= 4;
        }
    }
}
