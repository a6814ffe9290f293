namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Buffers, and right.</summary>
internal sealed class FurtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PacketCrcBeforeTransmit"] = """
            public sealed class PacketSender(SpliceWriter pipe)
            {
                private const int HeaderSize = 8;
                private uint _last;

                public void Send(ReadOnlySpan<byte> payload)
                {
                    PageBuffer<byte> packet = pipe.Rent<byte>(HeaderSize + payload.Length);
                    payload.CopyTo(packet.Span[HeaderSize..]);
                    Span<uint> header = MemoryMarshal.Cast<byte, uint>(packet.Span[..HeaderSize]);
                    header[0] = (uint)payload.Length;
                    header[1] = Sum(payload);
                    _last = header[1];
                    Transmit(packet);

                    packet = pipe.Rent<byte>(HeaderSize);
                    header = MemoryMarshal.Cast<byte, uint>(packet.Span);
                    header[1] = _last;
                    Transmit(packet);
                }

                private void Transmit(PageBuffer<byte> packet) => pipe.Send(packet);

                private static uint Sum(ReadOnlySpan<byte> bytes)
                {
                    uint sum = 0;
                    foreach (byte one in bytes)
                    {
                        sum = (sum << 1) ^ one;
                    }

                    return sum;
                }
            }
            """,
        ["RetryPolicyFillsAnotherBuffer"] = """
            public sealed record RetryPolicy(int Attempts, TimeSpan Pause);

            public sealed class ResilientSender
            {
                private readonly Func<SpliceWriter> _connect;
                private readonly RetryPolicy _policy;
                private SpliceWriter _pipe;

                public ResilientSender(Func<SpliceWriter> connect, RetryPolicy policy)
                    => (_connect, _policy, _pipe) = (connect, policy, connect());

                public void Send(ReadOnlySpan<byte> content)
                {
                    for (int attempt = 1; ; attempt++)
                    {
                        using PageBuffer<byte> message = _pipe.Rent<byte>(content.Length);
                        content.CopyTo(message.Span);
                        try
                        {
                            _pipe.Send(message);
                            return;
                        }
                        catch (IOException) when (attempt < _policy.Attempts)
                        {
                            Thread.Sleep(_policy.Pause);
                            _pipe.Dispose();
                            _pipe = _connect();
                        }
                    }
                }
            }
            """,
        ["SamplerDisposesWhatItDrops"] = """
            public enum Decision { Keep, Drop, Truncate }

            public sealed class Sampler(SpliceWriter pipe, Func<ReadOnlyMemory<byte>, Decision> decide)
            {
                public int Offer(ReadOnlySpan<byte> trace)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(trace.Length);
                    trace.CopyTo(buffer.Span);
                    int sent = decide(buffer.Memory) switch
                    {
                        Decision.Keep => Ship(buffer, trace.Length),
                        Decision.Truncate => Ship(buffer, Math.Min(trace.Length, 512)),
                        _ => Forget(buffer),
                    };
                    buffer.Dispose();
                    return sent;
                }

                private int Ship(PageBuffer<byte> buffer, int length)
                {
                    pipe.Send(buffer, length);
                    return length;
                }

                private static int Forget(PageBuffer<byte> buffer)
                {
                    buffer.Dispose();
                    return 0;
                }
            }
            """,
        ["TickerPlantSequenceBeforeFlush"] = """
            namespace D081;

            [Spliceable]
            public partial struct Tick { public long Sequence; public double Price; }

            public sealed class TickerPlant : IDisposable
            {
                private readonly RecordBroadcaster<Tick> _out;
                private readonly Lock _gate = new();
                private long _sequence;

                public TickerPlant(IEnumerable<SpliceWriter> pipes)
                    => _out = new RecordBroadcaster<Tick>(pipes, new() { SlowReader = SlowReader.Drop });

                public void Publish(double price, bool now)
                {
                    lock (_gate)
                    {
                        ref Tick tick = ref _out.Next();
                        tick.Price = price;
                        tick.Sequence = ++_sequence;
                        if (now)
                        {
                            _out.Flush();
                            tick = ref _out.Next();
                            tick.Price = double.NaN;
                        }

                        tick.Sequence = _sequence;
                    }
                }

                public void Dispose()
                {
                    lock (_gate)
                    {
                        _out.Complete();
                        _out.Dispose();
                    }
                }
            }
            """,
    };
}
