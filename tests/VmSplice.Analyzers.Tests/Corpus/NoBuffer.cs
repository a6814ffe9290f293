// Default and null as no buffer.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.NoBuffer.PlainForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b.Length != 0)
                w.Send(b);
        }
    }
}

namespace Corpus.NoBuffer.PlainForm2
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
            {
                b = w.Rent<int>(n);
            }

            if (b.Length > 0)
            {
                w.Send(b);
            }
        }
    }
}

namespace Corpus.NoBuffer.DefaultForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b != default)
                w.Send(b);
        }

        static void N(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b == default)
                return;
            w.Send(b);
        }

        static void O(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (!b.Equals(default))
                w.Send(b);
        }
    }
}

namespace Corpus.NoBuffer.PatternForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b is { Length: > 0 })
                w.Send(b);
        }

        static void N(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b.Length is 0)
                return;
            w.Send(b);
        }

        static void O(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b.Length is> 0)
                w.Send(b);
        }
    }
}

namespace Corpus.NoBuffer.StateForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b.State == PageBufferState.Owned)
                w.Send(b);
        }

        static void N(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b.State is PageBufferState.Owned)
                w.Send(b);
        }
    }
}

namespace Corpus.NoBuffer.SpanEmptyForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (!b.Span.IsEmpty)
                w.Send(b);
        }

        static void N(SpliceWriter w, int n)
        {
            PageBuffer<int> b = n > 0 ? w.Rent<int>(n) : default;
            if (b.Length == 0)
            {
                return;
            }

            b[0] = 1;
            w.Send(b);
        }
    }
}

namespace Corpus.NoBuffer.LoopForm
{
    static class C
    {
        static void M(SpliceWriter w, int[] data)
        {
            PageBuffer<int> b = default;
            int at = 0;
            foreach (int x in data)
            {
                if (b.Length == 0)
                {
                    b = w.Rent<int>(16);
                    at = 0;
                }

                b[at++] = x;
                if (at == 16)
                {
                    w.Send(b);
                    b = default;
                }
            }

            if (b.Length != 0)
            {
                w.Send(b, at);
            }
        }
    }
}

namespace Corpus.NoBuffer.SwitchReturnForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            var b = new PageBuffer<int>();
            if (n > 0)
                b = w.Rent<int>(n);
            switch (b.Length)
            {
                case 0:
                    break;
                default:
                    w.Send(b);
                    break;
            }
        }
    }
}

namespace Corpus.NoBuffer.AsyncForm
{
    static class C
    {
        static async Task M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = default;
            if (n > 0)
                b = w.Rent<int>(n);
            if (b.Length != 0)
                await w.SendAsync(b);
        }
    }
}

namespace Corpus.NoBuffer.ClassParamForm
{
    [Spliceable]
    partial class Frame
    {
        [Segment]
        public partial ref int Head { get; }

        [Segment(Length = 64)]
        public partial Span<byte> Body { get; }
    }

    static class C
    {
        static void A(SpliceWriter w, [Consumes] Frame frame)
        {
            using (frame)
            {
                frame.Body[0] = 1;
                w.Send(frame);
            }
        }

        static void B(SpliceWriter w, [Consumes] Frame? frame)
        {
            frame?.Dispose();
        }

        static void D(SpliceWriter w, [Consumes] Frame? frame)
        {
            if (frame is null)
            {
                return;
            }

            w.Send(frame);
        }

        static async Task E(SpliceWriter w, [Consumes] Frame? frame)
        {
            if (frame is null)
            {
                return;
            }

            await w.SendAsync(frame);
        }

        static async Task F(SpliceWriter w, [Consumes] Frame frame)
        {
            using (frame)
            {
                await w.SendAsync(frame);
            }
        }

        static void G(SpliceWriter w, [Consumes] Frame frame)
        {
            ArgumentNullException.ThrowIfNull(frame);
            w.Send(frame);
        }

        static void H(SpliceWriter w, [Consumes] Frame frame)
        {
            w.Send(frame ?? throw new ArgumentNullException(nameof(frame)));
        }

        static void I(SpliceWriter w, [Consumes] Frame? frame)
        {
            if (frame is { } f)
            {
                w.Send(f);
            }
        }

        static void J(SpliceWriter w, [Consumes] Frame? frame)
        {
            if (frame != null)
            {
                w.Send(frame);
            }
        }

        static async Task K([Consumes] Frame frame)
        {
            using Frame f = frame;
            await Task.Yield();
            f.Body[0] = 1;
        }

        static void L([Consumes] Frame frame)
        {
            try
            {
                frame.Body[0] = 1;
            }
            finally
            {
                frame?.Dispose();
            }
        }

        static void N(SpliceWriter w, [Consumes] Frame? frame)
        {
            switch (frame)
            {
                case null:
                    break;
                case { Head: 0 }:
                    frame.Dispose();
                    break;
                default:
                    w.Send(frame);
                    break;
            }
        }
    }
}

namespace Corpus.NoBuffer.FrozenClassForm
{
    static class C
    {
        static void A(SpliceWriter w, [Consumes] FrozenPages<int> f)
        {
            using (f)
            {
                w.Send(f);
            }
        }

        static void B([Consumes] FrozenPages<int>? f)
        {
            f?.Dispose();
        }
    }
}

namespace Corpus.NoBuffer.BufferForm
{
    static class C
    {
        static void A(SpliceWriter w, [Consumes] PageBuffer<int> b)
        {
            using (b)
            {
                w.Send(b);
            }
        }

        static void B(SpliceWriter w, [Consumes] PageBuffer<int>? b)
        {
            b?.Dispose();
        }

        static void D(SpliceWriter w, [Consumes] PageBuffer<int>? b)
        {
            if (b is null)
                return;
            w.Send(b.Value);
        }

        static void E(SpliceWriter w, [Consumes] PageBuffer<int>? b)
        {
            if (!b.HasValue)
                return;
            w.Send(b.Value);
        }

        static async Task F(SpliceWriter w, [Consumes] PageBuffer<int> b)
        {
            using (b)
            {
                await w.SendAsync(b);
            }
        }

        static void G(SpliceWriter w, [Consumes] PageBuffer<int> b)
        {
            if (b.Length == 0)
            {
                return;
            }

            w.Send(b);
        }

        static void H(SpliceWriter w, [Consumes] PageBuffer<int> b)
        {
            if (b == default)
            {
                return;
            }

            w.Send(b);
        }
    }
}

namespace Corpus.NoBuffer.RecordWriterForm
{
    [Spliceable]
    partial struct Tick
    {
        public long A, B;
    }

    static class C
    {
        static void A([Consumes] RecordWriter<Tick> x)
        {
            using (x)
            {
                x.Next().A = 1;
            }
        }

        static void B([Consumes] RecordWriter<Tick>? x)
        {
            x?.Dispose();
        }

        static async Task D([Consumes] RecordWriter<Tick> x)
        {
            await using (x)
            {
                x.Next().A = 1;
            }
        }
    }
}

namespace Corpus.NoBuffer.ThrowingPathsForm
{
    static class C
    {
        static void A(SpliceWriter w, [Consumes] PageBuffer<int> b, int n)
        {
            if (n < 0)
            {
                throw new ArgumentException("n");
            }

            w.Send(b);
        }

        static void B(Queue<PageBuffer<int>> q, [Consumes] PageBuffer<int> b) => q.Enqueue(b);
    }
}
