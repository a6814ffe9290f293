// A list of segments on the stack or in native memory: the kernel reads it during the call, and it may be freed or changed afterwards.
using System.Runtime.InteropServices;

namespace Corpus.NativeSegmentLists;

unsafe struct iovec
{
    public void* b;
    public nuint l;
}

static unsafe class Libc
{
    [DllImport("libc")]
    public static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
}

static unsafe class Lists
{
    static void FreedAfterwards(int fd, byte* a)
    {
        iovec* v = (iovec*)NativeMemory.Alloc(2, (nuint)sizeof(iovec));
        v[0].b = a;
        v[0].l = 4096;
        v[1].b = a + 4096;
        v[1].l = 4096;
        nint r = Libc.vmsplice(fd, v, 2, 0);
        NativeMemory.Free(v);
        if (r != 8192)
            throw new IOException();
    }

    static void OnTheStack(int fd, byte* a, int n)
    {
        iovec* v = stackalloc iovec[16];
        for (int i = 0; i < 16; i++)
        {
            v[i].b = a + (i * 4096);
            v[i].l = 4096;
        }

        nint r = Libc.vmsplice(fd, v, 16, 0);
        if (r != 65536)
            throw new IOException();
        v[0].b = null;
    }

    static void MovedOnByWhatWasSent(int fd, iovec* v, int n)
    {
        while (n > 0)
        {
            nint r = Libc.vmsplice(fd, v, (nuint)Math.Min(n, 1024), 0);
            if (r < 0)
                throw new IOException();
            while (n > 0 && (nuint)r >= v->l)
            {
                r -= (nint)v->l;
                v++;
                n--;
            }

            if (n > 0)
            {
                v->b = (byte*)v->b + r;
                v->l -= (nuint)r;
            }
        }
    }
}

static unsafe class ListByAnUntypedPointer
{
    [DllImport("libc")]
    static extern nint vmsplice(int fd, void* v, nuint n, uint f);

    static void Send(int fd, byte* a, int length)
    {
        iovec v;
        v.b = a;
        v.l = (nuint)length;
        if (vmsplice(fd, &v, 1, 0) != length)
            throw new IOException();
    }
}
