// Receives that are awaited a line later.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.AwaitedLater.PlainForm
{
    static class C
    {
        static async Task<int> M(SpliceReader r)
        {
            using PageBuffer<int> b = PageBuffer<int>.Allocate(64);
            ValueTask<int> reading = r.ReadAsync(b);
            Console.WriteLine("reading");
            int n = await reading;
            b[0] = 1;
            return n;
        }
    }
}

namespace Corpus.AwaitedLater.PlainForm2
{
    static class C
    {
        static async Task<int> M(SpliceReader r)
        {
            PageBuffer<int> b = PageBuffer<int>.Allocate(64);
            var reading = r.ReadAsync(b);
            Log("x");
            int n = await reading;
            b.Dispose();
            return n;
        }

        static void Log(string s) => Console.WriteLine(s);
    }
}

namespace Corpus.AwaitedLater.WhenallForm
{
    static class C
    {
        static async Task M(SpliceReader r, SpliceWriter w)
        {
            PageBuffer<int> b = PageBuffer<int>.Allocate(64);
            Task<int> reading = r.ReadAsync(b).AsTask();
            await Task.WhenAll(reading, Task.Delay(1));
            w.Send(b);
        }
    }
}

namespace Corpus.AwaitedLater.HelperGetsBufferNoForm
{
    static class C
    {
        static async Task M(SpliceReader r, SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            ValueTask<int> reading = r.ReadAsync(b);
            int before = b.Length;
            Log(before);
            int n = await reading;
            w.Send(b, n);
        }

        static void Log(int s) => Console.WriteLine(s);
    }
}

namespace Corpus.AwaitedLater.UsingForm
{
    static class C
    {
        static async Task M(SpliceReader r)
        {
            using PageBuffer<byte> b = PageBuffer<byte>.Allocate(64);
            ValueTask<int> reading = r.ReadAsync(b.Memory);
            DoOther();
            int n = await reading;
            Console.WriteLine(b.Span[..n].Length);
        }

        static void DoOther()
        {
        }
    }
}

namespace Corpus.AwaitedLater.TwoInFlightForm
{
    static class C
    {
        static async Task M(SpliceReader r, SpliceReader q)
        {
            using PageBuffer<byte> a = PageBuffer<byte>.Allocate(64), b = PageBuffer<byte>.Allocate(64);
            var x = r.ReadAsync(a);
            var y = q.ReadAsync(b);
            int n = await x + await y;
            a[0] = 1;
            b[0] = (byte)n;
        }
    }
}

namespace Corpus.AwaitedLater.TryFinallyForm
{
    static class C
    {
        static async Task M(SpliceReader r, CancellationToken t)
        {
            PageBuffer<byte> a = PageBuffer<byte>.Allocate(64);
            ValueTask<int> x = r.ReadAsync(a, t);
            try
            {
                Log("w");
                await x;
            }
            finally
            {
                a.Dispose();
            }
        }

        static void Log(string s) => Console.WriteLine(s);
    }
}

namespace Corpus.AwaitedLater.WriteAsyncLineLaterForm
{
    static class C
    {
        static async Task M(SpliceWriter w)
        {
            PageBuffer<byte> a = PageBuffer<byte>.Allocate(64);
            ValueTask x = w.WriteAsync(a.Memory);
            Log("w");
            await x;
            a[0] = 1;
            a.Dispose();
        }

        static void Log(string s) => Console.WriteLine(s);
    }
}

namespace Corpus.AwaitedLater.GetawaiterForm
{
    static class C
    {
        static void M(SpliceReader r)
        {
            PageBuffer<byte> a = PageBuffer<byte>.Allocate(64);
            ValueTask<int> x = r.ReadAsync(a);
            Log("w");
            int n = x.AsTask().GetAwaiter().GetResult();
            a[n] = 1;
            a.Dispose();
        }

        static void Log(string s) => Console.WriteLine(s);
    }
}

namespace Corpus.AwaitedLater.ConfigureawaitForm
{
    static class C
    {
        static async Task M(SpliceReader r)
        {
            PageBuffer<byte> a = PageBuffer<byte>.Allocate(64);
            var x = r.ReadAsync(a).ConfigureAwait(false);
            Log("w");
            int n = await x;
            a[n] = 1;
            a.Dispose();
        }

        static void Log(string s) => Console.WriteLine(s);
    }
}
