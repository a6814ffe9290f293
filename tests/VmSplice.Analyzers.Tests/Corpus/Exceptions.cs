// What happens to buffers when something fails.
namespace Corpus.Exceptions;

public sealed class Reconnecting(Func<SpliceWriter> connect) : IDisposable
{
    private SpliceWriter? _pipe;

    public void Send(ReadOnlySpan<byte> message)
    {
        for (int attempt = 0; ; attempt++)
        {
            SpliceWriter pipe = _pipe ??= connect();
            PageBuffer<byte> buffer = pipe.Rent<byte>(message.Length);
            message.CopyTo(buffer.Span);
            try
            {
                pipe.Send(buffer);
                return;
            }
            catch (BrokenPipeException) when (attempt < 3)
            {
                _pipe.Dispose();
                _pipe = null;
            }
        }
    }

    public void Dispose() => _pipe?.Dispose();
}

public static class Failing
{
    public static void ThrowBeforeSend(SpliceWriter pipe, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        using PageBuffer<int> buffer = pipe.Rent<int>(length);
        for (int i = 0; i < length; i++)
        {
            buffer[i] = checked(i * i);
        }

        pipe.Send(buffer);
    }

    public static bool SwallowsFailure(SpliceWriter pipe, Stream from)
    {
        PageBuffer<byte> buffer = pipe.Rent<byte>(1024);
        try
        {
            from.ReadExactly(buffer.Span);
        }
        catch (EndOfStreamException)
        {
            buffer.Dispose();
            return false;
        }

        pipe.Send(buffer);
        return true;
    }

    public static string Describe(SpliceWriter pipe, PageBuffer<byte> buffer)
    {
        int length = buffer.Length;
        try
        {
            pipe.Send(buffer);
            return $"sent {length}";
        }
        catch (BrokenPipeException broken)
        {
            return $"{broken.BytesAccepted} of {length} bytes got through";
        }
        catch (SystemCallException failed) when (failed.ErrorNumber == 4)
        {
            return "interrupted";
        }
    }

    public static void FallBack(SpliceWriter first, SpliceWriter second, ReadOnlySpan<int> values)
    {
        try
        {
            Fill(first, values);
        }
        catch (IOException)
        {
            Fill(second, values);
        }

        static void Fill(SpliceWriter pipe, ReadOnlySpan<int> values)
        {
            PageBuffer<int> buffer = pipe.Rent<int>(values.Length);
            values.CopyTo(buffer.Span);
            pipe.Send(buffer);
        }
    }

    public static void ThrowExpression(SpliceWriter pipe, PageBuffer<int>? maybe)
    {
        PageBuffer<int> buffer = maybe ?? throw new ArgumentNullException(nameof(maybe));
        buffer[0] = buffer.Length > 1 ? buffer[1] : throw new ArgumentException("too short", nameof(maybe));
        pipe.Send(buffer);
    }

    public static void CleanUpInFinally(SpliceWriter pipe, string path)
    {
        FileStream? file = null;
        PageBuffer<byte> buffer = pipe.Rent<byte>(4096);
        try
        {
            file = File.OpenRead(path);
            int read = file.Read(buffer.Span);
            pipe.Send(buffer, read);
        }
        finally
        {
            file?.Dispose();
            buffer.Dispose();
        }
    }

    public static void Records(RecordReader<Point> points, Action<RecordStreamException> damaged)
    {
        try
        {
            foreach (Point point in points)
            {
                Console.WriteLine(point.X + point.Y);
            }
        }
        catch (RecordStreamException failure)
        {
            damaged(failure);
        }
        finally
        {
            points.Dispose();
        }
    }
}

[Spliceable]
public partial struct Point
{
    public double X;
    public double Y;
}
