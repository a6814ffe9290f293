// A list of segments in garbage-collected memory: the kernel reads it during the call, whoever owns or unpins it afterwards.
using System.Buffers;
using System.Runtime.InteropServices;

namespace Corpus.ManagedSegmentLists;

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

static unsafe class Arrays
{
    static nint OfTheCaller(int fd, iovec[] v)
    {
        fixed (iovec* p = v)
        {
            return Libc.vmsplice(fd, p, (nuint)Math.Min(v.Length, 1024), 0);
        }
    }

    static void OfAPool(int fd, byte* a, int n)
    {
        n = Math.Min(n, 1024);
        iovec[] v = ArrayPool<iovec>.Shared.Rent(n);
        try
        {
            for (int i = 0; i < n; i++)
            {
                v[i] = new iovec
                {
                    b = a + (i * 4096),
                    l = 4096
                };
            }

            fixed (iovec* p = v)
            {
                nint r = Libc.vmsplice(fd, p, (nuint)n, 0);
                if (r != n * 4096)
                    throw new IOException();
            }
        }
        finally
        {
            ArrayPool<iovec>.Shared.Return(v);
        }
    }

    static nint PinnedByAHandle(int fd, iovec[] v)
    {
        GCHandle h = GCHandle.Alloc(v, GCHandleType.Pinned);
        try
        {
            return Libc.vmsplice(fd, (iovec*)h.AddrOfPinnedObject(), 1, 0);
        }
        finally
        {
            h.Free();
        }
    }
}

sealed unsafe class ArrayInAField
{
    readonly iovec[] _v = new iovec[16];
    nint Send(int fd, byte* a)
    {
        _v[0].b = a;
        _v[0].l = 4096;
        fixed (iovec* p = _v)
        {
            return Libc.vmsplice(fd, p, 1, 0);
        }
    }
}

static unsafe class ArrayThatTheImportPins
{
    struct segment
    {
        public nint b;
        public nuint l;
    }

    [DllImport("libc")]
    static extern nint vmsplice(int fd, segment[] v, nuint n, uint f);
    static nint Send(int fd, IReadOnlyList<(nint, int)> parts)
    {
        int n = Math.Min(parts.Count, 1024);
        var v = ArrayPool<segment>.Shared.Rent(n);
        try
        {
            int i = 0;
            foreach ((nint a, int l) in parts.Take(n))
            {
                v[i].b = a;
                v[i++].l = (nuint)l;
            }

            return vmsplice(fd, v, (nuint)n, 0);
        }
        finally
        {
            ArrayPool<segment>.Shared.Return(v);
        }
    }
}

static unsafe class PooledSegments
{
    static void OfAnArrayPool(SafeHandle pipe, byte* a, int n)
    {
        n = Math.Min(n, 1024);
        IoVec[] v = ArrayPool<IoVec>.Shared.Rent(n);
        for (int i = 0; i < n; i++)
        {
            v[i] = new IoVec(a + (i * 4096), 4096);
        }

        nint r = RawPipe.VmSplice(pipe, v.AsSpan(0, n), SpliceFlags.None);
        ArrayPool<IoVec>.Shared.Return(v);
        if (r != n * 4096)
            throw new IOException();
    }

    static nint OfAMemoryPool(SafeHandle pipe, byte* a)
    {
        using IMemoryOwner<IoVec> o = MemoryPool<IoVec>.Shared.Rent(4);
        Span<IoVec> v = o.Memory.Span;
        for (int i = 0; i < 4; i++)
            v[i] = new IoVec(a + (i * 4096), 4096);
        return RawPipe.VmSplice(pipe, v[..4]);
    }
}

sealed unsafe class GatheredInAnArray
{
    readonly IoVec[] _v = new IoVec[8];
    int _n;
    public void Add(nint a, int l) => _v[_n++] = new IoVec(a, (nuint)l);
    public nint Flush(SafeHandle pipe)
    {
        nint r = RawPipe.VmSplice(pipe, _v.AsSpan(0, _n));
        _n = 0;
        Array.Clear(_v);
        return r;
    }
}

sealed unsafe class GatheredInAList
{
    readonly List<IoVec> _v = [];
    public void Add(nint a, int l)
    {
        if (_v.Count < 1024)
            _v.Add(new IoVec(a, (nuint)l));
    }

    public nint Flush(SafeHandle pipe)
    {
        nint r = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(_v)[..Math.Min(_v.Count, 1024)]);
        _v.Clear();
        return r;
    }
}
