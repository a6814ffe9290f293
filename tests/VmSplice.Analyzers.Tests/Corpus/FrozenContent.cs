// Content that never changes: frozen once, sent many times.
using System.Collections.Frozen;
using System.Text;

namespace Corpus.Frozen;

public sealed class StaticFiles : IDisposable
{
    private readonly FrozenDictionary<string, FrozenPages<byte>> _pages;

    public StaticFiles(IEnumerable<string> paths) => _pages = paths.ToFrozenDictionary(path => path, Load);

    public bool TrySend(string path, SpliceWriter client)
    {
        if (!_pages.TryGetValue(path, out FrozenPages<byte>? page))
        {
            return false;
        }

        client.Write(Encoding.ASCII.GetBytes($"{page.Length}\n"));
        client.Send(page);
        return true;
    }

    public void Dispose()
    {
        foreach (FrozenPages<byte> page in _pages.Values)
        {
            page.Dispose();
        }
    }

    private static FrozenPages<byte> Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        PageBuffer<byte> buffer = PageBuffer<byte>.Allocate((int)file.Length);
        file.ReadExactly(buffer.Span);
        return buffer.Freeze();
    }
}

public static class Greeting
{
    private static readonly Lazy<FrozenPages<byte>> s_banner = new(() =>
    {
        PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(64);
        buffer.Span.Fill((byte)' ');
        "welcome\n"u8.CopyTo(buffer.Span);
        return buffer.Freeze();
    });

    public static void Send(SpliceWriter pipe) => pipe.Send(s_banner.Value);

    public static int Spaces() => s_banner.Value.Span.Count((byte)' ');
}

public static class Broadcasts
{
    public static void ToAll(IEnumerable<SpliceWriter> clients, ReadOnlySpan<byte> message)
    {
        PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(message.Length);
        message.CopyTo(buffer.Span);
        using FrozenPages<byte> pages = buffer.Freeze();
        foreach (SpliceWriter client in clients)
        {
            try
            {
                client.Send(pages);
            }
            catch (BrokenPipeException)
            {
                continue;
            }
        }
    }

    public static ulong SendAndHash(SpliceWriter pipe, PageBuffer<ulong> values)
    {
        values.Span.Sort();
        using FrozenPages<ulong> pages = values.Freeze();
        pipe.Send(pages);
        ulong hash = 14695981039346656037;
        foreach (ulong value in pages.Span)
        {
            hash = (hash ^ value) * 1099511628211;
        }

        pipe.Send(pages);
        return hash;
    }

    public static void Heartbeat(SpliceWriter pipe, FrozenPages<byte> beat, CancellationToken stop)
    {
        while (!stop.WaitHandle.WaitOne(1000))
        {
            pipe.Send(beat);
        }
    }

    public static FrozenPages<int> FreezeOrClear(PageBuffer<int> buffer, bool clear)
    {
        if (clear)
        {
            buffer.Span.Clear();
        }

        return buffer.Freeze();
    }

    public static FrozenPages<int> Table(int length) => Freeze(length, index => index * index);

    private static FrozenPages<int> Freeze(int length, Func<int, int> value)
    {
        PageBuffer<int> table = PageBuffer<int>.Allocate(length);
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = value(i);
        }

        return table.Freeze();
    }
}
