namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers and batches that stay reachable when they are no longer there.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LatestByChannel"] = """
            namespace Plant;

            public sealed class ChannelPublisher(SpliceWriter pipe)
            {
                private readonly Dictionary<int, PageBuffer<byte>> _latest = [];

                public bool Has(int channel) => _latest.ContainsKey(channel);

                public void Publish(int channel, ReadOnlySpan<byte> payload)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(payload.Length);
                    payload.CopyTo(buffer.Span);
                    _latest[channel] = buffer;
                    pipe.Send(buffer); //~VMS2009
                }

                public int LastLength(int channel) => _latest.TryGetValue(channel, out PageBuffer<byte> last) ? last.Length : 0;
            }
            """,
        ["RefFlush"] = """
            using System.Text;

            public static class LineBatch
            {
                public const int Size = 64 * 1024;

                public static void Append(SpliceWriter pipe, ref PageBuffer<byte> batch, ref int used, string line)
                {
                    int needed = Encoding.UTF8.GetByteCount(line) + 1;
                    if (needed > Size)
                    {
                        throw new ArgumentException("The line is too long.", nameof(line));
                    }

                    if (used + needed > Size)
                    {
                        pipe.Send(batch, used);
                        batch = pipe.Rent<byte>(Size);
                        used = 0;
                    }

                    Encoding.UTF8.GetBytes(line, batch.Span[used..]);
                    used += needed;
                    batch.Span[used - 1] = (byte)'\n';
                }

                /// <summary>Sends what is there; the batch starts from its beginning again.</summary>
                public static void Flush(SpliceWriter pipe, ref PageBuffer<byte> batch, ref int used)
                {
                    pipe.Send(batch, used); //~VMS2009
                    used = 0;
                }
            }
            """,
        ["ByDay"] = """
            namespace Market.Replay;

            [Spliceable]
            public partial struct Print
            {
                public long Day;
                public double Price;
            }

            public static class DayIndex
            {
                public static async Task<double> SpreadAsync(RecordReader<Print> prints, CancellationToken stop)
                {
                    Dictionary<long, ReadOnlyMemory<Print>> days = [];
                    await foreach (ReadOnlyMemory<Print> batch in prints.WithCancellation(stop))
                    {
                        days[batch.Span[0].Day] = batch; //~VMS2016
                    }

                    double widest = 0;
                    foreach ((_, ReadOnlyMemory<Print> day) in days)
                    {
                        double low = double.MaxValue, high = double.MinValue;
                        foreach (Print print in day.Span)
                        {
                            low = Math.Min(low, print.Price);
                            high = Math.Max(high, print.Price);
                        }

                        widest = Math.Max(widest, high - low);
                    }

                    return widest;
                }
            }
            """,
    };
}
