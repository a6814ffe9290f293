namespace VmSplice.Benchmarks.Harness;

/// <summary>Memory that stays resident for each of many short streams that are open at once, against what is promised.</summary>
/// <param name="Case">What it is called behind the suite.</param>
/// <param name="Name">What is measured.</param>
/// <param name="Worker">A worker whose sum is the bytes for one stream.</param>
/// <param name="Promised">The most that it may take.</param>
internal sealed record Residence(string Case, string Name, Peer Worker, int Promised) : IMeasurement
{
    private static readonly string[] s_columns = ["case", "what", "bytes resident", "promised", "ratio"];

    public IReadOnlyList<string> Columns => s_columns;

    public Outcome Measure(Effort effort)
    {
        double[] bytes = new double[effort.Pairs];
        for (int i = 0; i < bytes.Length; i++)
        {
            // A process of its own each time: what the one before left in the heap would be used again.
            using WorkerPair pair = new(new Side(Name, Worker, Peer.Own("idle")));
            bytes[i] = Math.Max(1, pair.Run(1 << 20).Writer.Sum);
        }

        double ratio = Promised / bytes.Median();
        return new Outcome([[Case, Name, Cell.Bytes(bytes.Median()), Cell.Bytes(Promised), Cell.Number(ratio, 2)]], [new(Case, ratio)]);
    }
}
