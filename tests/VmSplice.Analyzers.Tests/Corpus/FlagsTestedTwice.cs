// A flag that is computed once and tested twice: exactly one of the two branches runs.
using System.Runtime.InteropServices;

namespace Corpus.FlagsTestedTwice;

static class Flags
{
    static void OfALength(SpliceWriter w, ReadOnlySpan<byte> data)
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

    static bool Ask() => true;
    static void OfAnAnswer(SpliceWriter w)
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

    static void OfAText(SpliceWriter w, string mode)
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

    static void OfTwoFlags(SpliceWriter w, bool a, bool c)
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

    static void AssignedLater(SpliceWriter w, int n)
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

    static void InALoop(SpliceWriter w, int[] all)
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

    static async Task OverAnAwait(SpliceWriter w, int n)
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

    static unsafe void OverARawCall(SafeHandle pipe, byte* p, int n)
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

static class FlagThatSomethingElseIsDoneWithFirst
{
    static bool IsDrained(SpliceWriter w) => w.BytesUnread == 0;
    static void Send(SpliceWriter w)
    {
        PageBuffer<int> b = w.Rent<int>(4);
        bool ready = IsDrained(w);
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
