// Receives through vmsplice: the kernel copies into the memory during the call.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.Receiving.ReadHandleForm
{
    static class C
    {
        static unsafe long Receive(SplicePipe p)
        {
            long value;
            _ = RawPipe.VmSplice(p.ReadHandle, new IoVec(&value, 8), SpliceFlags.None);
            return value;
        }
    }
}

namespace Corpus.Receiving.ReaderHandleForm
{
    static class C
    {
        static unsafe long Receive(SpliceReader r)
        {
            long value;
            nint n = RawPipe.VmSplice(r.Handle, new IoVec(&value, 8), SpliceFlags.None);
            return n == 8 ? value : -1;
        }
    }
}

namespace Corpus.Receiving.AnonymousInForm
{
    static class C
    {
        static unsafe long Receive()
        {
            using var s = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In);
            long value;
            nint n = RawPipe.VmSplice(s.SafePipeHandle, new IoVec(&value, 8), SpliceFlags.None);
            return n == 8 ? value : -1;
        }
    }
}

namespace Corpus.Receiving.ArrayByFixedForm
{
    static class C
    {
        static unsafe int Receive(SplicePipe p)
        {
            byte[] data = new byte[4096];
            nint n;
            fixed (byte* d = data)
            {
                n = RawPipe.VmSplice(p.ReadHandle, new IoVec(d, 4096), SpliceFlags.None);
            }

            return n > 0 ? data[0] : 0;
        }
    }
}

namespace Corpus.Receiving.LocalHandleForm
{
    static class C
    {
        static unsafe int Receive(SplicePipe p)
        {
            SafeHandle h = p.ReadHandle;
            Span<byte> data = stackalloc byte[64];
            nint n;
            fixed (byte* d = data)
            {
                n = RawPipe.VmSplice(h, new IoVec(d, 64), SpliceFlags.None);
            }

            if (n <= 0)
                return 0;
            data[0] = 1;
            return data[1];
        }
    }
}

namespace Corpus.Receiving.FieldHandleForm
{
    sealed class C(SplicePipe p)
    {
        private readonly SafeHandle _in = p.ReadHandle;
        unsafe long Receive()
        {
            long value;
            nint n = RawPipe.VmSplice(_in, new IoVec(&value, 8), SpliceFlags.None);
            return n == 8 ? value : -1;
        }
    }
}

namespace Corpus.Receiving.PropertyAndPoolForm
{
    sealed class C
    {
        private readonly SplicePipe _pipe = SplicePipe.Create();
        private SafeHandle In => _pipe.ReadHandle;

        unsafe int Receive()
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(4096);
            try
            {
                fixed (byte* d = b)
                {
                    return (int)RawPipe.VmSplice(In, new IoVec(d, 4096), SpliceFlags.None);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(b);
            }
        }
    }
}

namespace Corpus.Receiving.OwnImportForm
{
    static unsafe partial class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static long Receive(SplicePipe p)
        {
            long value;
            iovec v;
            v.b = &value;
            v.l = 8;
            if (vmsplice((int)p.ReadHandle.DangerousGetHandle(), &v, 1, 0) < 0)
                throw new IOException();
            return value;
        }
    }
}

namespace Corpus.Receiving.OwnImportLocalFdForm
{
    static unsafe partial class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static long Receive(SplicePipe p)
        {
            int fd = p.ReadHandle.DangerousGetHandle().ToInt32();
            long value;
            iovec v;
            v.b = &value;
            v.l = 8;
            nint n = vmsplice(fd, &v, 1, 0);
            if (n < 0)
                throw new IOException();
            return value;
        }
    }
}

namespace Corpus.Receiving.FreeAfterReceiveForm
{
    static class C
    {
        static unsafe void Receive(SplicePipe p)
        {
            void* m = NativeMemory.Alloc(4096);
            try
            {
                nint n = RawPipe.VmSplice(p.ReadHandle, new IoVec(m, 4096), SpliceFlags.None);
                if (n < 0)
                    return;
                ((byte*)m)[0] = 1;
            }
            finally
            {
                NativeMemory.Free(m);
            }
        }
    }
}

namespace Corpus.Receiving.PipePairForm
{
    static unsafe partial class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern int pipe(int* fds);
        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static long Receive()
        {
            int* fds = stackalloc int[2];
            if (pipe(fds) != 0)
                throw new IOException();
            long value;
            iovec v;
            v.b = &value;
            v.l = 8;
            nint n = vmsplice(fds[0], &v, 1, 0);
            if (n < 0)
                throw new IOException();
            return value;
        }
    }
}

namespace Corpus.Receiving.ReceiveInAConditionalHandleForm
{
    static class C
    {
        static unsafe long Receive(SplicePipe p, SpliceReader r, bool a)
        {
            long value;
            _ = RawPipe.VmSplice(a ? p.ReadHandle : r.Handle, new IoVec(&value, 8), SpliceFlags.None);
            return value;
        }
    }
}

namespace Corpus.Receiving.HelperWrapperReceivesForm
{
    static class C
    {
        static unsafe nint Get(SplicePipe p, void* d, nuint n) => RawPipe.VmSplice(p.ReadHandle, new IoVec(d, n), SpliceFlags.None);
        static unsafe long M(SplicePipe p)
        {
            long v;
            return Get(p, &v, 8) == 8 ? v : 0;
        }
    }
}

namespace Corpus.Receiving.ParamUnknownHandleIntoPageBufferThenUseForm
{
    static class C
    {
        static unsafe int M(SplicePipe p)
        {
            using PageBuffer<byte> b = PageBuffer<byte>.Allocate(4096);
            nint n = RawPipe.VmSplice(p.ReadHandle, new IoVec(b.Address, 4096), SpliceFlags.None);
            b.Span[0] = 1;
            return b.Span[(int)n - 1];
        }
    }
}

namespace Corpus.Receiving.StandardInputHandleForm
{
    static class C
    {
        static unsafe long Receive()
        {
            using SpliceReader r = SpliceReader.OpenStandardInput();
            SafeHandle h = r.Handle;
            long value;
            IoVec[] v = [new IoVec(&value, 8)];
            nint n = RawPipe.VmSplice(h, v);
            return n == 8 ? value : 0;
        }
    }
}

namespace Corpus.Receiving.AnonymousClientInForm
{
    static class C
    {
        static unsafe long Receive(string handle)
        {
            using System.IO.Pipes.AnonymousPipeClientStream s = new(System.IO.Pipes.PipeDirection.In, handle);
            long value;
            nint n = RawPipe.VmSplice(s.SafePipeHandle, new IoVec(&value, 8), SpliceFlags.None);
            return n == 8 ? value : -1;
        }
    }
}

namespace Corpus.Receiving.ProcessStdoutForm
{
    static class C
    {
        static unsafe long Receive(SpliceLink l)
        {
            long value;
            nint n = RawPipe.VmSplice(l.Reader.Handle, new IoVec(&value, 8), SpliceFlags.None);
            return n == 8 ? value : -1;
        }
    }
}
