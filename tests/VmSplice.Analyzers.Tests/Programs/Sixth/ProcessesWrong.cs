namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Processes, results and promises about the reader.</summary>
internal sealed class ProcessesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AnswerAwaitedBeforeFlush"] = """
            [Spliceable]
            public partial struct Job { public long Id; public long Input; }

            [Spliceable]
            public partial struct Outcome { public long Id; public long Output; }

            public static class Evaluator
            {
                public static long Evaluate(string program, long input)
                {
                    using SpliceLink link = SpliceLink.Start(new ProcessStartInfo(program));
                    using RecordWriter<Job> jobs = Job.CreateWriter(link.Writer);
                    using RecordReader<Outcome> outcomes = Outcome.CreateReader(link.Reader);
                    ref Job job = ref jobs.Next();
                    job.Id = 1;
                    job.Input = input;
                    ReadOnlySpan<Outcome> answer = outcomes.ReadBatch(); //~VMS4009
                    long output = answer.IsEmpty ? -1 : answer[0].Output;
                    jobs.Complete();
                    return output;
                }
            }
            """,
        ["CopyingPromiseAndRawSplice"] = """
            public sealed unsafe class CapturePipeline : IDisposable
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);

                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public CapturePipeline() => _writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }); //~VMS4006

                public void Capture(ReadOnlySpan<byte> data, int file)
                {
                    PageBuffer<byte> page = _writer.Rent<byte>(data.Length);
                    data.CopyTo(page.Span);
                    _writer.Send(page);
                    nint left = data.Length;
                    while (left > 0)
                    {
                        nint moved = splice((int)_pipe.ReadHandle.DangerousGetHandle(), null, file, null, (nuint)left, 0);
                        if (moved <= 0)
                        {
                            throw new IOException("splice", Marshal.GetLastPInvokeError());
                        }

                        left -= moved;
                    }
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["HeartbeatSendNotAwaited"] = """
            public sealed class Heartbeat(SpliceWriter supervisor)
            {
                private long _beats;

                public async Task RunAsync(PeriodicTimer timer, CancellationToken stop)
                {
                    while (await timer.WaitForNextTickAsync(stop))
                    {
                        PageBuffer<long> beat = supervisor.Rent<long>(2);
                        beat[0] = ++_beats;
                        beat[1] = Environment.TickCount64;
                        supervisor.SendAsync(beat, stop); //~VMS4001
                    }
                }
            }
            """,
        ["RawSendCheckedForErrorOnly"] = """
            public static unsafe partial class Libc
            {
                public struct IoVector { public nint Base; public nuint Length; }

                [DllImport("libc", SetLastError = true)]
                public static extern nint vmsplice(int fd, IoVector* vector, nuint count, uint flags);
            }

            public sealed unsafe class ShmExporter(int fd)
            {
                public int Errors { get; private set; }

                public bool Export(nint mapping, nuint length)
                {
                    Libc.IoVector vector = new() { Base = mapping, Length = length };
                    nint result = Libc.vmsplice(fd, &vector, 1, 0); //~VMS4002
                    if (result == -1)
                    {
                        Errors++;
                        return false;
                    }

                    return true;
                }
            }
            """,
        ["FlushOfRecordsNotAwaited"] = """
            [Spliceable]
            public partial struct Gauge { public int Name; public int Unit; public double Value; }

            public sealed class GaugeSink(RecordWriter<Gauge> gauges)
            {
                private int _pending;

                public void Set(int name, double value)
                {
                    ref Gauge gauge = ref gauges.Next();
                    gauge.Name = name;
                    gauge.Value = value;
                    if (++_pending == 100)
                    {
                        _pending = 0;
                        gauges.FlushAsync(); //~VMS4001
                    }
                }
            }
            """,
        ["RawSendLogsOnlyFailure"] = """
            public sealed unsafe class RawLogPipe(int fd)
            {
                [StructLayout(LayoutKind.Sequential)]
                private struct Segment { public void* Base; public nuint Length; }

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint Splice(int fd, Segment* segments, nuint count, uint flags);

                public bool TrySend(void* data, nuint length)
                {
                    Segment segment = new() { Base = data, Length = length };
                    nint taken = Splice(fd, &segment, 1, 0); //~VMS4002
                    if (taken == -1)
                    {
                        Console.Error.WriteLine($"vmsplice failed: {Marshal.GetLastPInvokeError()}");
                        return false;
                    }

                    return true;
                }
            }
            """,
        ["RequestReadBeforeFlush"] = """
            [Spliceable]
            public partial struct Lookup { public long Key; }

            [Spliceable]
            public partial struct Found { public long Value; public long Version; }

            public static class CacheClient
            {
                public static async Task<long> GetAsync(System.Diagnostics.ProcessStartInfo start, long key, CancellationToken ct)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    using RecordWriter<Lookup> lookups = Lookup.CreateWriter(link.Writer);
                    using RecordReader<Found> found = Found.CreateReader(link.Reader);
                    await lookups.WriteAsync(new[] { new Lookup { Key = key } }, ct);
                    ReadOnlyMemory<Found> answer = await found.ReadBatchAsync(ct); //~VMS4009
                    long value = answer.Span[0].Value;
                    await lookups.CompleteAsync(ct);
                    return value;
                }
            }
            """,
    };
}
