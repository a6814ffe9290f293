namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers and batches that stay reachable when they are no longer there.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchQueue"] = """
            using System.Threading.Channels;

            [Spliceable]
            public partial struct ClickEvent
            {
                public long Time;
                public long Session;
            }

            public sealed class BatchQueue(RecordReader<ClickEvent> clicks)
            {
                private readonly Channel<ReadOnlyMemory<ClickEvent>> _batches = Channel.CreateBounded<ReadOnlyMemory<ClickEvent>>(64);

                public async Task FillAsync(CancellationToken cancellation)
                {
                    while (await clicks.ReadBatchAsync(cancellation) is { IsEmpty: false } batch)
                    {
                        await _batches.Writer.WriteAsync(batch, cancellation); //~VMS2016
                    }

                    _batches.Writer.Complete();
                }

                public async Task<int> SessionsAsync(CancellationToken cancellation)
                {
                    HashSet<long> sessions = [];
                    await foreach (ReadOnlyMemory<ClickEvent> batch in _batches.Reader.ReadAllAsync(cancellation))
                    {
                        foreach (ref readonly ClickEvent click in batch.Span)
                        {
                            sessions.Add(click.Session);
                        }
                    }

                    return sessions.Count;
                }
            }
            """,
        ["RequestTracker"] = """
            public sealed class RequestTracker(SpliceWriter backend)
            {
                private Dictionary<long, PageBuffer<byte>> _inFlight = [];
                private long _next;

                public int InFlight => _inFlight.Count;

                public long Start(ReadOnlySpan<byte> body)
                {
                    long id = _next++;
                    PageBuffer<byte> request = backend.Rent<byte>(body.Length);
                    body.CopyTo(request.Span);
                    _inFlight.Add(id, request);
                    backend.Send(request); //~VMS2009
                    return id;
                }

                public bool TryInspect(long id, out int firstByte)
                {
                    bool found = _inFlight.TryGetValue(id, out PageBuffer<byte> request);
                    firstByte = found ? request[0] : -1;
                    return found;
                }

                public void Restart() => _inFlight = [];
            }
            """,
        ["SettlementReport"] = """
            [Spliceable]
            public partial struct Settlement
            {
                public long Account;
                public long Cents;
            }

            public sealed class SettlementReport(Func<CancellationToken, Task<SpliceReader>> connect)
            {
                public async Task<IReadOnlyDictionary<long, long>> BuildAsync(CancellationToken cancellation)
                {
                    using RecordReader<Settlement> settlements = Settlement.CreateReader(await connect(cancellation));
                    List<ReadOnlyMemory<Settlement>> all = await settlements.ToListAsync(cancellation); //~VMS2016
                    Dictionary<long, long> totals = [];
                    foreach (ReadOnlyMemory<Settlement> batch in all)
                    {
                        foreach (Settlement one in batch.Span)
                        {
                            totals[one.Account] = totals.GetValueOrDefault(one.Account) + one.Cents;
                        }
                    }

                    return totals;
                }
            }
            """,
    };
}
