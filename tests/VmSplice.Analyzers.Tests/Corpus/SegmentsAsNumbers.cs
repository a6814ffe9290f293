// A segment that is written as two numbers, an address and a length.
using System.Runtime.InteropServices;

namespace Corpus.SegmentsAsNumbers;

static unsafe class Libc
{
    [DllImport("libc")]
    public static extern nint vmsplice(int fd, void* v, nuint n, uint f);
}

static unsafe class TwoNumbers
{
    static void StackWithValues(int fd, nint address, nint length)
    {
        nint* v = stackalloc nint[2]
        {
            address,
            length
        };
        if (Libc.vmsplice(fd, v, 1, 0) != length)
            throw new IOException();
    }

    static void StackFilledLater(int fd, byte* a, int length)
    {
        nuint* v = stackalloc nuint[2];
        v[0] = (nuint)a;
        v[1] = (nuint)length;
        if (Libc.vmsplice(fd, v, 1, 0) != length)
            throw new IOException();
    }

    static void SpanOfTheStack(int fd, byte* a, int length)
    {
        Span<nint> v = stackalloc nint[2];
        v[0] = (nint)a;
        v[1] = length;
        fixed (nint* q = v)
        {
            if (Libc.vmsplice(fd, q, 1, 0) != length)
                throw new IOException();
        }
    }

    static void Tuple(int fd, byte* a, int length)
    {
        (nint, nint) v = ((nint)a, length);
        if (Libc.vmsplice(fd, &v, 1, 0) != length)
            throw new IOException();
    }

    static void NativeMemoryFreedAfterwards(int fd, byte* a, int length)
    {
        nint* v = (nint*)NativeMemory.Alloc(16);
        v[0] = (nint)a;
        v[1] = length;
        nint r = Libc.vmsplice(fd, v, 1, 0);
        NativeMemory.Free(v);
        if (r != length)
            throw new IOException();
    }
}

static unsafe class ImportThatTakesANumber
{
    [DllImport("libc")]
    static extern nint vmsplice(int fd, nint v, nuint n, uint f);

    static void Send(int fd, byte* a, int length)
    {
        long* v = stackalloc long[]
        {
            (long)a,
            length
        };
        if (vmsplice(fd, (nint)v, 1, 0) != length)
            throw new IOException();
    }
}

static unsafe class ImportThatTakesAnArray
{
    [DllImport("libc")]
    static extern nint vmsplice(int fd, nint[] v, nuint n, uint f);

    static void Send(int fd, byte* a, int length)
    {
        nint[] v = [(nint)a, length];
        if (vmsplice(fd, v, 1, 0) != length)
            throw new IOException();
    }
}

static unsafe class ImportThatTakesBytes
{
    [DllImport("libc")]
    static extern nint vmsplice(int fd, byte* v, nuint n, uint f);

    static void Send(int fd, byte* a, int length)
    {
        byte* v = stackalloc byte[16];
        *(nint*)v = (nint)a;
        *(nint*)(v + 8) = length;
        if (vmsplice(fd, v, 1, 0) != length)
            throw new IOException();
    }
}

static unsafe class SystemCallByNumber
{
    [DllImport("libc")]
    static extern nint syscall(nint nr, int fd, void* v, nuint n, uint f);

    static void Send(int fd, byte* a, int length)
    {
        nint* v = stackalloc nint[2]
        {
            (nint)a,
            length
        };
        if (syscall(278, fd, v, 1, 0) != length)
            throw new IOException();
    }
}
