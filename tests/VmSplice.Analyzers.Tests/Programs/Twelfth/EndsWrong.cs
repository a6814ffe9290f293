namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Streams that are not ended, not flushed, or read by somebody else.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AwaitUsingOnly"] = """
            using System.Threading.Channels;

            namespace Metrics.Export;

            [Spliceable]
            public partial struct Point { public long Time; public double Value; public long Series; }

            public sealed class PointExporter(ChannelReader<Point[]> points)
            {
                public long Exported { get; private set; }

                public async Task ExportAsync(SpliceWriter pipe, CancellationToken cancellation)
                {
                    await using RecordWriter<Point> writer = Point.CreateWriter(pipe); //~VMS2014
                    await foreach (Point[] group in points.ReadAllAsync(cancellation))
                    {
                        await writer.WriteAsync(group, cancellation);
                        if (points.Count == 0)
                        {
                            await writer.FlushAsync(cancellation);
                        }

                        Exported += group.Length;
                    }

                    await writer.FlushAsync(cancellation);
                }
            }
            """,
        ["SinkNeverCompletes"] = """
            namespace Audit.Trail;

            [Spliceable]
            public partial struct AuditEntry { public long Time; public long User; public int Action; public int Result; }

            public sealed class AuditSink : IDisposable
            {
                private readonly Lock _lock = new();
                private readonly RecordWriter<AuditEntry> _entries;
                private bool _disposed;

                public AuditSink(SpliceWriter pipe)
                {
                    _entries = AuditEntry.CreateWriter(pipe); //~VMS2014
                }

                public void Record(long user, int action, int result)
                {
                    lock (_lock)
                    {
                        ObjectDisposedException.ThrowIf(_disposed, this);
                        ref AuditEntry entry = ref _entries.Next();
                        entry.Time = DateTime.UtcNow.Ticks;
                        entry.User = user;
                        entry.Action = action;
                        entry.Result = result;
                    }
                }

                public void Dispose()
                {
                    lock (_lock)
                    {
                        if (!_disposed)
                        {
                            _disposed = true;
                            _entries.Flush();
                            _entries.Dispose();
                        }
                    }
                }
            }
            """,
        ["TeeOfCopyingPipe"] = """
            using System.ComponentModel;
            using System.Runtime.InteropServices;

            namespace Recorder.Tapping;

            public sealed class TappedPipe : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public TappedPipe()
                {
                    _writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }); //~VMS4006
                }

                [DllImport("libc", EntryPoint = "tee", SetLastError = true)]
                private static extern nint TeeNative(int from, int to, nuint length, uint flags);

                public void Write(ReadOnlySpan<byte> data)
                {
                    using PageBuffer<byte> buffer = _writer.Rent<byte>(data.Length);
                    data.CopyTo(buffer.Span);
                    _writer.Send(buffer);
                }

                // Copies what waits in the pipe to the recorder's pipe as well.
                public long Tap(int recorder)
                {
                    nint teed = TeeNative((int)_pipe.ReadHandle.DangerousGetHandle(), recorder, 1 << 20, 0);
                    if (teed < 0)
                    {
                        throw new Win32Exception();
                    }

                    return teed;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["AnswerBeforeFlush"] = """
            using System.Diagnostics;

            namespace Geo.Lookup;

            [Spliceable]
            public partial struct Place { public double Latitude; public double Longitude; }

            [Spliceable]
            public partial struct Region { public long Code; public double Distance; }

            public static class RegionLookup
            {
                public static long[] Resolve(string worker, IReadOnlyList<(double Latitude, double Longitude)> places)
                {
                    using SpliceLink link = SpliceLink.Start(new ProcessStartInfo(worker));
                    using RecordWriter<Place> questions = Place.CreateWriter(link.Writer);
                    using RecordReader<Region> answers = Region.CreateReader(link.Reader);
                    List<long> codes = [];
                    foreach ((double latitude, double longitude) in places)
                    {
                        ref Place place = ref questions.Next();
                        place.Latitude = latitude;
                        place.Longitude = longitude;
                    }

                    while (codes.Count < places.Count)
                    {
                        ReadOnlySpan<Region> batch = answers.ReadBatch(); //~VMS4009
                        if (batch.IsEmpty)
                        {
                            throw new EndOfStreamException("The worker left.");
                        }

                        foreach (ref readonly Region region in batch)
                        {
                            codes.Add(region.Code);
                        }
                    }

                    questions.Complete();
                    return [.. codes];
                }
            }
            """,
    };
}
