// A handle that is default has no buffer: what is not there is neither sent nor left behind.
namespace Corpus.NoBuffer;

static class Lengths
{
    static void NotZero(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b.Length != 0)
            w.Send(b);
    }

    static void GreaterThanZero(SpliceWriter w, int n)
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

    static void PropertyPattern(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b is { Length: > 0 })
            w.Send(b);
    }

    static void ZeroPatternThenReturn(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b.Length is 0)
            return;
        w.Send(b);
    }

    static void RelationalPattern(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b.Length is > 0)
            w.Send(b);
    }

    static void Switch(SpliceWriter w, int n)
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

    static async Task NotZeroThenAwait(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b.Length != 0)
            await w.SendAsync(b);
    }
}

static class Handles
{
    static void NotDefault(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b != default)
            w.Send(b);
    }

    static void DefaultThenReturn(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b == default)
            return;
        w.Send(b);
    }

    static void NotEqualToDefault(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (!b.Equals(default))
            w.Send(b);
    }

    static void StateByOperator(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b.State == PageBufferState.Owned)
            w.Send(b);
    }

    static void StateByPattern(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (b.State is PageBufferState.Owned)
            w.Send(b);
    }
}

static class Contents
{
    static void SpanNotEmpty(SpliceWriter w, int n)
    {
        PageBuffer<int> b = default;
        if (n > 0)
            b = w.Rent<int>(n);
        if (!b.Span.IsEmpty)
            w.Send(b);
    }

    static void RentedInAConditionalExpression(SpliceWriter w, int n)
    {
        PageBuffer<int> b = n > 0 ? w.Rent<int>(n) : default;
        if (b.Length == 0)
        {
            return;
        }

        b[0] = 1;
        w.Send(b);
    }

    static void FilledOverIterations(SpliceWriter w, int[] data)
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
