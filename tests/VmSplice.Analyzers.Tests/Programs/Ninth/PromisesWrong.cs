namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Methods that break the promise of their annotations, and buffers that are left behind.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CircuitBreakerSender"] = """
            public interface IPageSender
            {
                bool Send([Consumes] PageBuffer<byte> page);
            }

            public sealed class CircuitBreakerSender(SpliceWriter pipe, TimeProvider clock) : IPageSender
            {
                private DateTimeOffset _openUntil;

                public int Refused { get; private set; }

                public bool Send([Consumes] PageBuffer<byte> page) //~VMS2011
                {
                    if (clock.GetUtcNow() < _openUntil)
                    {
                        Refused++;
                        return false;
                    }

                    try
                    {
                        pipe.Send(page);
                        return true;
                    }
                    catch (IOException)
                    {
                        _openUntil = clock.GetUtcNow().AddSeconds(30);
                        return false;
                    }
                }
            }
            """,
        ["PayloadStatistics"] = """
            public interface IPayloadVisitor
            {
                void Visit([Borrows] PageBuffer<byte> payload);
            }

            public sealed class PayloadStatistics : IPayloadVisitor
            {
                private readonly long[] _histogram = new long[256];

                public long Payloads { get; private set; }

                public IReadOnlyList<long> Histogram => _histogram;

                public void Visit([Borrows] PageBuffer<byte> payload) //~VMS2011
                {
                    using (payload)
                    {
                        foreach (byte b in payload.Span)
                        {
                            _histogram[b]++;
                        }
                    }

                    Payloads++;
                }
            }
            """,
        ["ReplayRecorder"] = """
            public sealed class ReplayRecorder(int depth)
            {
                private readonly Queue<PageBuffer<int>> _recent = new();

                public int Depth => _recent.Count;

                public void Observe(
                    long tick,
                    [Borrows] PageBuffer<int> inputs) //~VMS2011
                {
                    if (tick < 0 || inputs.Length == 0)
                    {
                        return;
                    }

                    _recent.Enqueue(inputs);
                    while (_recent.Count > depth)
                    {
                        _recent.Dequeue();
                    }
                }

                public int LatestChecksum()
                {
                    int checksum = 0;
                    foreach (PageBuffer<int> inputs in _recent)
                    {
                        checksum = HashCode.Combine(checksum, inputs[0], inputs[^1]);
                    }

                    return checksum;
                }
            }
            """,
        ["RequestEncoder"] = """
            public interface IMessageEncoder<in T>
            {
                bool TryEncode(T message, Span<byte> target, out int written);
            }

            public sealed class RequestEncoder<T>(SpliceWriter pipe, IMessageEncoder<T> encoder)
            {
                private const int MaxLength = 8 * 1024;

                public int Rejected { get; private set; }

                public bool TrySend(T message)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(MaxLength); //~VMS2013
                    if (!encoder.TryEncode(message, page.Span, out int written))
                    {
                        Rejected++;
                        return false;
                    }

                    pipe.Send(page, written);
                    return true;
                }
            }
            """,
    };
}
