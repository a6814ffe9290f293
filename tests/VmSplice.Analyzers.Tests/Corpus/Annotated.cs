// Interfaces and base classes that say what they do with a buffer.
namespace Corpus.Annotated;

public interface ISink
{
    void Take([Consumes] PageBuffer<byte> buffer);

    int Measure([Borrows] PageBuffer<byte> buffer);

    void Prepare([Writes] PageBuffer<byte> buffer);
}

public abstract class Filter
{
    public void Run(SpliceWriter pipe, PageBuffer<byte> buffer)
    {
        Change(buffer);
        if (Accepts(buffer))
        {
            pipe.Send(buffer);
        }
        else
        {
            buffer.Dispose();
        }
    }

    protected abstract void Change([Writes] PageBuffer<byte> buffer);

    protected virtual bool Accepts([Borrows] PageBuffer<byte> buffer) => buffer.Length > 0;
}

public sealed class PipeSink(SpliceWriter pipe) : ISink
{
    public void Take([Consumes] PageBuffer<byte> buffer) => pipe.Send(buffer);

    public int Measure([Borrows] PageBuffer<byte> buffer) => buffer.Span.TrimEnd((byte)0).Length;

    public void Prepare([Writes] PageBuffer<byte> buffer) => buffer.Span.Clear();
}

public sealed class CountingSink(ISink inner) : ISink
{
    public long Bytes { get; private set; }

    public void Take([Consumes] PageBuffer<byte> buffer)
    {
        Bytes += buffer.Length;
        inner.Take(buffer);
    }

    public int Measure([Borrows] PageBuffer<byte> buffer) => inner.Measure(buffer);

    public void Prepare([Writes] PageBuffer<byte> buffer) => inner.Prepare(buffer);
}

public sealed class NullSink : ISink
{
    public void Take([Consumes] PageBuffer<byte> buffer) => buffer.Dispose();

    public int Measure([Borrows] PageBuffer<byte> buffer) => 0;

    public void Prepare([Writes] PageBuffer<byte> buffer)
    {
    }
}

public static class Use
{
    public static int Through(ISink sink, SpliceWriter pipe)
    {
        PageBuffer<byte> buffer = pipe.Rent<byte>(100);
        sink.Prepare(buffer);
        int length = sink.Measure(buffer);
        sink.Take(buffer);
        return length;
    }

    public static void Route(IReadOnlyList<ISink> sinks, PageBuffer<byte> buffer)
    {
        ISink best = sinks[0];
        int most = -1;
        foreach (ISink sink in sinks)
        {
            int length = sink.Measure(buffer);
            (best, most) = length > most ? (sink, length) : (best, most);
        }

        best.Take(buffer);
    }

    public static void Either(ISink sink, SpliceWriter pipe, PageBuffer<byte> buffer, bool direct)
    {
        if (direct)
            pipe.Send(buffer);
        else
            sink.Take(buffer);
    }

    public static void Delayed(ISink sink, [Consumes] PageBuffer<byte> buffer, Queue<Action> work) => work.Enqueue(() => sink.Take(buffer));
}

// A hand-over takes the buffer whether it throws or not.
public static class Throwing
{
    public static bool TrySend(SpliceWriter pipe, [Consumes] PageBuffer<byte> buffer)
    {
        try
        {
            pipe.Send(buffer);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static async Task<bool> TrySendAsync(SpliceWriter pipe, [Consumes] PageBuffer<byte> buffer, int length)
    {
        try
        {
            await pipe.SendAsync(buffer, length).ConfigureAwait(false);
            return true;
        }
        catch (BrokenPipeException)
        {
            return false;
        }
    }

    public static int CountLost(SpliceWriter pipe, [Consumes] PageBuffer<byte> buffer, int lost)
    {
        try
        {
            lost++;
            Forward(pipe, buffer);
            lost--;
        }
        catch (IOException)
        {
            Console.Error.WriteLine(lost);
        }

        return lost;
    }

    private static void Forward(SpliceWriter pipe, [Consumes] PageBuffer<byte> buffer) => pipe.Gift(buffer);
}
