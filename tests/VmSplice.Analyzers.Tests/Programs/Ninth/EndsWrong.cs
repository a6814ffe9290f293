namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Streams that are not ended, not flushed, or read by somebody else.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AuditTrail"] = """
            [Spliceable]
            public partial struct AuditEntry
            {
                public long Time;
                public long User;
                public SpliceText Action;
            }

            public sealed class AuditTrail : IDisposable
            {
                private readonly RecordWriter<AuditEntry> _entries;
                private readonly Lock _lock = new();
                private bool _disposed;

                public AuditTrail(SpliceWriter pipe)
                {
                    _entries = AuditEntry.CreateWriter(pipe); //~VMS2014
                }

                public void Record(long user, string action)
                {
                    lock (_lock)
                    {
                        ref AuditEntry entry = ref _entries.Next();
                        entry.Time = DateTime.UtcNow.Ticks;
                        entry.User = user;
                        entry.Action = _entries.AddText(action);
                        _entries.Flush();
                    }
                }

                public void Dispose()
                {
                    lock (_lock)
                    {
                        if (!_disposed)
                        {
                            _disposed = true;
                            _entries.Dispose();
                        }
                    }
                }
            }
            """,
        ["MetricsPump"] = """
            using System.Threading.Channels;

            [Spliceable]
            public partial struct Metric
            {
                public long Time;
                public double Value;
                public long Id;
            }

            public sealed class MetricsPump(ChannelReader<Metric> queue, string fifo)
            {
                public async Task ExecuteAsync(CancellationToken stopping)
                {
                    SpliceWriter pipe = await SpliceWriter.OpenFifoAsync(fifo, cancellationToken: stopping);
                    await using RecordWriter<Metric> metrics = Metric.CreateWriter(pipe); //~VMS2014
                    while (await queue.WaitToReadAsync(stopping))
                    {
                        while (queue.TryRead(out Metric metric))
                        {
                            if (metrics.FreeSlots == 0)
                            {
                                await metrics.FlushAsync(stopping);
                            }

                            metrics.Write(metric);
                        }

                        await metrics.FlushAsync(stopping);
                    }
                }
            }
            """,
        ["RequestMirror"] = """
            using System.Runtime.InteropServices;

            public sealed unsafe class RequestMirror : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public RequestMirror()
                {
                    _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying }); //~VMS4006
                }

                public void Record(ReadOnlySpan<byte> request) => _writer.Write(request);

                public nint DrainTo(FileStream archive, nuint most)
                {
                    int source = (int)_pipe.ReadHandle.DangerousGetHandle();
                    int target = (int)archive.SafeFileHandle.DangerousGetHandle();
                    return splice(source, null, target, null, most, 0);
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);
            }
            """,
        ["ScoringClient"] = """
            using System.Diagnostics;

            [Spliceable]
            public partial struct Features
            {
                public long Request;
                public double Amount;
            }

            [Spliceable]
            public partial struct Score
            {
                public long Request;
                public double Value;
            }

            public sealed class ScoringClient(ProcessStartInfo model)
            {
                public async Task<double> ScoreAsync(Features[] features, CancellationToken cancellation)
                {
                    using SpliceLink link = SpliceLink.Start(model);
                    await using RecordWriter<Features> requests = Features.CreateWriter(link.Writer);
                    using RecordReader<Score> scores = Score.CreateReader(link.Reader);
                    await requests.WriteAsync(features, cancellation);
                    ReadOnlyMemory<Score> batch = await scores.ReadBatchAsync(cancellation); //~VMS4009
                    double worst = 0;
                    foreach (ref readonly Score score in batch.Span)
                    {
                        worst = Math.Max(worst, score.Value);
                    }

                    await requests.CompleteAsync(cancellation);
                    return worst;
                }
            }
            """,
    };
}
