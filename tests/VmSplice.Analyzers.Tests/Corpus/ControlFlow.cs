// Every statement that C# has, around a buffer that is sent once.
namespace Corpus.ControlFlow;

public enum Kind { Drop, Small, Large, Frozen }

public static class Flow
{
    public static void SwitchStatement(SpliceWriter pipe, PageBuffer<int> buffer, Kind kind)
    {
        switch (kind)
        {
            case Kind.Drop:
                buffer.Dispose();
                break;
            case Kind.Small:
                pipe.Write<int>(buffer.Span);
                goto case Kind.Drop;
            case Kind.Large:
                pipe.Send(buffer);
                break;
            default:
                using (FrozenPages<int> frozen = buffer.Freeze())
                {
                    pipe.Send(frozen);
                }

                break;
        }
    }

    public static int SwitchExpression(SpliceWriter pipe, PageBuffer<int> buffer) => buffer switch
    {
        { State: not PageBufferState.Owned } => 0,
        { Length: 0 } => Dropped(buffer),
        _ => Sent(pipe, buffer),
    };

    public static void Conditional(SpliceWriter first, SpliceWriter second, PageBuffer<int> buffer, bool left)
        => (left ? first : second).Send(buffer);

    public static void Goto(SpliceWriter pipe, Func<int> next)
    {
        PageBuffer<int> buffer = pipe.Rent<int>(16);
        int used = 0;
    again:
        int value = next();
        if (value >= 0 && used < buffer.Length)
        {
            buffer[used++] = value;
            goto again;
        }

        pipe.Send(buffer, used);
    }

    public static void BreakOutOfTwo(SpliceWriter pipe, int[][] rows)
    {
        PageBuffer<int> flat = pipe.Rent<int>(256);
        int used = 0;
        foreach (int[] row in rows)
        {
            foreach (int value in row)
            {
                if (used == flat.Length)
                {
                    goto full;
                }

                flat[used++] = value;
            }
        }

    full:
        pipe.Send(flat, used);
    }

    public static void SentFlag(SpliceWriter pipe, PageBuffer<int> buffer, IEnumerable<int> values)
    {
        bool sent = false;
        foreach (int value in values)
        {
            if (!sent && value > 100)
            {
                pipe.Send(buffer);
                sent = true;
            }
        }

        if (!sent)
        {
            buffer.Dispose();
        }
    }

    public static void SameConditionTwice(SpliceWriter pipe, PageBuffer<int> buffer, bool keep)
    {
        if (!keep)
        {
            pipe.Send(buffer);
        }

        Console.WriteLine(keep);
        if (keep)
        {
            buffer[0]++;
            pipe.Send(buffer);
        }
    }

    public static bool ShortCircuit(SpliceWriter pipe, PageBuffer<int> buffer)
        => buffer.Length > 3 && buffer[3] != 0 && Sent(pipe, buffer) > 0;

    public static void NullConditional(SpliceWriter? pipe, Func<SpliceWriter, PageBuffer<int>> make)
    {
        if (pipe is not null)
        {
            pipe.Send(make(pipe));
        }

        pipe?.Write("done\n"u8);
    }

    public static void LocalFunctions(SpliceWriter pipe, int count)
    {
        PageBuffer<int> buffer = pipe.Rent<int>(count);
        for (int i = 0; i < count; i++)
        {
            Set(i, i * 2);
        }

        pipe.Send(buffer);

        void Set(int index, int value) => buffer[index] = value;
    }

    public static void LambdaRunBefore(SpliceWriter pipe, List<int> values)
    {
        PageBuffer<int> buffer = pipe.Rent<int>(values.Count);
        int used = 0;
        values.ForEach(value => buffer[used++] = value);
        pipe.Send(buffer);
    }

    public static void Locked(SpliceWriter pipe, Lock gate, PageBuffer<int> buffer)
    {
        lock (gate)
        {
            buffer[0] = Environment.CurrentManagedThreadId;
            pipe.Send(buffer);
        }
    }

    public static void WhileTrue(SpliceWriter pipe, Func<PageBuffer<int>, bool> fill)
    {
        while (true)
        {
            PageBuffer<int> buffer = pipe.Rent<int>(8);
            if (!fill(buffer))
            {
                buffer.Dispose();
                return;
            }

            pipe.Send(buffer);
        }
    }

