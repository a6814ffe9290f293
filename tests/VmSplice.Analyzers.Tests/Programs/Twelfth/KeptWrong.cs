namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers and batches that stay reachable when they are no longer there.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SessionKeepsBody"] = """
            namespace Upload.Sessions;

            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public int Length;
                public bool IsCommitted;
            }

            public sealed class UploadSessions(SpliceWriter store)
            {
                private readonly Dictionary<Guid, Session> _open = [];

                public Guid Begin(int most)
                {
                    Guid id = Guid.NewGuid();
                    _open.Add(id, new Session { Body = store.Rent<byte>(most) });
                    return id;
                }

                public void Append(Guid id, ReadOnlySpan<byte> part)
                {
                    Session session = _open[id];
                    part.CopyTo(session.Body.Span[session.Length..]);
                    session.Length += part.Length;
                }

                public void Commit(Guid id)
                {
                    Session session = _open[id];
                    store.Send(session.Body, session.Length); //~VMS2009
                    session.IsCommitted = true;
                }

                public void Abort(Guid id)
                {
                    if (_open.Remove(id, out Session? session))
                    {
                        session.Body.Dispose();
                        session.Body = default;
                    }
                }
            }
            """,
        ["RefParameterKept"] = """
            namespace Batching.Accumulate;

            public static class Accumulator
            {
                // Adds a value to the batch, and sends the batch where it is full.
                public static void Add(SpliceWriter pipe, ref PageBuffer<long> batch, ref int count, long value)
                {
                    batch[count] = value;
                    count++;
                    if (count == batch.Length)
                    {
                        pipe.Send(batch); //~VMS2009
                        count = 0;
                    }
                }

                public static void Finish(SpliceWriter pipe, ref PageBuffer<long> batch, ref int count)
                {
                    if (count > 0)
                    {
                        pipe.Send(batch, count);
                    }
                    else
                    {
                        batch.Dispose();
                    }

                    batch = default;
                    count = 0;
                }
            }
            """,
        ["WindowsByMinute"] = """
            namespace Analytics.Windows;

            [Spliceable]
            public partial struct Click { public long Time; public long Page; }

            public static class ClickWindows
            {
                private static long MinuteOf(in Click click) => click.Time / TimeSpan.TicksPerMinute;

                // Each batch belongs to one minute: the sender flushes when a minute ends.
                public static async Task<Dictionary<long, ReadOnlyMemory<Click>>> ByMinuteAsync(
                    RecordReader<Click> clicks, CancellationToken cancellation)
                {
                    Dictionary<long, ReadOnlyMemory<Click>> windows = [];
                    while (true)
                    {
                        ReadOnlyMemory<Click> batch = await clicks.ReadBatchAsync(cancellation);
                        if (batch.IsEmpty)
                        {
                            return windows;
                        }

                        long minute = MinuteOf(in batch.Span[0]);
                        windows[minute] = batch; //~VMS2016
                    }
                }
            }
            """,
    };
}
