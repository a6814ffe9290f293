// Buffers in nullable variables, disposed after they were sent.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.NullableBuffers.PlainForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int>? buffer = w.Rent<int>(64);
            w.Send(buffer.Value);
            buffer?.Dispose();
        }
    }
}

namespace Corpus.NullableBuffers.TryFinallyForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int>? buffer = null;
            try
            {
                buffer = w.Rent<int>(64);
                buffer.Value.Span.Fill(n);
                w.Send(buffer.Value);
            }
            finally
            {
                buffer?.Dispose();
            }
        }
    }
}

namespace Corpus.NullableBuffers.IsNotNullDisposeForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int>? buffer = w.Rent<int>(64);
            w.Send(buffer.Value);
            if (buffer is { } b)
                b.Dispose();
            if (buffer is not null)
                buffer.Value.Dispose();
            if (buffer.HasValue)
                buffer.Value.Dispose();
            buffer.GetValueOrDefault().Dispose();
        }
    }
}

namespace Corpus.NullableBuffers.FieldNullableForm
{
    sealed class C : IDisposable
    {
        PageBuffer<int>? _b;
        void M(SpliceWriter w)
        {
            _b = w.Rent<int>(4);
            w.Send(_b.Value);
            _b = null;
        }

        public void Dispose()
        {
            _b?.Dispose();
            _b = null;
        }
    }
}

namespace Corpus.NullableBuffers.UsingNullableForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            using PageBuffer<int>? b = w.Rent<int>(4);
            w.Send(b.Value);
        }
    }
}

namespace Corpus.NullableBuffers.StateForm
{
    static class C
    {
        static bool M(SpliceWriter w)
        {
            PageBuffer<int>? b = w.Rent<int>(4);
            w.Send(b.Value);
            return b?.State == PageBufferState.Sent;
        }
    }
}

namespace Corpus.NullableBuffers.FrozenForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int>? b = w.Rent<int>(4);
            using var f = b.Value.Freeze();
            w.Send(f);
            b?.Dispose();
        }
    }
}

namespace Corpus.NullableBuffers.ClassFrameForm
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
        static void M(SpliceWriter w)
        {
            Frame? f = Frame.Rent(w);
            w.Send(f);
            f?.Dispose();
        }
    }
}

namespace Corpus.NullableBuffers.AsIdisposableForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int>? b = w.Rent<int>(4);
            w.Send(b.Value);
            (b as IDisposable)?.Dispose();
        }
    }
}