    public static void Backwards(SpliceWriter pipe, ReadOnlySpan<int> values)
    {
        PageBuffer<int> buffer = pipe.Rent<int>(values.Length);
        int i = values.Length;
        while (i-- > 0)
        {
            buffer[values.Length - 1 - i] = values[i];
        }

        pipe.Send(buffer);
    }

    public static void Coalesce(SpliceWriter pipe, PageBuffer<int>? given)
    {
        PageBuffer<int> buffer = given ?? pipe.Rent<int>(4);
        buffer.Span[0] = 1;
        pipe.Send(buffer);
    }

    public static void ReassignedParameter(SpliceWriter pipe, PageBuffer<int> buffer)
    {
        pipe.Send(buffer);
        buffer = pipe.Rent<int>(2);
        buffer[1] = 1;
        pipe.Send(buffer);
    }

    public static void OutParameter(SpliceWriter pipe, out PageBuffer<int> buffer)
    {
        buffer = pipe.Rent<int>(2);
        buffer.Span.Clear();
    }

    public static void UseOut(SpliceWriter pipe)
    {
        OutParameter(pipe, out PageBuffer<int> buffer);
        pipe.Send(buffer);
    }

    private static int Dropped(PageBuffer<int> buffer)
    {
        buffer.Dispose();
        return 0;
    }

    private static int Sent(SpliceWriter pipe, PageBuffer<int> buffer)
    {
        int length = buffer.Length;
        pipe.Send(buffer);
        return length;
    }
}

public static class HeldBack
{
    // The last of them goes out with a mark: each is held back until it is known whether another comes.
    public static void OneBehind(SpliceWriter pipe, IEnumerable<int> values)
    {
        PageBuffer<int>? pending = null;
        foreach (int value in values)
        {
            PageBuffer<int> next = pipe.Rent<int>(64);
            next.Span.Fill(value);
            if (pending is { } full)
            {
                Send(pipe, full, isLast: false);
            }

            pending = next;
        }

        if (pending is { } last)
        {
            Send(pipe, last, isLast: true);
        }
    }

    public static void Lazily(SpliceWriter pipe, int rounds)
    {
        PageBuffer<int>? pending = pipe.Rent<int>(4);
        while (rounds-- > 0)
        {
            if (pending is { } full)
            {
                pipe.Send(full);
                pending = null;
            }

            if (rounds > 3)
            {
                pending = pipe.Rent<int>(4);
            }
        }

        if (pending is { } last)
        {
            pipe.Send(last);
        }
    }

    public static void WithOtherCondition(SpliceWriter pipe, int rounds)
    {
        PageBuffer<int>? pending = pipe.Rent<int>(4);
        while (rounds-- > 0)
        {
            if (pending is PageBuffer<int> full && rounds > 7)
            {
                pipe.Send(full);
                pending = null;
            }

            pending ??= pipe.Rent<int>(4);
        }

        pending?.Dispose();
    }

    public static void ReplacedByHelper(SpliceWriter pipe, ref PageBuffer<int> current, ref int used, int value)
    {
        if (used == current.Length)
        {
            Replace(pipe, ref current, out used);
        }

        current[used++] = value;
    }

    public static void ReplacedPerhaps(SpliceWriter pipe, ref PageBuffer<int> current, int value)
    {
        ReplaceIf(pipe, ref current, value > 3);
        current[0] = value;
    }

    public static void LocalReplaced(SpliceWriter pipe, int count)
    {
        PageBuffer<int> current = pipe.Rent<int>(4);
        for (int i = 0; i < count; i++)
        {
            if (i % 4 == 0)
            {
                Replace(pipe, ref current, out _);
            }

            current[i % 4] = i;
        }

        pipe.Send(current);
    }

    private static void Replace(SpliceWriter pipe, ref PageBuffer<int> current, out int used)
    {
        PageBuffer<int> full = current;
        current = pipe.Rent<int>(full.Length);
        pipe.Send(full);
        used = 0;
    }

    private static void ReplaceIf(SpliceWriter pipe, ref PageBuffer<int> current, bool isFull)
    {
        if (isFull)
        {
            pipe.Send(current);
            current = pipe.Rent<int>(4);
        }
    }

    private static void Send(SpliceWriter pipe, PageBuffer<int> buffer, bool isLast)
    {
        buffer[0] = isLast ? -1 : 1;
        pipe.Send(buffer);
    }
}
