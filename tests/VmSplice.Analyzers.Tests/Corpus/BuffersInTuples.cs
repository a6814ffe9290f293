// Buffers that leave in a tuple.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.BuffersInTuples.PlainForm
{
    static class C
    {
        static async Task M(SpliceWriter w, Channel<(PageBuffer<int>, int)> c, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            await c.Writer.WriteAsync((b, n));
        }
    }
}

namespace Corpus.BuffersInTuples.ListOfTuplesForm
{
    static class C
    {
        static void M(SpliceWriter w, List<(PageBuffer<int> B, int N)> c, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            c.Add((b, n));
        }
    }
}

namespace Corpus.BuffersInTuples.QueueNewRecordForm
{
    sealed record Item(PageBuffer<int> B, int N);
    static class C
    {
        static void M(SpliceWriter w, Queue<Item> c, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            c.Enqueue(new Item(b, n));
        }
    }
}

namespace Corpus.BuffersInTuples.TupleReturnedForm
{
    static class C
    {
        static (PageBuffer<int>, int) M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            return (b, n);
        }

        static (PageBuffer<int> B, int N) N(SpliceWriter w) => (w.Rent<int>(4), 3);
        static async Task<(PageBuffer<int>, int)> P(SpliceWriter w)
        {
            var b = w.Rent<int>(4);
            await Task.Yield();
            return (b, 1);
        }
    }
}

namespace Corpus.BuffersInTuples.KeyvaluepairAnonymousArrayForm
{
    static class C
    {
        static void M(SpliceWriter w, Dictionary<int, (PageBuffer<int>, int)> d, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            d[n] = (b, n);
        }

        static void N(SpliceWriter w, List<KeyValuePair<int, PageBuffer<int>>> l)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            l.Add(new(1, b));
        }

        static object O(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            return new
            {
                b,
                n = 1
            };
        }

        static object P(SpliceWriter w)
        {
            var b = w.Rent<int>(4);
            return new[]
            {
                (b, 1)
            };
        }

        static object Q(SpliceWriter w)
        {
            var b = w.Rent<int>(4);
            object[] a = [b];
            return a;
        }
    }
}

namespace Corpus.BuffersInTuples.NestedForm
{
    static class C
    {
        static void M(SpliceWriter w, Channel<(int, (PageBuffer<int>, string))> c, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            if (!c.Writer.TryWrite((n, (b, "x"))))
            {
                b.Dispose();
            }
        }
    }
}

namespace Corpus.BuffersInTuples.TupleVarForm
{
    static class C
    {
        static async Task M(SpliceWriter w, Channel<(PageBuffer<int>, int)> c, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            var item = (b, n);
            await c.Writer.WriteAsync(item);
        }
    }
}

namespace Corpus.BuffersInTuples.UnknownForm
{
    interface ISink
    {
        void Put((PageBuffer<int> B, int N) item);
    }

    static class C
    {
        static void M(SpliceWriter w, ISink s, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            s.Put((b, n));
        }

        static void N(SpliceWriter w, Action<(PageBuffer<int>, int)> s, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            s((b, n));
        }
    }
}

namespace Corpus.BuffersInTuples.SourceHelperForm
{
    static class C
    {
        static void Put((PageBuffer<int> B, int N) item, SpliceWriter w) => w.Send(item.B, item.N);
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            Put((b, n), w);
        }
    }
}

namespace Corpus.BuffersInTuples.YieldForm
{
    static class C
    {
        static IEnumerable<(PageBuffer<int>, int)> M(SpliceWriter w, int n)
        {
            for (int i = 0; i < n; i++)
            {
                PageBuffer<int> b = w.Rent<int>(4);
                yield return (b, i);
            }
        }
    }
}

namespace Corpus.BuffersInTuples.FieldTupleForm
{
    sealed class C
    {
        (PageBuffer<int> B, int N) _cur;
        void M(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            _cur = (b, 1);
        }
    }
}

namespace Corpus.BuffersInTuples.ConditionalForm
{
    static class C
    {
        static void M(SpliceWriter w, Queue<(PageBuffer<int>? , int)> q, bool c)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            q.Enqueue(c ? (b, 1) : (b, 2));
        }
    }
}

namespace Corpus.BuffersInTuples.TrysetresultForm
{
    static class C
    {
        static void M(SpliceWriter w, TaskCompletionSource<(PageBuffer<int>, int)> t)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            t.SetResult((b, 1));
        }

        static Task<(PageBuffer<int>, int)> N(SpliceWriter w)
        {
            PageBuffer<int> b = w.Rent<int>(4);
            return Task.FromResult((b, 1));
        }
    }
}
