// Calls that do not return.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.CallsThatDoNotReturn.DoesnotreturnForm
{
    static class C
    {
        [DoesNotReturn]
        static void Fail() => throw new IOException();
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
            }
            else
            {
                Fail();
            }
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.FailfastForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                Environment.FailFast("x");
            }

            w.Send(b);
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.ExitForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
                Environment.Exit(1);
            }

            b[0] = 1;
            w.Send(b);
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.HelperThrowsForm
{
    static class C
    {
        static void Fail(string s)
        {
            throw new InvalidOperationException(s);
        }

        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
                Fail("x");
            }

            b[0] = 1;
            w.Send(b);
        }

        static void N(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                Fail("x");
            }

            w.Send(b);
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.DebugFailAssertForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
            }
            else
            {
                Debug.Fail("x");
                b.Dispose();
            }
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.ExceptiondispatchinfoForm
{
    static class C
    {
        static void M(SpliceWriter w, Exception e, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
            }
            else
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e);
            }
        }

        static void N(SpliceWriter w, Exception e, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
            }
            else
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e).Throw();
            }
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.ReturnsExceptionHelperGenericForm
{
    static class C
    {
        [DoesNotReturn]
        static T Fail<T>() => throw new IOException();
        static int M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            int x = n > 3 ? n : Fail<int>();
            w.Send(b);
            return x;
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.InterfaceForm
{
    interface ILog
    {
        [DoesNotReturn]
        void Fatal(string s);
    }

    static class C
    {
        static void M(SpliceWriter w, ILog log, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
                log.Fatal("x");
            }

            b[0] = 1;
            w.Send(b);
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.LocalFunctionThrowForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
                Fail();
            }

            b[0] = 1;
            w.Send(b);
            void Fail() => throw new IOException();
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.StaleBufferUseAfterFailForm
{
    static class C
    {
        static void Fail(int n) => throw new IOException("x" + n);
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            switch (n)
            {
                case 1:
                    w.Send(b);
                    break;
                case 2:
                    b.Dispose();
                    break;
                default:
                    Fail(n);
                    break;
            }
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.RawThrowHelperForm
{
    static unsafe class C
    {
        static void Throw(nint n) => throw new IOException("" + n);
        static void M(SafeHandle pipe, byte* p)
        {
            nint n = RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None);
            if (n != 4096)
            {
                Throw(n);
            }
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.InfiniteLoopForm
{
    static class C
    {
        static void Park()
        {
            while (true)
                Thread.Sleep(1000);
        }

        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
            }
            else
            {
                Park();
            }
        }
    }
}

namespace Corpus.CallsThatDoNotReturn.PropertyThrowForm
{
    static class C
    {
        static Exception Make() => new IOException();
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n > 3)
            {
                w.Send(b);
                throw Make();
            }

            b[0] = 1;
            w.Send(b);
        }
    }
}
