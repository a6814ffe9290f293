namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Records that are used after their writer or reader moved on.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PipewriterLengthPrefixPatchedAfterFlush"] = """
            using System.Buffers.Binary;
            using System.Text;

            public static class Framing
            {
                public static async Task SendAsync(SpliceWriter pipe, IEnumerable<string> lines, CancellationToken cancellation)
                {
                    PipeWriter output = pipe.AsPipeWriter();
                    Memory<byte> prefix = output.GetMemory(4)[..4];
                    output.Advance(4);
                    int total = 0;
                    foreach (string line in lines)
                    {
                        int length = Encoding.UTF8.GetBytes(line, output.GetSpan(line.Length * 3));
                        output.Advance(length);
                        total += length;
                    }

                    await output.FlushAsync(cancellation);
                    BinaryPrimitives.WriteInt32LittleEndian(prefix.Span, total); //~VMS2003
                    await output.CompleteAsync();
                }
            }
            """,
        ["PipewriterMemoryTakenOnceBeforeLoop"] = """
            using System.Net.Sockets;

            public sealed class SocketToPipe(Socket socket, SpliceWriter pipe)
            {
                public async Task RunAsync(CancellationToken stopping)
                {
                    PipeWriter output = pipe.AsPipeWriter();
                    Memory<byte> free = output.GetMemory(64 * 1024);
                    while (!stopping.IsCancellationRequested)
                    {
                        int got = await socket.ReceiveAsync(free, SocketFlags.None, stopping); //~VMS2003
                        if (got == 0)
                        {
                            break;
                        }

                        output.Advance(got);
                        FlushResult result = await output.FlushAsync(stopping);
                        if (result.IsCompleted)
                        {
                            break;
                        }
                    }

                    await output.CompleteAsync();
                }
            }
            """,
        ["PreviousBatchComparedWithNext"] = """
            [Spliceable]
            public partial struct Price { public long Time; public double Value; }

            public static class Gaps
            {
                public static int Find(SpliceReader pipe)
                {
                    using RecordReader<Price> reader = Price.CreateReader(pipe);
                    ReadOnlySpan<Price> previous = default;
                    int gaps = 0;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (!previous.IsEmpty && batch[0].Time - previous[^1].Time > TimeSpan.TicksPerSecond) //~VMS2003
                        {
                            gaps++;
                        }

                        previous = batch;
                    }

                    return gaps;
                }
            }
            """,
        ["SlotCompletedAfterHeartbeatHelper"] = """
            [Spliceable]
            public partial struct Event { public long Time; public int Kind; public int Source; }

            public sealed class EventLog(RecordWriter<Event> events, TimeProvider clock)
            {
                public void Log(int kind, int source)
                {
                    ref Event entry = ref events.Next();
                    entry.Time = clock.GetUtcNow().Ticks;
                    entry.Kind = kind;
                    Heartbeat();
                    entry.Source = source; //~VMS2003
                }

                private void Heartbeat() => Append(kind: 0, clock.GetUtcNow().Ticks);

                private void Append(int kind, long time)
                {
                    ref Event beat = ref events.Next();
                    beat.Kind = kind;
                    beat.Time = time;
                }
            }
            """,
        ["AsyncMethodReturnsBatchOfItsReader"] = """
            [Spliceable]
            public partial struct Fix { public double Latitude; public double Longitude; }

            public sealed class GpsClient(string path)
            {
                public async Task<ReadOnlyMemory<Fix>> FirstFixesAsync(CancellationToken cancellation)
                {
                    SpliceReader pipe = await SpliceReader.OpenFifoAsync(path, cancellationToken: cancellation);
                    using RecordReader<Fix> reader = Fix.CreateReader(pipe);
                    ReadOnlyMemory<Fix> fixes = await reader.ReadBatchAsync(cancellation);
                    if (fixes.IsEmpty)
                    {
                        throw new EndOfStreamException();
                    }

                    return fixes; //~VMS2003
                }
            }
            """,
        ["BatchReturnedFromDisposedReader"] = """
            [Spliceable]
            public partial struct Setting { public long Key; public long Value; }

            public static class Settings
            {
                public static long Find(string fifo, long key)
                {
                    foreach (ref readonly Setting setting in Load(fifo))
                    {
                        if (setting.Key == key)
                        {
                            return setting.Value;
                        }
                    }

                    return -1;
                }

                private static ReadOnlySpan<Setting> Load(string fifo)
                {
                    using RecordReader<Setting> reader = Setting.CreateReader(SpliceReader.OpenFifo(fifo));
                    return reader.ReadBatch(); //~VMS2003
                }
            }
            """,
        ["BroadcastSlotStampedAfterFlush"] = """
            [Spliceable]
            public partial struct Beat { public long Sent; public long Number; }

            public sealed class Heart : IDisposable
            {
                private readonly RecordBroadcaster<Beat> _beats;
                private long _number;

                public Heart(SpliceWriter[] listeners) => _beats = new RecordBroadcaster<Beat>(listeners);

                public void Pulse()
                {
                    ref Beat beat = ref _beats.Next();
                    beat.Number = ++_number;
                    _beats.Flush();
                    beat.Sent = Stopwatch.GetTimestamp(); //~VMS2003
                }

                public void Stop() => _beats.Complete();

                public void Dispose() => _beats.Dispose();
            }
            """,
        ["ChainLinkPatchedAfterNext"] = """
            [Spliceable]
            public partial struct Node { public long Key; public long NextKey; }

            public sealed class ChainExporter
            {
                public void Export(SpliceWriter pipe, IReadOnlyList<long> keys)
                {
                    using RecordWriter<Node> writer = Node.CreateWriter(pipe);
                    ref Node previous = ref writer.Next();
                    previous.Key = keys[0];
                    for (int i = 1; i < keys.Count; i++)
                    {
                        ref Node current = ref writer.Next();
                        current.Key = keys[i];
                        previous.NextKey = keys[i]; //~VMS2003
                        previous = ref current;
                    }

                    writer.Complete();
                }
            }
            """,
    };
}
