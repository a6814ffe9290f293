namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Parts of memory through helpers, lists of segments and moving pointers.</summary>
internal sealed class PartsOfMemoryOnTheWay : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AddressThatMovesAndIsWrittenBeforeItDoes"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, int n)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(65536); //~VMS2013
                    nint at = b.Address;
                    while (n > 0)
                    {
                        nint k = RawPipe.VmSplice(fd, new IoVec(at, 64), SpliceFlags.None);
                        *(byte*)at = 1; //~VMS2001
                        at += k;
                        n--;
                        if (k < 64)
                            break;
                    }
                }
            }
            """,
        ["RestOfAShortTransferThenTheFront"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, byte* p, nuint n)
                {
                    byte* at = p;
                    while (n > 0)
                    {
                        nint k = RawPipe.VmSplice(fd, new IoVec(at, n), SpliceFlags.None);
                        if (k < 0)
                            throw new IOException();
                        at += k;
                        n -= (nuint)k;
                    }
                    p[0] = 1; //~VMS2004
                }
            }
            """,
        ["ClearedByAPointerThatMoves"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, byte* p)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                    for (byte* q = p; q < p + 4096; q++)
                    {
                        *q = 0; //~VMS2004
                    }
                }
            }
            """,
        ["ClearedByAnIndex"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, byte* p)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                    for (int i = 0; i < 4096; i++)
                    {
                        p[i] = 0; //~VMS2004
                    }
                }
            }
            """,
        ["HelperThatGivesAsMuchAsItIsTold"] = """
            internal static unsafe class Program
            {
                static void Give(SafeHandle fd, byte* p, int n)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(p, (nuint)n), SpliceFlags.None) != n)
                        throw new IOException();
                }
                static void M(SafeHandle fd, byte* p)
                {
                    Give(fd, p, 4096);
                    p[4096] = 1;
                    Give(fd, p + 4096, 4096);
                }
            }
            """,
        ["LastByteThatAHelperWasToldToGive"] = """
            internal static unsafe class Program
            {
                static void Give(SafeHandle fd, byte* p, int n)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(p, (nuint)n), SpliceFlags.None) != n)
                        throw new IOException();
                }
                static void M(SafeHandle fd, byte* p)
                {
                    Give(fd, p, 4096);
                    p[4095] = 1; //~VMS2001
                }
            }
            """,
        ["HelperThatGivesAPage"] = """
            internal static unsafe class Program
            {
                static void GivePage(SafeHandle fd, byte* p)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                }
                static void M(SafeHandle fd, byte* p, int n)
                {
                    for (int i = 0; i < n; i++)
                    {
                        p[4096 * i] = 1;
                        GivePage(fd, p + 4096 * i);
                    }
                }
            }
            """,
        ["HelperThatGivesTheSamePage"] = """
            internal static unsafe class Program
            {
                static void GivePage(SafeHandle fd, byte* p)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                }
                static void M(SafeHandle fd, byte* p, int n)
                {
                    for (int i = 0; i < n; i++)
                    {
                        p[0] = 1; //~VMS2001
                        GivePage(fd, p);
                    }
                }
            }
            """,
        ["SegmentsFieldByField"] = """
            internal static unsafe class Program
            {
                [StructLayout(LayoutKind.Sequential)]
                struct iovec
                {
                    public void* iov_base;
                    public nuint iov_len;
                }
                [DllImport("libc", SetLastError = true)]
                static extern nint vmsplice(int fd, iovec* v, nuint n, uint flags);
                static void M(int fd, byte* p)
                {
                    iovec v = new()
                    {
                        iov_base = p,
                        iov_len = 4096
                    };
                    if (vmsplice(fd, &v, 1, 0) != 4096)
                        throw new IOException();
                    p[4096] = 1;
                    iovec u;
                    u.iov_base = p + 4096;
                    u.iov_len = 4096;
                    if (vmsplice(fd, &u, 1, 0) != 4096)
                        throw new IOException();
                    p[8192] = 1;
                }
            }
            """,
        ["SecondSegmentFieldByField"] = """
            internal static unsafe class Program
            {
                [StructLayout(LayoutKind.Sequential)]
                struct iovec
                {
                    public void* iov_base;
                    public nuint iov_len;
                }
                [DllImport("libc", SetLastError = true)]
                static extern nint vmsplice(int fd, iovec* v, nuint n, uint flags);
                static void M(int fd, byte* p)
                {
                    iovec u;
                    u.iov_base = p + 4096;
                    u.iov_len = 4096;
                    if (vmsplice(fd, &u, 1, 0) != 4096)
                        throw new IOException();
                    p[4096] = 1; //~VMS2001
                }
            }
            """,
        ["ListOfTwoParts"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd)
                {
                    byte* p = (byte*)NativeMemory.AlignedAlloc(16384, 4096);
                    IoVec[] v = [new(p, 4096), new(p + 8192, 4096)];
                    if (RawPipe.VmSplice(fd, v) != 8192)
                        throw new IOException();
                    p[4096] = 1;
                    p[12288] = 1;
                }
            }
            """,
        ["SecondPartOfAList"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd)
                {
                    byte* p = (byte*)NativeMemory.AlignedAlloc(16384, 4096);
                    IoVec[] v = [new(p, 4096), new(p + 8192, 4096)];
                    if (RawPipe.VmSplice(fd, v) != 8192)
                        throw new IOException();
                    p[8192] = 1; //~VMS2001
                }
            }
            """,
        ["BlockFreedWhileAPageOfItIsInFlight"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd)
                {
                    byte* p = (byte*)NativeMemory.AlignedAlloc(16384, 4096);
                    if (RawPipe.VmSplice(fd, new IoVec(p + 4096, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                    NativeMemory.AlignedFree(p); //~VMS2007
                }
            }
            """,
    };
}
