namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Short transfers: begun anew, forgotten behind the loop, or gone on with.</summary>
internal sealed class TransfersBegunAnew : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LoopUntilWhole"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, byte* p, int length)
                {
                    nint n;
                    do
                    {
                        n = RawPipe.VmSplice(pipe, new IoVec((nint)p, (nuint)length), SpliceFlags.None); //~VMS4002
                    }
                    while (n != length);
                }
            }
            """,
        ["WhileComparingDirectly"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, byte* p, int length)
                {
                    while (RawPipe.VmSplice(pipe, new IoVec((nint)p, (nuint)length), SpliceFlags.None) != length) //~VMS4002
                    {
                        Thread.Sleep(1);
                    }
                }
            }
            """,
        ["ForWithBreak"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, byte* p, int length)
                {
                    for (int i = 0; i < 10; i++)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec((nint)p, (nuint)length), SpliceFlags.None); //~VMS4002
                        if (n == length)
                        {
                            break;
                        }
                    }
                }
            }
            """,
        ["RetryByRecursion"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, byte* p, int length)
                {
                    nint n = RawPipe.VmSplice(pipe, new IoVec((nint)p, (nuint)length), SpliceFlags.None); //~VMS4002
                    if (n != length)
                    {
                        M(pipe, p, length);
                    }
                }
            }
            """,
        ["BreaksOnZeroAndForgets"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, byte* p, int length)
                {
                    long sent = 0;
                    while (sent < length)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec((nint)(p + sent), (nuint)(length - (int)sent)), SpliceFlags.None); //~VMS4002
                        if (n <= 0)
                        {
                            break;
                        }
                        sent += n;
                    }
                }
            }
            """,
        ["RightContinues"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, byte* p, int length)
                {
                    long sent = 0;
                    while (sent < length)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec((nint)(p + sent), (nuint)(length - (int)sent)), SpliceFlags.None);
                        if (n <= 0)
                        {
                            throw new IOException();
                        }
                        sent += n;
                    }
                }
                static long N(SafeHandle pipe, byte* p, int length)
                {
                    long sent = 0;
                    while (sent < length)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec((nint)(p + sent), (nuint)(length - (int)sent)), SpliceFlags.None);
                        if (n <= 0)
                        {
                            break;
                        }
                        sent += n;
                    }
                    return sent;
                }
                static bool O(SafeHandle pipe, byte* p, int length)
                {
                    while (length > 0)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec((nint)p, (nuint)length), SpliceFlags.None);
                        if (n <= 0)
                        {
                            break;
                        }
                        p += n;
                        length -= (int)n;
                    }
                    return length == 0;
                }
                static void Q(SafeHandle pipe, byte* p, int length, int rounds)
                {
                    for (int i = 0; i < rounds; i++)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec((nint)p, (nuint)length), SpliceFlags.None) != length)
                        {
                            throw new IOException();
                        }
                    }
                }
                static void R(SafeHandle pipe, IoVec[] v, long total)
                {
                    if (v.Length > 8) { return; }
                    while (true)
                    {
                        nint n = RawPipe.VmSplice(pipe, v, SpliceFlags.NonBlocking);
                        if (n == total)
                        {
                            return;
                        }
                        if (n > 0)
                        {
                            throw new IOException();
                        }
                        Thread.Sleep(1);
                    }
                }
                static void S(SafeHandle pipe, IoVec[] v, long total)
                {
                    if (v.Length > 8) { return; }
                    // Nothing was taken: all of it again is right.
                    nint n;
                    do
                    {
                        n = RawPipe.VmSplice(pipe, v, SpliceFlags.NonBlocking);
                    }
                    while (n == 0);
                    if (n != total)
                    {
                        throw new IOException();
                    }
                }
                static void T(SafeHandle pipe, byte* p, int length)
                {
                    while (true)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec((nint)p, (nuint)length), SpliceFlags.NonBlocking);
                        if (n == length)
                        {
                            break;
                        }
                        if (n >= 0)
                        {
                            p += n;
                            length -= (int)n;
                        }
                    }
                }
            }
            """,
    };
}
