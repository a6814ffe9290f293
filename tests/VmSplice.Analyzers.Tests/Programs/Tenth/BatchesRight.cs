namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Records that are read in time.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DriftByValue"] = """
            namespace Laboratory.Clocks;

            [Spliceable]
            public partial struct Edge
            {
                public long Nanoseconds;
                public int Channel;
                public int Count;
            }

            public static class DriftByValue
            {
                public static double Measure(RecordReader<Edge> edges, double frequency)
                {
                    ReadOnlySpan<Edge> batch = edges.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return double.NaN;
                    }

                    Edge first = batch[0];
                    Edge last = first;
                    long count = 0;
                    do
                    {
                        foreach (ref readonly Edge edge in batch)
                        {
                            count += edge.Count;
                        }

                        last = batch[^1];
                        batch = edges.ReadBatch();
                    }
                    while (!batch.IsEmpty);

                    long elapsed = last.Nanoseconds - first.Nanoseconds;
                    return (((count / frequency) / (elapsed * 1e-9)) - 1) * 1e9;
                }
            }
            """,
        ["FirHistory"] = """
            namespace Signal.Filters;

            [Spliceable]
            public partial struct Sample
            {
                public long Index;
                public double Value;
            }

            /// <summary>The end of each batch is copied into an array of this object before the next one is asked for.</summary>
            public sealed class FirHistory(double[] taps)
            {
                private readonly double[] _history = new double[taps.Length];

                public List<double> Filter(RecordReader<Sample> samples)
                {
                    List<double> filtered = [];
                    ReadOnlySpan<Sample> batch;
                    while (!(batch = samples.ReadBatch()).IsEmpty)
                    {
                        for (int i = 0; i < batch.Length; i++)
                        {
                            double sum = 0;
                            for (int tap = 0; tap < taps.Length; tap++)
                            {
                                int at = i - tap;
                                sum += taps[tap] * (at >= 0 ? batch[at].Value : _history[^-at]);
                            }

                            filtered.Add(sum);
                        }

                        int kept = Math.Min(batch.Length, _history.Length);
                        _history.AsSpan(kept).CopyTo(_history);
                        for (int i = 0; i < kept; i++)
                        {
                            _history[^(kept - i)] = batch[^(kept - i)].Value;
                        }
                    }

                    return filtered;
                }
            }
            """,
        ["MergeLogs"] = """
            namespace Logs.Merge;

            [Spliceable]
            public partial struct Entry
            {
                public long Time;
                public SpliceText Message;
            }

            /// <summary>Two logs become one, ordered by time. What one reader shows stays while the other one moves on.</summary>
            public static class MergeLogs
            {
                public static void Merge(RecordReader<Entry> left, RecordReader<Entry> right, TextWriter output)
                {
                    ReadOnlySpan<Entry> ours = left.ReadBatch();
                    ReadOnlySpan<Entry> theirs = right.ReadBatch();
                    while (!ours.IsEmpty || !theirs.IsEmpty)
                    {
                        bool takeOurs = !ours.IsEmpty && (theirs.IsEmpty || ours[0].Time <= theirs[0].Time);
                        if (takeOurs)
                        {
                            output.WriteLine(left.GetString(ours[0].Message));
                            ours = ours[1..];
                            if (ours.IsEmpty)
                            {
                                ours = left.ReadBatch();
                            }
                        }
                        else
                        {
                            output.WriteLine(right.GetString(theirs[0].Message));
                            theirs = theirs[1..];
                            if (theirs.IsEmpty)
                            {
                                theirs = right.ReadBatch();
                            }
                        }
                    }
                }
            }
            """,
        ["PulseCopies"] = """
            namespace Radar.Pulses;

            [Spliceable]
            public partial struct Pulse
            {
                public long Time;
                public float Width;
                public float Level;
            }

            /// <summary>Trains are copied out of the batch; the parts that make up the rest of it live for one round only.</summary>
            public static class PulseCopies
            {
                public static async Task<(List<Pulse[]> Trains, double Energy)> CutAsync(RecordReader<Pulse> pulses, long gap, CancellationToken cancellation)
                {
                    List<Pulse[]> trains = [];
                    double energy = 0;
                    await foreach (ReadOnlyMemory<Pulse> batch in pulses.WithCancellation(cancellation))
                    {
                        List<ReadOnlyMemory<Pulse>> parts = [];
                        int start = 0;
                        for (int i = 1; i < batch.Length; i++)
                        {
                            if (batch.Span[i].Time - batch.Span[i - 1].Time > gap)
                            {
                                parts.Add(batch[start..i]);
                                start = i;
                            }
                        }

                        parts.Add(batch[start..]);
                        foreach (ReadOnlyMemory<Pulse> part in parts)
                        {
                            energy += part.Span[0].Level * part.Span[0].Width;
                            if (part.Length > 16)
                            {
                                trains.Add(part.ToArray());
                            }
                        }
                    }

                    return (trains, energy);
                }
            }
            """,
    };
}
