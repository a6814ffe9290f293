// What a method consumes it sends, disposes or keeps; what may be null it looks at first.
namespace Corpus.ConsumedParameters;

[Spliceable]
partial class Frame
{
    [Segment]
    public partial ref int Head { get; }

    [Segment(Length = 64)]
    public partial Span<byte> Body { get; }
}

static class Frames
{
    static void SentInUsing(SpliceWriter w, [Consumes] Frame frame)
    {
        using (frame)
        {
            frame.Body[0] = 1;
            w.Send(frame);
        }
    }

    static void DisposedWhereNotNull(SpliceWriter w, [Consumes] Frame? frame)
    {
        frame?.Dispose();
    }

    static void NullThenReturn(SpliceWriter w, [Consumes] Frame? frame)
    {
        if (frame is null)
        {
            return;
        }

        w.Send(frame);
    }

    static async Task NullThenReturnAsync(SpliceWriter w, [Consumes] Frame? frame)
    {
        if (frame is null)
        {
            return;
        }

        await w.SendAsync(frame);
    }

    static async Task SentInUsingAsync(SpliceWriter w, [Consumes] Frame frame)
    {
        using (frame)
        {
            await w.SendAsync(frame);
        }
    }

    static void ThrowIfNull(SpliceWriter w, [Consumes] Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        w.Send(frame);
    }

    static void ThrowInPlaceOfNull(SpliceWriter w, [Consumes] Frame frame)
    {
        w.Send(frame ?? throw new ArgumentNullException(nameof(frame)));
    }

    static void NotNullPattern(SpliceWriter w, [Consumes] Frame? frame)
    {
        if (frame is { } f)
        {
            w.Send(f);
        }
    }

    static void NotNullByOperator(SpliceWriter w, [Consumes] Frame? frame)
    {
        if (frame != null)
        {
            w.Send(frame);
        }
    }

    static async Task OwnedByAnotherVariable([Consumes] Frame frame)
    {
        using Frame f = frame;
        await Task.Yield();
        f.Body[0] = 1;
    }

    static void DisposedInFinally([Consumes] Frame frame)
    {
        try
        {
            frame.Body[0] = 1;
        }
        finally
        {
            frame?.Dispose();
        }
    }

    static void SwitchOverNull(SpliceWriter w, [Consumes] Frame? frame)
    {
        switch (frame)
        {
            case null:
                break;
            case { Head: 0 }:
                frame.Dispose();
                break;
            default:
                w.Send(frame);
                break;
        }
    }
}

static class Frozen
{
    static void SentInUsing(SpliceWriter w, [Consumes] FrozenPages<int> f)
    {
        using (f)
        {
            w.Send(f);
        }
    }

    static void DisposedWhereNotNull([Consumes] FrozenPages<int>? f)
    {
        f?.Dispose();
    }
}

static class Buffers
{
    static void SentInUsing(SpliceWriter w, [Consumes] PageBuffer<int> b)
    {
        using (b)
        {
            w.Send(b);
        }
    }

    static void DisposedWhereNotNull(SpliceWriter w, [Consumes] PageBuffer<int>? b)
    {
        b?.Dispose();
    }

    static void NullThenReturn(SpliceWriter w, [Consumes] PageBuffer<int>? b)
    {
        if (b is null)
            return;
        w.Send(b.Value);
    }

    static void NoValueThenReturn(SpliceWriter w, [Consumes] PageBuffer<int>? b)
    {
        if (!b.HasValue)
            return;
        w.Send(b.Value);
    }

    static async Task SentInUsingAsync(SpliceWriter w, [Consumes] PageBuffer<int> b)
    {
        using (b)
        {
            await w.SendAsync(b);
        }
    }

    static void EmptyThenReturn(SpliceWriter w, [Consumes] PageBuffer<int> b)
    {
        if (b.Length == 0)
        {
            return;
        }

        w.Send(b);
    }

    static void DefaultThenReturn(SpliceWriter w, [Consumes] PageBuffer<int> b)
    {
        if (b == default)
        {
            return;
        }

        w.Send(b);
    }

    static void SentUnlessItThrows(SpliceWriter w, [Consumes] PageBuffer<int> b, int n)
    {
        if (n < 0)
        {
            throw new ArgumentException("n");
        }

        w.Send(b);
    }

    static void PutIntoAQueue(Queue<PageBuffer<int>> q, [Consumes] PageBuffer<int> b) => q.Enqueue(b);
}

[Spliceable]
partial struct Tick
{
    public long A, B;
}

static class Writers
{
    static void UsedInUsing([Consumes] RecordWriter<Tick> x)
    {
        using (x)
        {
            x.Next().A = 1;
        }
    }

    static void DisposedWhereNotNull([Consumes] RecordWriter<Tick>? x)
    {
        x?.Dispose();
    }

    static async Task UsedInAwaitUsing([Consumes] RecordWriter<Tick> x)
    {
        await using (x)
        {
            x.Next().A = 1;
        }
    }
}
