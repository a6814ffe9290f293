namespace VmSplice.Benchmarks.Harness;

/// <summary>Measures comparisons: both sides are started, warmed up, and asked in turn.</summary>
/// <param name="pairs">How many pairs of rounds.</param>
/// <param name="warmUps">Rounds before them that do not count: the runtime compiles its hot loops anew while they run.</param>
/// <param name="scale">How much of the bytes of a comparison to move.</param>
/// <param name="countsCalls">Whether to count system calls, in a run of their own.</param>
internal sealed class PairedRun(int pairs, int warmUps, double scale, bool countsCalls)
{
    public Measured Measure(Comparison comparison)
    {
        long bytes = Math.Max(1 << 20, (long)(comparison.Bytes * scale) >> 20 << 20);
        List<Round> ours = [];
        List<Round> theirs = [];
        using (WorkerPair own = new(comparison.Ours))
        using (WorkerPair other = new(comparison.Theirs))
        {
            for (int i = 0; i < warmUps; i++)
            {
                own.Run(bytes);
                other.Run(bytes);
            }

            for (int i = 0; i < pairs; i++)
            {
                // Who comes first changes, so that neither always has the warmer processor.
                if (i % 2 == 0)
                {
                    ours.Add(own.Run(bytes));
                    theirs.Add(other.Run(bytes));
                }
                else
                {
                    theirs.Add(other.Run(bytes));
                    ours.Add(own.Run(bytes));
                }
            }
        }

        return new Measured(comparison, ours, theirs)
        {
            OurCalls = countsCalls ? SystemCalls.PerGibibyte(comparison.Ours) : null,
            TheirCalls = countsCalls ? SystemCalls.PerGibibyte(comparison.Theirs) : null,
        };
    }
}
