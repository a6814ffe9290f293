// Results of the raw call, asked in every syntax: nothing was given where it failed.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.CallResults.SwitchForm
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
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            switch (n)
            {
                case -1:
                    p[0] = 1;
                    break;
                case 4096:
                    break;
                default:
                    throw new IOException();
            }
        }
    }
}

namespace Corpus.CallResults.RawIsForm
{
    static class C
    {
        static unsafe void M(SafeHandle pipe, byte* p)
        {
            nint n = RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.NonBlocking);
            if (n is 0)
            {
                p[0] = 1;
                return;
            }

            if (n != 4096)
                throw new IOException();
        }
    }
}

namespace Corpus.CallResults.SwitchExprForm
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
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            _ = n switch
            {
                < 0 => p[0] = 1,
                4096 => 0,
                _ => throw new IOException()};
        }
    }
}

namespace Corpus.CallResults.SwitchCaseForm
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
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            switch (vmsplice(fd, &v, 1, 0))
            {
                case < 0:
                    p[0] = 1;
                    break;
                case 4096:
                    break;
                default:
                    throw new IOException();
            }
        }
    }
}

namespace Corpus.CallResults.NotPatternForm
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
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            if (n is not >= 0)
            {
                p[0] = 1;
                return;
            }

            if (n is> 0 and < 4096)
                throw new IOException();
        }
    }
}

namespace Corpus.CallResults.NamedNotForm
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
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            bool ok = n >= 0;
            if (!ok)
            {
                p[0] = 1;
                return;
            }

            if (n < 4096)
                throw new IOException();
        }
    }
}

namespace Corpus.CallResults.IsnegativeSignForm
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
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            if (nint.IsNegative(n))
            {
                p[0] = 1;
                return;
            }

            if (n < 4096)
                throw new IOException();
        }
    }
}

namespace Corpus.CallResults.ThrowOnFailureThenFreeForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc", SetLastError = true)]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static void M(int fd)
        {
            byte* p = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            if (n is -1)
            {
                int e = Marshal.GetLastPInvokeError();
                NativeMemory.AlignedFree(p);
                throw new IOException("x" + e);
            }

            if (n is not 4096)
                throw new IOException();
        }
    }
}

namespace Corpus.CallResults.ConstForm
{
    static unsafe class C
    {
        const int Failed = -1;
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            if (n == Failed)
            {
                p[0] = 1;
                return;
            }

            if (n != 4096)
                throw new IOException();
        }
    }
}

namespace Corpus.CallResults.RawOrForm
{
    static class C
    {
        static unsafe void M(SafeHandle pipe, byte* p, bool x)
        {
            nint n = RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.NonBlocking);
            if (n <= 0 || x)
            {
                if (n is 0)
                {
                    p[0] = 1;
                }

                return;
            }

            if (n < 4096)
                throw new IOException();
        }
    }
}

namespace Corpus.CallResults.BoolExprMethodForm
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
        static bool Failed(nint n) => n < 0;
        static void M(int fd, byte* p)
        {
            iovec v = new()
            {
                b = p,
                l = 4096
            };
            nint n = vmsplice(fd, &v, 1, 0);
            if (Failed(n))
            {
                p[0] = 1;
                return;
            }

            if (n != 4096)
                throw new IOException();
        }
    }
}
