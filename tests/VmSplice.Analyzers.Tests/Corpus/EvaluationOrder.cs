// The target of an assignment is evaluated before its value.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.EvaluationOrder.PlainForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, int[] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] = Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.CompoundForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, int[] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] += Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.SpanElementForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, Span<int> table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] = Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.ListDictionaryForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, List<int> table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] = Ship(w, buffer);
        }

        static void N(SpliceWriter w, Dictionary<int, int> table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0]] = Ship(w, buffer);
        }

        static void O(SpliceWriter w, Dictionary<int, int> table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0]] += Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.PointerForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static unsafe void M(SpliceWriter w, int* table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] = Ship(w, buffer);
        }

        static unsafe void N(SpliceWriter w, int* table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            *(table + buffer[0]) = Ship(w, buffer);
        }

        static unsafe void O(SpliceWriter w, int* table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0]] |= Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.FieldOfElementForm
{
    struct P
    {
        public int X;
        public int Y { get; set; }
    }

    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, P[] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7].X = Ship(w, buffer);
        }

        static void N(SpliceWriter w, P[] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7].Y = Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.ObjectForm
{
    sealed class P
    {
        public int X;
        public int Y { get; set; }

        public int this[int i] { get => X; set => X = value; }
    }

    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static P Get(int i) => new();
        static void M(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            Get(buffer[0]).X = Ship(w, buffer);
        }

        static void N(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            Get(buffer[0]).Y = Ship(w, buffer);
        }

        static void O(SpliceWriter w, P p)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            p[buffer[0]] = Ship(w, buffer);
        }

        static void Q(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            Get(buffer[0]).X += Ship(w, buffer);
        }

        static void R(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            Get(buffer[0]).Y += Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.RefReturnForm
{
    static class C
    {
        static int s;
        static ref int Slot(int i) => ref s;
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            Slot(buffer[0]) = Ship(w, buffer);
        }

        static void N(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            Slot(buffer[0]) -= Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.CoalescingForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, int? [] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] ??= Ship(w, buffer);
            buffer.Dispose();
        }
    }
}

namespace Corpus.EvaluationOrder.MultiDimJaggedIndexForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, int[, ] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0], buffer[1]] = Ship(w, buffer);
        }

        static void N(SpliceWriter w, int[][] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0]][buffer[1]] = Ship(w, buffer);
        }

        static void O(SpliceWriter w, int[] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[^buffer[0]] = Ship(w, buffer);
        }

        static void P(SpliceWriter w, Span<int> table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[^buffer[0]] = Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.DeconstructionForm
{
    static class C
    {
        static (int, int) Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return (1, 2);
        }

        static int One(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, int[] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            (table[buffer[0]], table[buffer[1]]) = Ship(w, buffer);
        }

        static void N(SpliceWriter w, int[] table, int x)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            (table[buffer[0]], x) = (One(w, buffer), 3);
        }
    }
}

namespace Corpus.EvaluationOrder.NestedAssignForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, int[] a, int[] c)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            a[buffer[0]] = c[buffer[1]] = Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.OrdinaryBinaryForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static int M(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            return buffer[0] + Ship(w, buffer);
        }

        static void N(SpliceWriter w)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            int x = buffer[0];
            x += buffer[1] * Ship(w, buffer);
            Console.WriteLine(x);
        }
    }
}

namespace Corpus.EvaluationOrder.SendAsyncForm
{
    static class C
    {
        static async Task<int> Ship(SpliceWriter w, PageBuffer<int> b)
        {
            await w.SendAsync(b);
            return 1;
        }

        static async Task M(SpliceWriter w, int[] table)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] = await Ship(w, buffer);
        }
    }
}

namespace Corpus.EvaluationOrder.ConditionalValueForm
{
    static class C
    {
        static int Ship(SpliceWriter w, PageBuffer<int> b)
        {
            w.Send(b);
            return 1;
        }

        static void M(SpliceWriter w, int[] table, bool c)
        {
            PageBuffer<int> buffer = w.Rent<int>(4);
            table[buffer[0] & 7] = c ? Ship(w, buffer) : Ship(w, buffer);
        }
    }
}
