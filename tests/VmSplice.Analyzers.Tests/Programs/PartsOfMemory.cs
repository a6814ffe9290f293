namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>The raw call is given a part of some memory: the rest is the program's, the part is not.</summary>
internal sealed class PartsOfMemory : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WritePastTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    p[4096] = 1;
                }
            }
            """,
        ["WriteToTheLastGivenByte"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    p[4095] = 1; //~VMS2001
                }
            }
            """,
        ["WriteToTheSecondPageThatWasGiven"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(p + 4096, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    p[4096] = 1; //~VMS2001
                }
            }
            """,
        ["WriteBeforeTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(p + 4096, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    p[0] = 1;
                    *(p + 4095) = 2;
                }
            }
            """,
        ["SliceBehindTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p)
                {
                    Span<byte> all = new(p, 8192);
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    all[4096..].Clear();
                    all.Slice(4096, 16).Fill(3);
                }
            }
            """,
        ["SliceThatReachesIntoTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p)
                {
                    Span<byte> all = new(p, 8192);
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    all[4000..].Clear(); //~VMS2001
                }
            }
            """,
        ["SecondHalfFilledByAHelper"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    byte* block = (byte*)NativeMemory.AlignedAlloc(65536, 4096);
                    byte* first = block;
                    byte* second = block + 32768;
                    Fill(first, 32768, 1);
                    if (RawPipe.VmSplice(pipe, new IoVec(first, 32768), SpliceFlags.None) != 32768)
                    {
                        throw new IOException();
                    }
                    Fill(second, 32768, 2);
                    if (RawPipe.VmSplice(pipe, new IoVec(second, 32768), SpliceFlags.None) != 32768)
                    {
                        throw new IOException();
                    }
                }
                static void Fill(byte* p, int n, byte v)
                {
                    new Span<byte>(p, n).Fill(v);
                }
            }
            """,
        ["FirstHalfFilledByAHelperAgain"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    byte* block = (byte*)NativeMemory.AlignedAlloc(65536, 4096);
                    byte* first = block;
                    byte* second = block + 32768;
                    Fill(first, 32768, 1);
                    if (RawPipe.VmSplice(pipe, new IoVec(first, 32768), SpliceFlags.None) != 32768)
                    {
                        throw new IOException();
                    }
                    Fill(first, 32768, 2); //~VMS2001
                }
                static void Fill(byte* p, int n, byte v)
                {
                    new Span<byte>(p, n).Fill(v);
                }
            }
            """,
        ["PagesOfABlockInALoop"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    byte* block = (byte*)NativeMemory.AlignedAlloc(65536, 4096);
                    for (int i = 0; i < 16; i++)
                    {
                        byte* page = block + i * 4096;
                        new Span<byte>(page, 4096).Fill((byte)i);
                        if (RawPipe.VmSplice(pipe, new IoVec(page, 4096), SpliceFlags.None) != 4096)
                        {
                            throw new IOException();
                        }
                    }
                }
            }
            """,
        ["SamePageInEachRound"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    byte* block = (byte*)NativeMemory.AlignedAlloc(65536, 4096);
                    for (int i = 0; i < 16; i++)
                    {
                        new Span<byte>(block, 4096).Fill((byte)i); //~VMS2001
                        if (RawPipe.VmSplice(pipe, new IoVec(block, 4096), SpliceFlags.None) != 4096)
                        {
                            throw new IOException();
                        }
                    }
                }
            }
            """,
        ["ElementBehindTheGivenIntegers"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, int* p)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 1024 * sizeof(int)), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    p[1024] = 1;
                }
            }
            """,
        ["LastOfTheGivenIntegers"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, int* p)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 1024 * sizeof(int)), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    p[1023] = 1; //~VMS2001
                }
            }
            """,
        ["ElementAtTheGivenLength"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p, int half)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)half), SpliceFlags.None) != half)
                    {
                        throw new IOException();
                    }
                    p[half] = 1;
                }
            }
            """,
        ["SliceFromTheGivenLengthOn"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p, int half)
                {
                    Span<byte> all = new(p, 2 * half);
                    if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)half), SpliceFlags.None) != half)
                    {
                        throw new IOException();
                    }
                    all[half..].Fill(1);
                }
            }
            """,
        ["RingOfPages"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* ring, int pages)
                {
                    int next = 0;
                    while (true)
                    {
                        byte* page = ring + next * 4096;
                        page[0] = 1;
                        if (RawPipe.VmSplice(pipe, new IoVec(page, 4096), SpliceFlags.None) != 4096)
                        {
                            throw new IOException();
                        }
                        next = (next + 1) % pages;
                        if (next == 0)
                        {
                            return;
                        }
                    }
                }
            }
            """,
        ["PointerThatMovesFromPageToPage"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* page, byte* end)
                {
                    for (; page < end; page += 4096)
                    {
                        page[0] = 1;
                        if (RawPipe.VmSplice(pipe, new IoVec(page, 4096), SpliceFlags.None) != 4096)
                        {
                            throw new IOException();
                        }
                    }
                }
            }
            """,
    };
}
