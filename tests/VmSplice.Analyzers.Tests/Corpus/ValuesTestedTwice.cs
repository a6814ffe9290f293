// A value that is tested twice, each time in words of its own: exactly one of the two branches runs.
namespace Corpus.ValuesTestedTwice;

enum Mode
{
    None,
    Sent,
    Skipped
}

enum Kind
{
    A,
    B
}

sealed class Options
{
    public bool Direct { get; init; }
}

static class Values
{
    static void NumberThatIsSet(SpliceWriter w, int n)
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

    static void EnumThatIsSet(SpliceWriter w, int n)
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

    static void EnumParameter(SpliceWriter w, Kind k)
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

    static void NullByPattern(SpliceWriter w, string? x)
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

    static void NullByOperatorThenPattern(SpliceWriter w, string? x)
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

    static void NullableNumber(SpliceWriter w, int? n)
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

    static void NumberByPattern(SpliceWriter w, int n)
    {
        PageBuffer<int> b = w.Rent<int>(4);
        if (n is > 3)
            w.Send(b);
        if (n is <= 3)
        {
            b[0] = 2;
            w.Send(b);
        }
    }

    static void LengthByOperator(SpliceWriter w, byte[] data)
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

    static void CountThatIsComputed(SpliceWriter w, int n)
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

    static void PropertyThatIsInitOnly(SpliceWriter w, Options options)
    {
        PageBuffer<int> b = w.Rent<int>(4);
        if (options.Direct)
            w.Send(b);
        if (!options.Direct)
        {
            b[0] = 2;
            w.Send(b);
        }
    }
}

sealed class FieldThatIsReadOnly(bool direct)
{
    readonly bool _direct = direct;

    void Send(SpliceWriter w)
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
