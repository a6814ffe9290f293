namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Streams that are not ended, not flushed, or read by somebody else.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Readings"] = """
            namespace Weather;

            [Spliceable]
            public partial struct Reading
            {
                public long Time;
                public double Celsius;
            }

            public static class Station
            {
                public static async Task<long> SendAsync(SpliceWriter pipe, IAsyncEnumerable<Reading[]> readings, CancellationToken stop)
                {
                    await using RecordWriter<Reading> writer = Reading.CreateWriter(pipe); //~VMS2014
                    await foreach (Reading[] some in readings.WithCancellation(stop))
                    {
                        await writer.WriteAsync(some, stop);
                    }

                    await writer.FlushAsync(stop);
                    return writer.RecordsWritten;
                }
            }
            """,
        ["FlightRecorder"] = """
            namespace Drone;

            [Spliceable]
            public partial struct Fix
            {
                public long Time;
                public double Latitude;
                public double Longitude;
                public float Altitude;
                public float Speed;
            }

            public sealed class FlightRecorder : IDisposable
            {
                private readonly RecordWriter<Fix> _fixes;

                public FlightRecorder(string fifo)
                {
                    _fixes = Fix.CreateWriter(SpliceWriter.OpenFifo(fifo)); //~VMS2014
                }

                public void Add(long time, (double Latitude, double Longitude) position, float altitude)
                {
                    ref Fix fix = ref _fixes.Next();
                    fix.Time = time;
                    (fix.Latitude, fix.Longitude) = position;
                    fix.Altitude = altitude;
                }

                public void Dispose() => _fixes.Dispose();
            }
            """,
        ["Mirror"] = """
            using System.Runtime.InteropServices;

            public sealed class Mirror : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public Mirror()
                {
                    _writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }); //~VMS4006
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint tee(int from, int to, nuint length, uint flags);

                public void Write(ReadOnlySpan<byte> bytes) => _writer.Write(bytes);

                public long CopyTo(int otherPipe)
                {
                    nint copied = tee((int)_pipe.ReadHandle.DangerousGetHandle(), otherPipe, 65536, 0);
                    if (copied < 0)
                    {
                        throw new IOException("tee", Marshal.GetLastPInvokeError());
                    }

                    return copied;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["Pricing"] = """
            namespace Pricing;

            [Spliceable]
            public partial struct Contract { public double Strike; public double Expiry; }

            [Spliceable]
            public partial struct Value { public double Price; }

            public static class PricingClient
            {
                public static async Task<double> TotalAsync(SpliceLink worker, Contract[] book, CancellationToken stop)
                {
                    using RecordWriter<Contract> asked = Contract.CreateWriter(worker.Writer);
                    using RecordReader<Value> answers = Value.CreateReader(worker.Reader);
                    await asked.WriteAsync(book, stop);
                    double total = 0;
                    int open = book.Length;
                    while (open > 0)
                    {
                        ReadOnlyMemory<Value> batch = await answers.ReadBatchAsync(stop); //~VMS4009
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        foreach (ref readonly Value value in batch.Span)
                        {
                            total += value.Price;
                        }

                        open -= batch.Length;
                    }

                    await asked.CompleteAsync(stop);
                    return total;
                }
            }
            """,
    };
}
