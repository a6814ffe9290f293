namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Buffers that nobody sends or disposes.</summary>
internal sealed class LeftBehindWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrameLeftWhenCameraFails"] = """
            [Spliceable]
            public sealed partial class Shot
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 1280 * 720)] public partial Span<int> Pixels { get; }
            }

            public interface ICamera
            {
                bool TryGrab(Span<int> pixels);
            }

            public enum GrabResult { Sent, NoSignal }

            public sealed class CameraLoop(ICamera camera, SpliceWriter pipe)
            {
                private long _number;

                public GrabResult Step()
                {
                    Shot shot = Shot.RentUninitialized(pipe); //~VMS2013
                    shot.Number = _number;
                    if (!camera.TryGrab(shot.Pixels))
                        return GrabResult.NoSignal;

                    _number++;
                    pipe.Send(shot);
                    return GrabResult.Sent;
                }
            }
            """,
        ["SkippedRowsLeaveTheirBuffer"] = """
            public sealed class RowExporter(SpliceWriter pipe)
            {
                public int Export(IEnumerable<double[]> rows)
                {
                    int exported = 0;
                    foreach (double[] row in rows)
                    {
                        PageBuffer<double> block = pipe.Rent<double>(row.Length); //~VMS2013
                        double sum = 0;
                        for (int i = 0; i < row.Length; i++)
                        {
                            block[i] = row[i];
                            sum += row[i];
                        }

                        if (double.IsNaN(sum))
                            continue;

                        pipe.Send(block);
                        exported++;
                    }

                    return exported;
                }
            }
            """,
        ["CrashReporterWriterFromFactoryIsDropped"] = """
            [Spliceable]
            public partial struct Crash { public long Time; public int Process; public int Signal; }

            public sealed class CrashReporter
            {
                private readonly string _fifo;

                public CrashReporter(string fifo) => _fifo = fifo;

                public void Report(int process, int signal)
                {
                    RecordWriter<Crash> crashes = OpenStream(); //~VMS2013
                    ref Crash crash = ref crashes.Next();
                    crash.Time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                    crash.Process = process;
                    crash.Signal = signal;
                    crashes.Flush();
                }

                private RecordWriter<Crash> OpenStream()
                {
                    SpliceWriter pipe = SpliceWriter.OpenFifo(_fifo);
                    return Crash.CreateWriter(pipe, new() { ChunkSize = 4096 });
                }
            }
            """,
        ["EtlStepLeavesWriterOnEmptyInput"] = """
            [Spliceable]
            public partial struct Fact { public long Key; public double Amount; }

            public enum StepStatus { Skipped, Done }

            public readonly record struct StepResult(StepStatus Status, long Rows);

            public sealed class FactStep(string fifo)
            {
                public StepResult Run(IReadOnlyDictionary<long, double> totals)
                {
                    RecordWriter<Fact> facts = Fact.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2013
                    if (totals is { Count: 0 })
                    {
                        return new StepResult(StepStatus.Skipped, 0);
                    }

                    foreach ((long key, double amount) in totals)
                    {
                        ref Fact fact = ref facts.Next();
                        fact.Key = key;
                        fact.Amount = amount;
                    }

                    facts.Complete();
                    facts.Dispose();
                    return new StepResult(StepStatus.Done, totals.Count);
                }
            }
            """,
        ["SamplerDecisionDropLeavesBuffer"] = """
            public enum Decision { Keep, Drop, Truncate }

            public sealed class Sampler(SpliceWriter pipe, Func<ReadOnlyMemory<byte>, Decision> decide)
            {
                public int Offer(ReadOnlySpan<byte> trace)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(trace.Length); //~VMS2013
                    trace.CopyTo(buffer.Span);
                    switch (decide(buffer.Memory))
                    {
                        case Decision.Keep:
                            pipe.Send(buffer);
                            return trace.Length;
                        case Decision.Truncate:
                            int part = Math.Min(trace.Length, 512);
                            pipe.Send(buffer, part);
                            return part;
                        default:
                            return 0;
                    }
                }
            }
            """,
    };
}
