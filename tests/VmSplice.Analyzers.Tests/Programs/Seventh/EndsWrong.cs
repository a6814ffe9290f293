namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers that nobody sends or disposes, streams that nobody completes, transfers that nobody waits for.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FlightRecorder"] = """
            // Robotics: a flight recorder keeps its stream open between calls, and is disposed with the craft.
            [Spliceable]
            public partial struct Attitude { public long Time; public float Roll; public float Pitch; public float Yaw; public float Throttle; }

            public sealed class FlightRecorder : IDisposable
            {
                private readonly RecordWriter<Attitude> _attitudes;

                public FlightRecorder(string fifo)
                {
                    _attitudes = Attitude.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2014
                }

                public long Recorded => _attitudes.RecordsWritten;

                public void Record(long time, in (float Roll, float Pitch, float Yaw) angles, float throttle)
                {
                    ref Attitude attitude = ref _attitudes.Next();
                    (attitude.Time, attitude.Throttle) = (time, throttle);
                    (attitude.Roll, attitude.Pitch, attitude.Yaw) = angles;
                }

                public void Dispose()
                {
                    _attitudes.Flush();
                    _attitudes.Dispose();
                }
            }
            """,
        ["FlushedButOpen"] = """
            // IoT gateway: readings from a channel go out in batches.
            [Spliceable]
            public partial struct Reading { public long Time; public double Celsius; }

            public sealed class Gateway(ChannelReader<Reading[]> readings)
            {
                public async Task<long> PumpAsync(SpliceWriter pipe, CancellationToken cancellation)
                {
                    await using RecordWriter<Reading> output = Reading.CreateWriter(pipe); //~VMS2014
                    try
                    {
                        await foreach (Reading[] batch in readings.ReadAllAsync(cancellation))
                        {
                            await output.WriteAsync(batch, cancellation);
                        }
                    }
                    catch (ChannelClosedException)
                    {
                        // The devices are gone: that is the end.
                    }

                    await output.FlushAsync(cancellation);
                    return output.RecordsWritten;
                }
            }
            """,
        ["NeverEndedField"] = """
            // Web analytics: hits are streamed to an aggregator for as long as the server lives.
            [Spliceable]
            public partial struct Hit { public long Time; public int Status; public int Bytes; }

            public interface IHitSink
            {
                void Record(int status, int bytes);
            }

            public sealed class PipeHitSink : IHitSink
            {
                private readonly RecordWriter<Hit> _hits; //~VMS2013
                private readonly TimeProvider _clock;
                private int _sinceFlush;

                public PipeHitSink(SpliceWriter pipe, TimeProvider clock)
                {
                    _clock = clock;
                    _hits = Hit.CreateWriter(pipe);
                }

                public void Record(int status, int bytes)
                {
                    ref Hit hit = ref _hits.Next();
                    hit.Time = _clock.GetTimestamp();
                    hit.Status = status;
                    hit.Bytes = bytes;
                    if (++_sinceFlush == 1000)
                    {
                        _hits.Flush();
                        _sinceFlush = 0;
                    }
                }
            }
            """,
        ["SkippedPartition"] = """
            // ETL: each partition is read into a page; empty ones are skipped.
            public interface IPartition
            {
                string Name { get; }

                int Fill(Span<long> rows);
            }

            public sealed class PartitionExporter(SpliceWriter pipe)
            {
                private const int RowsPerPage = 8192;

                public IEnumerable<(string Name, int Rows)> Export(IEnumerable<IPartition> partitions)
                {
                    foreach (IPartition partition in partitions)
                    {
                        PageBuffer<long> page = pipe.Rent<long>(RowsPerPage); //~VMS2013
                        int rows = partition.Fill(page.Span);
                        if (rows == 0)
                        {
                            continue;
                        }

                        pipe.Send(page, rows);
                        yield return (partition.Name, rows);
                    }
                }
            }
            """,
    };
}
