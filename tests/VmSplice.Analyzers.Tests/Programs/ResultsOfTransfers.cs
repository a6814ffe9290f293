namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Methods whose result says whether they took the buffer.</summary>
internal sealed class ResultsOfTransfers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ResultSaysThatItWasSent"] = """
            internal static unsafe class Program
            {
                static bool TrySend(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Length == 0)
                    {
                        return false;
                    }
                    w.Send(b);
                    return true;
                }
                static void M(SpliceWriter w, SpliceWriter other, PageBuffer<int> b)
                {
                    if (!TrySend(w, b))
                    {
                        other.Send(b);
                    }
                }
            }
            """,
        ["SentWhereTheResultIsTrue"] = """
            internal static unsafe class Program
            {
                static bool TrySend(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Length == 0)
                    {
                        return false;
                    }
                    w.Send(b);
                    return true;
                }
                static void M(SpliceWriter w, SpliceWriter other, PageBuffer<int> b)
                {
                    if (TrySend(w, b))
                    {
                        other.Send(b); //~VMS2008
                    }
                }
            }
            """,
        ["ResultInAVariable"] = """
            internal static unsafe class Program
            {
                static bool TrySend(SpliceWriter w, PageBuffer<int> b, bool open)
                {
                    bool sent = false;
                    if (open)
                    {
                        w.Send(b);
                        sent = true;
                    }
                    return sent;
                }
                static void M(SpliceWriter w, SpliceWriter other, PageBuffer<int> b)
                {
                    bool done = TrySend(w, b, true);
                    if (done)
                    {
                        return;
                    }
                    other.Send(b);
                }
            }
            """,
        ["AwaitedResult"] = """
            internal static class Program
            {
                static async Task<bool> TrySendAsync(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Length == 0)
                    {
                        return false;
                    }
                    await w.SendAsync(b);
                    return true;
                }
                static async Task M(SpliceWriter w, SpliceWriter other, PageBuffer<int> b)
                {
                    if (!await TrySendAsync(w, b))
                    {
                        await other.SendAsync(b);
                    }
                }
            }
            """,
        ["ResultSaysThatItFailed"] = """
            internal static unsafe class Program
            {
                static bool Failed(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Length == 0)
                    {
                        return true;
                    }
                    w.Send(b);
                    return false;
                }
                static void M(SpliceWriter w, SpliceWriter other, PageBuffer<int> b)
                {
                    if (Failed(w, b))
                    {
                        other.Send(b);
                    }
                }
            }
            """,
        ["TwoAttempts"] = """
            internal static unsafe class Program
            {
                static bool TrySend(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Length == 0)
                    {
                        return false;
                    }
                    w.Send(b);
                    return true;
                }
                static void M(SpliceWriter w, SpliceWriter other, PageBuffer<int> b)
                {
                    if (!TrySend(w, b) && !TrySend(other, b))
                    {
                        b.Dispose();
                    }
                }
            }
            """,
        ["TakenFromAQueue"] = """
            internal static unsafe class Program
            {
                static bool TryTake(Queue<PageBuffer<int>> q, SpliceWriter w, out PageBuffer<int> b)
                {
                    if (q.Count == 0)
                    {
                        b = default;
                        return false;
                    }
                    b = w.Rent<int>(4);
                    return true;
                }
                static void M(Queue<PageBuffer<int>> q, SpliceWriter w)
                {
                    if (TryTake(q, w, out PageBuffer<int> b))
                    {
                        w.Send(b);
                    }
                }
            }
            """,
        ["ResultIsANumber"] = """
            internal static unsafe class Program
            {
                static int SendSome(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Length == 0)
                    {
                        return 0;
                    }
                    w.Send(b);
                    return 1;
                }
                static void M(SpliceWriter w, SpliceWriter other, PageBuffer<int> b)
                {
                    if (SendSome(w, b) == 0)
                    {
                        other.Send(b);
                    }
                }
            }
            """,
    };
}
