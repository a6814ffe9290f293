// Conditions that are tested twice, under a name or not.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.TestedTwice.SmallForm
{
    static class C
    {
        static void M(SpliceWriter w, ReadOnlySpan<byte> data)
        {
            PageBuffer<byte> b = w.Rent<byte>(data.Length);
            data.CopyTo(b.Span);
            bool small = data.Length < 4096;
            if (!small)
            {
                w.Send(b);
            }

            if (small)
            {
                w.Write<byte>(b.Span);
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.LocalIntFlagForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            int sent = 0;
            if (n > 3)
            {
                w.Send(b);
                sent = 1;
            }

            if (sent == 0)
            {
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.EnumFlagForm
{
    enum Mode
    {
        None,
        Sent,
        Skipped
    }

    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            Mode m = Mode.None;
            if (n > 3)
            {
                w.Send(b);
                m = Mode.Sent;
            }

            if (m != Mode.Sent)
            {
                b[0] = 1;
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.IsNullTwiceForm
{
    static class C
    {
        static void M(SpliceWriter w, string? x)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (x is null)
            {
                w.Send(b);
            }

            if (x is not null)
            {
                b[0] = x.Length;
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.NullAndIsNullForm
{
    static class C
    {
        static void M(SpliceWriter w, string? x)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (x == null)
            {
                w.Send(b);
            }

            if (x is { } y)
            {
                b[0] = y.Length;
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.TwiceComputedForm
{
    static class C
    {
        static bool Ask() => true;
        static void M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            bool go = Ask();
            if (go)
            {
                w.Send(b);
            }

            Console.WriteLine();
            if (!go)
            {
                b.Span.Clear();
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.EnumParamSwitchForm
{
    enum Kind
    {
        A,
        B
    }

    static class C
    {
        static void M(SpliceWriter w, Kind k)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (k == Kind.A)
            {
                w.Send(b);
            }

            if (k == Kind.B)
            {
                b[0] = 1;
            }

            if (k != Kind.A)
            {
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.NullableBoolHasvalueForm
{
    static class C
    {
        static void M(SpliceWriter w, int? n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n.HasValue)
            {
                b[0] = n.Value;
                w.Send(b);
            }

            if (!n.HasValue)
            {
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.StringEqForm
{
    static class C
    {
        static void M(SpliceWriter w, string mode)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            bool direct = mode == "direct";
            if (direct)
                w.Send(b);
            if (!direct)
            {
                b[0] = 2;
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.PropertyConstForm
{
    sealed class O
    {
        public bool Direct { get; init; }
    }

    static class C
    {
        static void M(SpliceWriter w, O o)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (o.Direct)
                w.Send(b);
            if (!o.Direct)
            {
                b[0] = 2;
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.ReadonlyFieldForm
{
    sealed class C(bool direct)
    {
        readonly bool _direct = direct;
        void M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (_direct)
                w.Send(b);
            if (!_direct)
            {
                b[0] = 2;
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.PatternIsForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (n is> 3)
                w.Send(b);
            if (n is <= 3)
            {
                b[0] = 2;
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.LenTwiceForm
{
    static class C
    {
        static void M(SpliceWriter w, byte[] data)
        {
            PageBuffer<byte> b = w.Rent<byte>(4);
            if (data.Length > 3)
                w.Send(b);
            if (data.Length <= 3)
            {
                b.Span[0] = 2;
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.ResultOfTrysendForm
{
    static class C
    {
        static bool Try(SpliceWriter w) => w.BytesUnread == 0;
        static void M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            bool ready = Try(w);
            if (ready)
            {
                w.Send(b);
            }
            else
            {
                b[0] = 1;
            }

            if (!ready)
            {
                w.Send(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.AndAlsoForm
{
    static class C
    {
        static void M(SpliceWriter w, bool a, bool c)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            bool go = a && c;
            if (go)
            {
                w.Send(b);
            }

            if (!go)
            {
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.AssignedForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            bool go;
            go = n > 3;
            if (go)
            {
                w.Send(b);
            }

            if (!go)
            {
                b[0] = 1;
                b.Dispose();
            }
        }
    }
}

namespace Corpus.TestedTwice.CountForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            int count = Math.Min(n, 4);
            if (count == 0)
            {
                b.Dispose();
            }

            if (count != 0)
            {
                w.Send(b, count);
            }
        }
    }
}

namespace Corpus.TestedTwice.LoopForm
{
    static class C
    {
        static void M(SpliceWriter w, int[] all)
        {
            foreach (int n in all)
            {
                PageBuffer<int> b = w.Rent<int>(4);
                bool big = n > 3;
                if (big)
                {
                    w.Send(b);
                }

                if (!big)
                {
                    b[0] = n;
                    w.Send(b);
                }
            }
        }
    }
}

namespace Corpus.TestedTwice.EarlyForm
{
    static class C
    {
        static async Task M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            bool big = n > 3;
            if (big)
            {
                await w.SendAsync(b);
            }

            Console.WriteLine(n);
            if (!big)
            {
                b[0] = n;
                await w.SendAsync(b);
            }
        }
    }
}

namespace Corpus.TestedTwice.RawForm
{
    static class C
    {
        static unsafe void M(SafeHandle pipe, byte* p, int n)
        {
            bool share = n >= 4096;
            nint r = 0;
            if (share)
            {
                r = RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.None);
                if (r != 4096)
                    throw new IOException();
            }

            if (!share)
            {
                p[0] = 1;
            }
        }
    }
}
