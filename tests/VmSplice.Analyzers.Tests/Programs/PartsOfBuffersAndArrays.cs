namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Parts of buffers, arrays, structures and lists of pages that the raw call is given.</summary>
internal sealed class PartsOfBuffersAndArrays : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PagesFromAnArrayOfPointers"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte*[] pages)
                {
                    for (int i = 0; i < pages.Length; i++)
                    {
                        pages[i][0] = 1;
                        if (RawPipe.VmSplice(pipe, new IoVec(pages[i], (nuint)Environment.SystemPageSize), SpliceFlags.Gift) != Environment.SystemPageSize)
                        {
                            throw new IOException();
                        }
                    }
                }
            }
            """,
        ["PagesFromAnArrayOfAddresses"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, nint[] pages)
                {
                    foreach (nint page in pages)
                    {
                        Marshal.WriteByte(page, 1);
                        if (RawPipe.VmSplice(pipe, new IoVec(page, (nuint)Environment.SystemPageSize), SpliceFlags.Gift) != Environment.SystemPageSize)
                        {
                            throw new IOException();
                        }
                    }
                }
            }
            """,
        ["PagesFromAPointerToPointers"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, void** pages)
                {
                    ((byte*)pages[0])[0] = 1;
                    if (RawPipe.VmSplice(pipe, new IoVec(pages[0], (nuint)Environment.SystemPageSize), SpliceFlags.Gift) != Environment.SystemPageSize)
                    {
                        throw new IOException();
                    }
                    ((byte*)pages[1])[0] = 1;
                    if (RawPipe.VmSplice(pipe, new IoVec(pages[1], (nuint)Environment.SystemPageSize), SpliceFlags.Gift) != Environment.SystemPageSize)
                    {
                        throw new IOException();
                    }
                }
            }
            """,
        ["SecondHalfOfABuffer"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(8192);
                    buffer.Span.Fill(1);
                    if (RawPipe.VmSplice(pipe, new IoVec(buffer.Address, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    buffer.Span[4096..].Fill(2);
                    if (RawPipe.VmSplice(pipe, new IoVec(buffer.Address + 4096, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                }
            }
            """,
        ["FirstHalfOfABufferAgain"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(8192);
                    buffer.Span.Fill(1);
                    if (RawPipe.VmSplice(pipe, new IoVec(buffer.Address, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    buffer.Span[..4096].Fill(2); //~VMS2001
                }
            }
            """,
        ["TwoFixedBuffersOfOneStructure"] = """
            internal static unsafe class Program
            {
                struct Halves
                {
                    public fixed byte First[4096];
                    public fixed byte Second[4096];
                }
                static void M(SafeHandle pipe, Halves* h)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(h->First, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    h->Second[0] = 1;
                }
            }
            """,
        ["ArrayElementBehindTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    byte[] array = GC.AllocateArray<byte>(8192, pinned: true);
                    byte* p = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    array[5000] = 1;
                    array.AsSpan(4096).Fill(2);
                }
            }
            """,
        ["ArrayElementInTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    byte[] array = GC.AllocateArray<byte>(8192, pinned: true);
                    byte* p = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
                    if (RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    array[5] = 1; //~VMS2001
                }
            }
            """,
        ["TwoPointers"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* header, byte* body)
                {
                    header[0] = 1;
                    if (RawPipe.VmSplice(pipe, new IoVec(header, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    body[0] = 1;
                    if (RawPipe.VmSplice(pipe, new IoVec(body, 4096), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                }
            }
            """,
        ["ListOfSegmentsOnTheStack"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, byte* p)
                {
                    IoVec* v = stackalloc IoVec[1];
                    v[0] = new IoVec(p, 4096);
                    if (RawPipe.VmSplice(pipe, new ReadOnlySpan<IoVec>(v, 1), SpliceFlags.None) != 4096)
                    {
                        throw new IOException();
                    }
                    p[4096] = 1;
                }
            }
            """,
        ["TwoFixedPointersIntoOneArray"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd)
                {
                    byte[] a = GC.AllocateArray<byte>(8192, pinned: true);
                    fixed (byte* p = &a[0], q = &a[4096])
                    {
                        if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                            throw new IOException();
                        q[0] = 1;
                        a[8191] = 2;
                    }
                }
            }
            """,
        ["FixedPointerIntoTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd)
                {
                    byte[] a = GC.AllocateArray<byte>(8192, pinned: true);
                    fixed (byte* p = &a[0], q = &a[4095])
                    {
                        if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                            throw new IOException();
                        q[0] = 1; //~VMS2001
                    }
                }
            }
            """,
        ["AddressesAsNumbers"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, nint a)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(a, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                    Marshal.WriteByte(a + 4096, 1);
                    Marshal.WriteByte(a, 4096, 1);
                    NativeMemory.Clear((byte*)a + 4096, 100);
                    Marshal.Copy(new byte[8], 0, a + 8192, 8);
                }
            }
            """,
        ["AddressAsANumberInTheGivenPart"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, nint a)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(a, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                    Marshal.WriteByte(a, 4095, 1); //~VMS2001
                }
            }
            """,
        ["SpanOfTheRest"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, byte* p)
                {
                    Span<byte> s = new(p, 8192);
                    byte* head = p;
                    Span<byte> tail = s[4096..];
                    if (RawPipe.VmSplice(fd, new IoVec(head, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                    tail[0] = 1;
                    tail.Clear();
                    new Random().NextBytes(tail);
                }
            }
            """,
        ["RestOfABufferAfterAGift"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, PageBuffer<byte> b)
                {
                    Memory<byte> m = b.Memory;
                    if (RawPipe.VmSplice(fd, new IoVec(b.Address, (nuint)Environment.SystemPageSize), SpliceFlags.Gift) != Environment.SystemPageSize)
                        throw new IOException();
                    m.Span[Environment.SystemPageSize..].Fill(1);
                    b.Span[Environment.SystemPageSize] = 4;
                }
            }
            """,
        ["AnyElementOfAWholeBuffer"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, PageBuffer<byte> b)
                {
                    if (RawPipe.VmSplice(fd, new IoVec(b.Address, (nuint)b.Length), SpliceFlags.None) != b.Length)
                        throw new IOException();
                    b.Span[77] = 4; //~VMS2001
                }
            }
            """,
        ["PagesFromAnArrayInTurn"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, byte*[] pages, int n)
                {
                    for (int i = 0; i < n; i++)
                    {
                        byte* p = pages[i % pages.Length];
                        p[0] = 1;
                        if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                            throw new IOException();
                    }
                }
            }
            """,
        ["PagesKeptInAList"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd)
                {
                    byte* a = stackalloc byte[1];
                    List<nint> pages = [];
                    for (int i = 0; i < 4; i++)
                    {
                        byte* p = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
                        p[0] = 1;
                        pages.Add((nint)p);
                        if (RawPipe.VmSplice(fd, new IoVec(p, 4096), SpliceFlags.None) != 4096)
                            throw new IOException();
                    }
                    a[0] = 1;
                }
            }
            """,
        ["TwoHalvesInTurn"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle fd, byte* p)
                {
                    bool second = false;
                    for (int i = 0; i < 8; i++)
                    {
                        byte* half = second ? p + 32768 : p;
                        half[0] = 1;
                        if (RawPipe.VmSplice(fd, new IoVec(half, 32768), SpliceFlags.None) != 32768)
                            throw new IOException();
                        second = !second;
                    }
                }
            }
            """,
    };
}
