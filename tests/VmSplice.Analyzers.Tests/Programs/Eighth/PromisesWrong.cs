namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Methods that do something else than their annotations say.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NoiseFiller"] = """
            // Cryptography: fills a pad and gives it up when the source is out of entropy.
            public sealed class NoiseFiller(Random source)
            {
                private long _budget = 1L << 30;

                public bool Fill([Writes] PageBuffer<byte> pad) //~VMS2011
                {
                    Span<byte> all = pad.Span;
                    try
                    {
                        for (int i = 0; i < all.Length; i += 64)
                        {
                            if ((_budget -= 64) < 0)
                            {
                                return false;
                            }

                            source.NextBytes(all[i..Math.Min(i + 64, all.Length)]);
                        }

                        return true;
                    }
                    finally
                    {
                        if (_budget < 0)
                        {
                            GiveUp(pad);
                        }
                    }
                }

                private static void GiveUp(PageBuffer<byte> pad)
                {
                    pad.Dispose();
                    Console.Error.WriteLine("no entropy");
                }
            }
            """,
        ["ReorderQueue"] = """
            // Networks: packets in order are sent, old ones dropped, early ones are somebody else's.
            public sealed class ReorderQueue(SpliceWriter output, SpliceWriter early)
            {
                private long _next;

                public void Accept(
                    long sequence,
                    [Consumes] PageBuffer<byte> packet) //~VMS2011
                {
                    switch (sequence - _next)
                    {
                        case 0:
                            _next++;
                            output.Send(packet);
                            break;
                        case < 0:
                            Console.Error.WriteLine($"packet {sequence} came again");
                            break;
                        case > 0 and < 64:
                            early.Send(packet);
                            break;
                        default:
                            packet.Dispose();
                            _next = sequence + 1;
                            break;
                    }
                }
            }
            """,
        ["ScopeTrigger"] = """
            // Oscilloscopes: looks for a trigger in a trace, and remembers where it saw one.
            public sealed class ScopeTrigger(short threshold)
            {
                private PageBuffer<short> _last;
                private int _at = -1;

                public int LastLevel => _at < 0 ? 0 : _last[_at];

                public bool Watch([Borrows] PageBuffer<short> trace) //~VMS2011
                {
                    ReadOnlySpan<short> samples = trace.Span;
                    for (int i = 1; i < samples.Length; i++)
                    {
                        if (samples[i - 1] < threshold && samples[i] >= threshold)
                        {
                            _at = i;
                            _last = trace;
                            return true;
                        }
                    }

                    return false;
                }
            }
            """,
    };
}
