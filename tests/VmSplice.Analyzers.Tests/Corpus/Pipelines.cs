// Worker pipelines: iterators, threads, queues, child processes.
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Corpus.Pipelines;

public static class Producers
{
    public static IEnumerable<PageBuffer<int>> Chunks(SpliceWriter pipe, IEnumerable<int> values, int size)
    {
        PageBuffer<int>? open = null;
        int used = 0;
        foreach (int value in values)
        {
            PageBuffer<int> chunk = open ??= pipe.Rent<int>(size);
            chunk[used++] = value;
            if (used == size)
            {
                open = null;
                used = 0;
                yield return chunk;
            }
        }

        if (open != null)
        {
            open.Value.Span[used..].Clear();
            yield return open.Value;
        }
    }

    public static void SendAll(SpliceWriter pipe, IEnumerable<int> values)
    {
        foreach (PageBuffer<int> chunk in Chunks(pipe, values, 1024))
        {
            pipe.Send(chunk);
        }
    }

    public static int SendSome(SpliceWriter pipe, IEnumerable<PageBuffer<int>> chunks, Func<int, bool> wanted)
    {
        int sent = 0;
        foreach (PageBuffer<int> chunk in chunks)
        {
            if (wanted(chunk[0]))
            {
                pipe.Send(chunk);
                sent++;
            }
            else
            {
                chunk.Dispose();
            }
        }

        return sent;
    }

    public static void FromQueue(ConcurrentQueue<PageBuffer<int>> queue, SpliceWriter pipe)
    {
        while (queue.TryDequeue(out PageBuffer<int> buffer))
        {
            pipe.Send(buffer);
        }
    }

    public static void InOrder(SpliceWriter pipe, SortedDictionary<long, PageBuffer<byte>> waiting, ref long next)
    {
        while (waiting.Remove(next, out PageBuffer<byte> buffer))
        {
            pipe.Send(buffer);
            next++;
        }
    }
}

public sealed class Stage(SpliceReader from, SpliceWriter to)
{
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public Thread Start(Action<Span<byte>> change)
    {
        var thread = new Thread(() => Run(change)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Run(Action<Span<byte>> change)
    {
        PageBuffer<byte> buffer = to.Rent<byte>(65536);
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            change(buffer.Span[..read]);
            to.Send(buffer, read);
            Interlocked.Add(ref _bytes, read);
            buffer = to.Rent<byte>(65536);
        }

        buffer.Dispose();
    }
}

public static class Children
{
    public static int Feed(string program, ReadOnlySpan<byte> input)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = pipe.StartChildWithReader(new ProcessStartInfo(program));
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            while (!input.IsEmpty)
            {
                int length = Math.Min(input.Length, 1 << 16);
                PageBuffer<byte> part = writer.Rent<byte>(length);
                input[..length].CopyTo(part.Span);
                writer.Send(part);
                input = input[length..];
            }
        }

        child.WaitForExit();
        return child.ExitCode;
    }

    public static byte[] Collect(string program, int length)
    {
        using SplicePipe pipe = SplicePipe.Create(1 << 20);
        using Process child = pipe.StartChildWithWriter(
            new ProcessStartInfo(program) { ArgumentList = { "--bytes", length.ToString(System.Globalization.CultureInfo.InvariantCulture) } });
        using SpliceReader reader = pipe.OpenReader();
        byte[] bytes = new byte[length];
        reader.ReadExactly(bytes);
        child.WaitForExit();
        return bytes;
    }

    public static void Pump(Process child, Queue<string> lines)
    {
        using SpliceWriter writer = SpliceWriter.OpenChildInput(child);
        while (lines.TryDequeue(out string? line))
        {
            writer.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        }
    }

    public static void Worker()
    {
        using SpliceReader reader = SpliceReader.OpenInherited();
        using SpliceWriter writer = SpliceWriter.OpenStandardOutput();
        Span<byte> header = stackalloc byte[8];
        while (reader.Read(header) == header.Length)
        {
            int length = BitConverter.ToInt32(header);
            using PageBuffer<byte> body = writer.Rent<byte>(length);
            reader.ReadExactly(body.Span);
            body.Span.Reverse();
            writer.Write(header);
            writer.Send(body);
        }
    }
}

public static class Fork
{
    public static void TwoSides(int count)
    {
        using SplicePipe pipe = SplicePipe.Create();
        Task reading = Task.Run(() => Read(pipe, count));
        using (SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying }))
        {
            for (int i = 0; i < count; i++)
            {
                PageBuffer<long> page = writer.Rent<long>(512);
                page.Span.Fill(i);
                writer.Send(page);
            }
        }

        reading.Wait();
    }

    private static long Read(SplicePipe pipe, int count)
    {
        using SpliceReader reader = pipe.OpenReader();
        using PageBuffer<long> page = PageBuffer<long>.Allocate(512);
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            _ = reader.Read(page);
            sum += page[0];
        }

        return sum;
    }
}
