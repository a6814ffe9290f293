// Lengths and states that are asked for after the pages were given away.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.Lengths.PlainForm
{
    static class C
    {
        static int M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            w.Send(b);
            return b.Length;
        }
    }
}

namespace Corpus.Lengths.ConsoleForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            using PageBuffer<int> b = w.Rent<int>(64);
            w.Send(b);
            Console.WriteLine($"sent {b.Length} ({b.State})");
        }
    }
}

namespace Corpus.Lengths.SpanLengthForm
{
    static class C
    {
        static int M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            Span<int> s = b.Span;
            w.Send(b);
            return s.Length + (s.IsEmpty ? 1 : 0);
        }
    }
}

namespace Corpus.Lengths.DisposedLengthForm
{
    static class C
    {
        static int M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            b.Dispose();
            return b.Length;
        }
    }
}

namespace Corpus.Lengths.NullableForm
{
    static class C
    {
        static int M(SpliceWriter w)
        {
            PageBuffer<int>? b = w.Rent<int>(64);
            w.Send(b.Value);
            return b?.Length ?? 0;
        }
    }
}

namespace Corpus.Lengths.FrozenForm
{
    static class C
    {
        static int M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            using var f = b.Freeze();
            w.Send(f);
            return b.Length + f.Length;
        }
    }
}

namespace Corpus.Lengths.PatternForm
{
    static class C
    {
        static bool M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            w.Send(b);
            return b is { Length: > 3 };
        }
    }
}

namespace Corpus.Lengths.AsyncForm
{
    static class C
    {
        static async Task<long> M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            await w.SendAsync(b);
            return b.Length * 4L;
        }
    }
}

namespace Corpus.Lengths.MemoryLengthForm
{
    static class C
    {
        static int M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            Memory<int> s = b.Memory;
            w.Send(b);
            return s.Length;
        }
    }
}

namespace Corpus.Lengths.HelperForm
{
    static class C
    {
        static int Size(PageBuffer<int> b) => b.Length * sizeof(int);
        static int M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            w.Send(b);
            return Size(b);
        }
    }
}

namespace Corpus.Lengths.ExtensionPropertyForm
{
    static class X
    {
        extension(PageBuffer<int> b)
        {
            public int Bytes => b.Length * 4;
        }
    }

    static class C
    {
        static int M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(64);
            w.Send(b);
            return b.Bytes;
        }
    }
}
