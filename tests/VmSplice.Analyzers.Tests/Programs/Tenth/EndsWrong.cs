namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Streams that are not ended, not flushed, or read by somebody else.</summary>
internal sealed class EndsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PacketTap"] = """
            namespace Network.Tap;

            [Spliceable]
            public partial struct Packet
            {
                public long Time;
                public int Length;
                public int Protocol;
            }

            public sealed class PacketTap : IDisposable
            {
                private readonly RecordWriter<Packet> _packets;
                private long _bytes;

                public PacketTap(string fifo)
                {
                    SpliceWriter pipe = SpliceWriter.OpenFifo(fifo);
                    _packets = Packet.CreateWriter(pipe); //~VMS2014
                }

                public long Bytes => _bytes;

                public void Seen(long time, ReadOnlySpan<byte> frame)
                {
                    if (frame.Length < 14)
                    {
                        return;
                    }

                    ref Packet packet = ref _packets.Next();
                    packet.Time = time;
                    packet.Length = frame.Length;
                    packet.Protocol = (frame[12] << 8) | frame[13];
                    _bytes += frame.Length;
                }

                public void Dispose()
                {
                    _packets.Dispose();
                }
            }
            """,
        ["ProbeTee"] = """
            using System.Runtime.InteropServices;

            namespace Measurement.Probe;

            public static class ProbeTee
            {
                private const int BlockLength = 4096;

                /// <summary>Each block goes to the monitor's pipe as well, and is checked here.</summary>
                public static long Run(int monitor, int blocks)
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }); //~VMS4006
                    using SpliceReader reader = pipe.OpenReader();
                    int readEnd = (int)pipe.ReadHandle.DangerousGetHandle();
                    byte[] check = new byte[BlockLength];
                    long sum = 0;
                    for (int i = 0; i < blocks; i++)
                    {
                        using PageBuffer<byte> block = writer.Rent<byte>(BlockLength);
                        block.Span.Fill((byte)i);
                        writer.Send(block);
                        if (tee(readEnd, monitor, BlockLength, 0) != BlockLength)
                        {
                            throw new IOException("the monitor did not take the block");
                        }

                        reader.ReadExactly(check.AsSpan());
                        sum += check[0];
                    }

                    return sum;
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint tee(int from, int to, nuint length, uint flags);
            }
            """,
        ["ShardQuery"] = """
            namespace Search.Shards;

            [Spliceable]
            public partial struct Query
            {
                public long Term;
                public int From;
                public int Count;
            }

            [Spliceable]
            public partial struct Hit
            {
                public long Document;
                public double Score;
            }

            public static class ShardQuery
            {
                public static Dictionary<long, double> Ask(SpliceLink shard, IReadOnlyList<long> terms, int count)
                {
                    using RecordWriter<Query> queries = Query.CreateWriter(shard.Writer);
                    using RecordReader<Hit> hits = Hit.CreateReader(shard.Reader);
                    Dictionary<long, double> scores = [];
                    for (int i = 0; i < terms.Count; i++)
                    {
                        ref Query query = ref queries.Next();
                        query.Term = terms[i];
                        query.Count = count;
                        ReadOnlySpan<Hit> found = hits.ReadBatch(); //~VMS4009
                        foreach (ref readonly Hit hit in found)
                        {
                            scores[hit.Document] = scores.GetValueOrDefault(hit.Document) + hit.Score;
                        }
                    }

                    queries.Complete();
                    return scores;
                }
            }
            """,
    };
}
