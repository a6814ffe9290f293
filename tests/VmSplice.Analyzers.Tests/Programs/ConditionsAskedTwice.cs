namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Conditions that are asked twice, and calls that come back where one holds.</summary>
internal sealed class ConditionsAskedTwice : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DemandOnAFlag"] = """
            internal static unsafe class Program
            {
                static void Ensure([DoesNotReturnIf(false)] bool ok)
                {
                    if (!ok)
                        throw new InvalidOperationException();
                }
                static void M(SpliceWriter w, PageBuffer<int> b, bool c)
                {
                    bool sent = false;
                    if (c)
                    {
                        w.Send(b);
                        sent = true;
                    }
                    Ensure(!sent);
                    b[0] = 1;
                }
            }
            """,
        ["AssertionOnACondition"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, bool c)
                {
                    if (c)
                    {
                        w.Send(b);
                    }
                    Debug.Assert(!c);
                    b[0] = 1;
                }
            }
            """,
        ["DemandOnAComparison"] = """
            internal static unsafe class Program
            {
                static void Ensure([DoesNotReturnIf(false)] bool ok)
                {
                    if (!ok)
                        throw new InvalidOperationException();
                }
                static void M(SpliceWriter w, PageBuffer<int> b, bool c)
                {
                    if (c)
                    {
                        w.Send(b);
                    }
                    Ensure(c == false);
                    b[0] = 1;
                }
            }
            """,
        ["DemandForTheWrongOutcome"] = """
            internal static unsafe class Program
            {
                static void Ensure([DoesNotReturnIf(false)] bool ok)
                {
                    if (!ok)
                        throw new InvalidOperationException();
                }
                static void M(SpliceWriter w, PageBuffer<int> b, bool c)
                {
                    if (c)
                    {
                        w.Send(b);
                    }
                    Ensure(c);
                    b[0] = 1; //~VMS2001
                }
            }
            """,
        ["FlagOfALength"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, byte[] data)
                {
                    bool small = data.Length < 4096;
                    PageBuffer<byte> b = default;
                    if (!small)
                    {
                        b = w.Rent<byte>(data.Length);
                        data.CopyTo(b.Span);
                        w.Send(b);
                    }
                    if (small)
                    {
                        w.Write<byte>(data);
                    }
                }
            }
            """,
        ["NumberTestedTwice"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, int mode)
                {
                    if (mode == 1)
                    {
                        w.Send(b);
                    }
                    if (mode != 1)
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                }
            }
            """,
        ["NullTestedTwice"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, string? x)
                {
                    if (x is null)
                    {
                        w.Send(b);
                    }
                    if (x is not null)
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                }
            }
            """,
        ["EnumerationTestedThenSwitched"] = """
            internal static unsafe class Program
            {
                enum Mode
                {
                    A,
                    B,
                    C
                }
                static void M(SpliceWriter w, PageBuffer<int> b, Mode mode)
                {
                    if (mode == Mode.A)
                    {
                        w.Send(b);
                    }
                    switch (mode)
                    {
                        case Mode.B:
                            b[0] = 1;
                            w.Send(b);
                            break;
                        case Mode.C:
                            w.Gift(b);
                            break;
                    }
                }
            }
            """,
        ["EarlyReturn"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, string? x)
                {
                    if (x == null)
                    {
                        w.Send(b);
                        return;
                    }
                    string y = x;
                    if (y.Length > 3)
                    {
                        b[0] = 1;
                    }
                    w.Send(b);
                }
            }
            """,
        ["NumberBelowAndAbove"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, int n)
                {
                    if (n > 10)
                    {
                        w.Send(b);
                    }
                    if (n <= 10)
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                }
            }
            """,
        ["DisjointNumbers"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, int n)
                {
                    if (n > 10)
                    {
                        w.Send(b);
                    }
                    if (n < 5)
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                    else if (n <= 10)
                    {
                        w.Gift(b);
                    }
                }
            }
            """,
        ["NamedConjunction"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, bool x, bool y)
                {
                    bool both = x && y;
                    if (both)
                    {
                        w.Send(b);
                    }
                    if (!both)
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                }
            }
            """,
        ["LengthOfWhatMayBeNull"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, byte[]? data)
                {
                    int n = data?.Length ?? 0;
                    if (n == 0)
                    {
                        w.Send(b);
                    }
                    if (n > 0)
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                }
            }
            """,
        ["NameThatMayBeNull"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, Func<bool> f)
                {
                    string? name = f() ? "x" : null;
                    if (name != null)
                    {
                        w.Send(b);
                    }
                    if (name == null)
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                }
            }
            """,
    };
}
