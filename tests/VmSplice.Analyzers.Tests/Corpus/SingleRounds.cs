// Loops that run once by their constants.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.SingleRounds.PlainForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            for (int j = 0; j < 1; j++)
            {
                w.Send(d);
            }
        }
    }
}

namespace Corpus.SingleRounds.WhileOnceForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            do
            {
                w.Send(d);
            }
            while (false);
        }
    }
}

namespace Corpus.SingleRounds.BreakForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            while (true)
            {
                w.Send(d);
                break;
            }
        }
    }
}

namespace Corpus.SingleRounds.ConstForm
{
    static class C
    {
        const int Rounds = 1;
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            for (int j = 0; j < Rounds; ++j)
            {
                d.Span.Fill(j);
                w.Send(d);
            }
        }
    }
}

namespace Corpus.SingleRounds.LeForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            for (int j = 1; j <= 1; j += 1)
            {
                w.Send(d);
            }
        }
    }
}

namespace Corpus.SingleRounds.DownForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            for (int j = 0; j >= 0; j--)
            {
                w.Send(d);
            }
        }
    }
}

namespace Corpus.SingleRounds.StepForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            for (int j = 0; j < 4; j += 4)
            {
                w.Send(d);
            }
        }
    }
}

namespace Corpus.SingleRounds.NeForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            for (int j = 0; j != 1; j++)
            {
                w.Send(d);
            }
        }
    }
}

namespace Corpus.SingleRounds.BoolFlagForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            bool done = false;
            while (!done)
            {
                w.Send(d);
                done = true;
            }
        }
    }
}

namespace Corpus.SingleRounds.ForBoolForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> d = w.Rent<int>(4);
            for (bool first = true; first; first = false)
            {
                w.Send(d);
            }
        }
    }
}
