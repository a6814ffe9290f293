// Lists of segments: the kernel reads them during the call, whoever owns or frees them afterwards.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.SegmentLists.ParamForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static nint Send(int fd, iovec[] v)
        {
            fixed (iovec* p = v)
            {
                return vmsplice(fd, p, (nuint)Math.Min(v.Length, 1024), 0);
            }
        }
    }
}

namespace Corpus.SegmentLists.FieldForm
{
    sealed unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        readonly iovec[] _v = new iovec[16];
        nint Send(int fd, byte* a)
        {
            _v[0].b = a;
            _v[0].l = 4096;
            fixed (iovec* p = _v)
            {
                return vmsplice(fd, p, 1, 0);
            }
        }
    }
}

namespace Corpus.SegmentLists.PooledForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static void Send(int fd, byte* a, int n)
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
                    nint r = vmsplice(fd, p, (nuint)n, 0);
                    if (r != n * 4096)
                        throw new IOException();
                }
            }
            finally
            {
                ArrayPool<iovec>.Shared.Return(v);
            }
        }
    }
}

namespace Corpus.SegmentLists.IovecPooledSpanForm
{
    static unsafe class C
    {
        static void Send(SafeHandle pipe, byte* a, int n)
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
    }
}

namespace Corpus.SegmentLists.NativeVecForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static void Send(int fd, byte* a)
        {
            iovec* v = (iovec*)NativeMemory.Alloc(2, (nuint)sizeof(iovec));
            v[0].b = a;
            v[0].l = 4096;
            v[1].b = a + 4096;
            v[1].l = 4096;
            nint r = vmsplice(fd, v, 2, 0);
            NativeMemory.Free(v);
            if (r != 8192)
                throw new IOException();
        }
    }
}

namespace Corpus.SegmentLists.StackallocForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static void Send(int fd, byte* a, int n)
        {
            iovec* v = stackalloc iovec[16];
            for (int i = 0; i < 16; i++)
            {
                v[i].b = a + (i * 4096);
                v[i].l = 4096;
            }

            nint r = vmsplice(fd, v, 16, 0);
            if (r != 65536)
                throw new IOException();
            v[0].b = null;
        }
    }
}

namespace Corpus.SegmentLists.ListParamReuseForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static void Send(int fd, iovec* v, int n)
        {
            while (n > 0)
            {
                nint r = vmsplice(fd, v, (nuint)Math.Min(n, 1024), 0);
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
}

namespace Corpus.SegmentLists.GcPinnedFieldSpanForm
{
    sealed unsafe class C
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
}

namespace Corpus.SegmentLists.ListForm
{
    sealed unsafe class C
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
}

namespace Corpus.SegmentLists.PoolWithTryFinallyParamListForm
{
    static unsafe class C
    {
        struct iovec
        {
            public nint b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec[] v, nuint n, uint f);
        static nint Send(int fd, IReadOnlyList<(nint, int)> parts)
        {
            int n = Math.Min(parts.Count, 1024);
            var v = ArrayPool<iovec>.Shared.Rent(n);
            try
            {
                int i = 0;
                foreach (var(a, l)in parts.Take(n))
                {
                    v[i].b = a;
                    v[i++].l = (nuint)l;
                }

                return vmsplice(fd, v, (nuint)n, 0);
            }
            finally
            {
                ArrayPool<iovec>.Shared.Return(v);
            }
        }
    }
}

namespace Corpus.SegmentLists.GchandlePinnedVecForm
{
    static unsafe class C
    {
        struct iovec
        {
            public nint b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static nint Send(int fd, iovec[] v)
        {
            GCHandle h = GCHandle.Alloc(v, GCHandleType.Pinned);
            try
            {
                return vmsplice(fd, (iovec*)h.AddrOfPinnedObject(), 1, 0);
            }
            finally
            {
                h.Free();
            }
        }
    }
}

namespace Corpus.SegmentLists.MemorypoolForm
{
    static unsafe class C
    {
        static nint Send(SafeHandle pipe, byte* a)
        {
            using IMemoryOwner<IoVec> o = MemoryPool<IoVec>.Shared.Rent(4);
            Span<IoVec> v = o.Memory.Span;
            for (int i = 0; i < 4; i++)
                v[i] = new IoVec(a + (i * 4096), 4096);
            return RawPipe.VmSplice(pipe, v[..4]);
        }
    }
}

namespace Corpus.SegmentLists.NintTwoForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, void* v, nuint n, uint f);
        static void M(int fd, nint address, nint length)
        {
            nint* v = stackalloc nint[2]
            {
                address,
                length
            };
            if (vmsplice(fd, v, 1, 0) != length)
                throw new IOException();
        }
    }
}

namespace Corpus.SegmentLists.UlongArrayStackForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, void* v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
        {
            nuint* v = stackalloc nuint[2];
            v[0] = (nuint)a;
            v[1] = (nuint)length;
            if (vmsplice(fd, v, 1, 0) != length)
                throw new IOException();
        }
    }
}

namespace Corpus.SegmentLists.NintImportForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, nint v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
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
}

namespace Corpus.SegmentLists.StructByVoidForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, void* v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
        {
            iovec v;
            v.b = a;
            v.l = (nuint)length;
            if (vmsplice(fd, &v, 1, 0) != length)
                throw new IOException();
        }
    }
}

namespace Corpus.SegmentLists.SpanNintFixedForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, void* v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
        {
            Span<nint> v = stackalloc nint[2];
            v[0] = (nint)a;
            v[1] = length;
            fixed (nint* q = v)
            {
                if (vmsplice(fd, q, 1, 0) != length)
                    throw new IOException();
            }
        }
    }
}

namespace Corpus.SegmentLists.SyscallForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint syscall(nint nr, int fd, void* v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
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
}

namespace Corpus.SegmentLists.ManagedArrayOfNintForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, nint[] v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
        {
            nint[] v = [(nint)a, length];
            if (vmsplice(fd, v, 1, 0) != length)
                throw new IOException();
        }
    }
}

namespace Corpus.SegmentLists.TupleLocalForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, void* v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
        {
            (nint, nint) v = ((nint)a, length);
            if (vmsplice(fd, &v, 1, 0) != length)
                throw new IOException();
        }
    }
}

namespace Corpus.SegmentLists.BytesIovecForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, byte* v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
        {
            byte* v = stackalloc byte[16];
            *(nint*)v = (nint)a;
            *(nint*)(v + 8) = length;
            if (vmsplice(fd, v, 1, 0) != length)
                throw new IOException();
        }
    }
}

namespace Corpus.SegmentLists.NativeFreedForm
{
    static unsafe class C
    {
        [DllImport("libc")]
        static extern nint vmsplice(int fd, void* v, nuint n, uint f);
        static void M(int fd, byte* a, int length)
        {
            nint* v = (nint*)NativeMemory.Alloc(16);
            v[0] = (nint)a;
            v[1] = length;
            nint r = vmsplice(fd, v, 1, 0);
            NativeMemory.Free(v);
            if (r != length)
                throw new IOException();
        }
    }
}
