// Who owns a buffer, and what happens to it when its owner ends.
using System.Diagnostics;

namespace Corpus.Disposal;

public sealed class Owner : IDisposable
{
    private readonly PageBuffer<byte> _scratch = PageBuffer<byte>.Allocate(4096);
    private bool _disposed;

    public Span<byte> Scratch
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _scratch.Span;
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _scratch.Dispose();
        }
    }
}

public sealed class Transfer(PageBuffer<int> buffer) : IDisposable
{
    private PageBuffer<int>? _buffer = buffer;

    public PageBuffer<int> Take()
    {
        PageBuffer<int> taken = _buffer ?? throw new InvalidOperationException("taken before");
        _buffer = null;
        return taken;
    }

    public void SendTo(SpliceWriter pipe)
    {
        if (_buffer is { } owned)
        {
            _buffer = null;
            pipe.Send(owned);
        }
    }

    public void Dispose()
    {
        _buffer?.Dispose();
        _buffer = null;
    }
}

public class Session : IDisposable, IAsyncDisposable
{
    private readonly SpliceWriter _pipe;
    private readonly Stack<PageBuffer<byte>> _spare = new();

    public Session(SpliceWriter pipe) => _pipe = pipe;

    public PageBuffer<byte> Get() => _spare.TryPop(out PageBuffer<byte> spare) ? spare : _pipe.Rent<byte>(4096);

    public void Return(PageBuffer<byte> unused)
    {
        if (unused.State == PageBufferState.Owned)
        {
            _spare.Push(unused);
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (PageBuffer<byte> spare in _spare)
            {
                spare.Dispose();
            }

            _spare.Clear();
            _pipe.Dispose();
        }
    }
}

public static class Scopes
{
    public static void UsingStatement(SpliceWriter pipe, Random random)
    {
        using (PageBuffer<byte> buffer = pipe.Rent<byte>(4096))
        {
            random.NextBytes(buffer.Span);
            pipe.Send(buffer);
        }
    }

    public static void Nested(SpliceWriter pipe, byte[] key)
    {
        using PageBuffer<byte> plain = pipe.Rent<byte>(key.Length);
        using PageBuffer<byte> secret = pipe.Rent<byte>(key.Length);
        plain.Span.Fill(1);
        for (int i = 0; i < key.Length; i++)
        {
            secret[i] = (byte)(plain[i] ^ key[i]);
        }

        pipe.Send(secret);
    }

    public static void FinallyDisposes(SpliceWriter pipe, Action<PageBuffer<int>> work)
    {
        PageBuffer<int> buffer = pipe.Rent<int>(64);
        try
        {
            work(buffer);
            pipe.Send(buffer);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    public static PageBuffer<int> ReturnedOrDisposed(SpliceWriter pipe, Func<int> value)
    {
        PageBuffer<int> buffer = pipe.Rent<int>(1);
        bool done = false;
        try
        {
            buffer[0] = value();
            done = true;
            return buffer;
        }
        finally
        {
            if (!done)
            {
                buffer.Dispose();
            }
        }
    }

    public static (PageBuffer<int> Left, PageBuffer<int> Right) Pair(SpliceWriter pipe) => (pipe.Rent<int>(1), pipe.Rent<int>(2));

    public static void SendPair(SpliceWriter pipe)
    {
        (PageBuffer<int> left, PageBuffer<int> right) = Pair(pipe);
        left.Span.Clear();
        right.Span.Clear();
        pipe.Send(left);
        pipe.Send(right);
    }

    public static void AskedFirst(SpliceWriter pipe, PageBuffer<int> maybe)
    {
        if (maybe.State is PageBufferState.Owned)
        {
            pipe.Send(maybe);
        }

        Debug.Assert(maybe.State != PageBufferState.Owned);
    }

    public static void DisposeTwice(PageBuffer<int> buffer)
    {
        buffer.Dispose();
        buffer.Dispose();
    }
}
