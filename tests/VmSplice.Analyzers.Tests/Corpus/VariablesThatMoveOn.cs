// Variables that move on from buffer to buffer.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.VariablesThatMoveOn.SwapDoubleBufferForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> front = w.Rent<int>(64), back = w.Rent<int>(64);
            for (int i = 0; i < n; i++)
            {
                back[0] = i;
                (front, back) = (back, front);
                w.Send(front);
                front = w.Rent<int>(64);
            }

            front.Dispose();
            back.Dispose();
        }
    }
}

namespace Corpus.VariablesThatMoveOn.NextForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int> current = w.Rent<int>(64);
            for (int i = 0; i < n; i++)
            {
                PageBuffer<int> next = w.Rent<int>(64);
                current[0] = i;
                next[0] = current[0];
                w.Send(current);
                current = next;
            }

            w.Send(current);
        }
    }
}

namespace Corpus.VariablesThatMoveOn.AsyncPipelineForm
{
    static class C
    {
        static async Task M(SpliceWriter w, int n)
        {
            PageBuffer<int> current = w.Rent<int>(64);
            current.Span.Fill(0);
            for (int i = 1; i < n; i++)
            {
                ValueTask sending = w.SendAsync(current);
                PageBuffer<int> next = w.Rent<int>(64);
                next.Span.Fill(i);
                await sending;
                current = next;
            }

            await w.SendAsync(current);
        }
    }
}

namespace Corpus.VariablesThatMoveOn.ThreeForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            var a = w.Rent<int>(64);
            var b = w.Rent<int>(64);
            var c = w.Rent<int>(64);
            while (n-- > 0)
            {
                a.Span.Fill(n);
                w.Send(a);
                a = b;
                b = c;
                c = w.Rent<int>(64);
            }

            a.Dispose();
            b.Dispose();
            c.Dispose();
        }
    }
}

namespace Corpus.VariablesThatMoveOn.FieldsForm
{
    sealed class C
    {
        PageBuffer<int> _a, _b;
        void M(SpliceWriter w, int n)
        {
            _a = w.Rent<int>(64);
            _b = w.Rent<int>(64);
            for (int i = 0; i < n; i++)
            {
                _a[0] = i;
                w.Send(_a);
                _a = _b;
                _b = w.Rent<int>(64);
            }
        }
    }
}

namespace Corpus.VariablesThatMoveOn.RentInBranchForm
{
    static class C
    {
        static void M(SpliceWriter w, int[] data)
        {
            var cur = w.Rent<int>(64);
            int at = 0;
            foreach (int x in data)
            {
                if (at == cur.Length)
                {
                    w.Send(cur);
                    cur = w.Rent<int>(64);
                    at = 0;
                }

                cur[at++] = x;
            }

            if (at > 0)
                w.Send(cur, at);
            else
                cur.Dispose();
        }
    }
}

namespace Corpus.VariablesThatMoveOn.NullablePrevForm
{
    static class C
    {
        static void M(SpliceWriter w, int n)
        {
            PageBuffer<int>? previous = null;
            for (int i = 0; i < n; i++)
            {
                PageBuffer<int> b = w.Rent<int>(64);
                b[0] = i;
                if (previous is { } p)
                {
                    b[1] = p[0];
                    w.Send(p);
                }

                previous = b;
            }

            if (previous is { } last)
                w.Send(last);
        }
    }
}
