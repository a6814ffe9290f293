// Request handlers and background services: asynchronous code around buffers.
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Corpus.Services;

public sealed record Request(string Path, Stream Body);

public sealed class UploadHandler(SpliceWriter backend, SemaphoreSlim gate)
{
    public async Task<int> HandleAsync(Request request, CancellationToken stop)
    {
        int total = 0;
        while (true)
        {
            PageBuffer<byte> buffer = backend.Rent<byte>(128 * 1024);
            int read;
            try
            {
                read = await request.Body.ReadAsync(buffer.Memory, stop);
            }
            catch
            {
                buffer.Dispose();
                throw;
            }

            if (read == 0)
            {
                buffer.Dispose();
                return total;
            }

            await gate.WaitAsync(stop);
            try
            {
                backend.Send(buffer, read);
            }
            finally
            {
                gate.Release();
            }

            total += read;
        }
    }

    public async ValueTask<bool> TryHandleAsync(Request request)
    {
        using PageBuffer<byte> buffer = backend.Rent<byte>(4096);
        int read = await request.Body.ReadAtLeastAsync(buffer.Memory, 4, throwOnEndOfStream: false).ConfigureAwait(false);
        if (read < 4 || !buffer.Span[..4].SequenceEqual("VMS1"u8))
        {
            return false;
        }

        backend.Send(buffer, read);
        return true;
    }

    public async Task AnswerAsync<T>(T value)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value);
        await Task.Yield();
        backend.Write(json.AsSpan());
        backend.Write("\n"u8);
    }
}

public sealed class Broadcaster : IAsyncDisposable
{
    private readonly Channel<PageBuffer<byte>> _queue = Channel.CreateBounded<PageBuffer<byte>>(16);
    private readonly SpliceWriter _pipe;
    private readonly Task _sending;

    public Broadcaster(SpliceWriter pipe)
    {
        _pipe = pipe;
        _sending = Task.Run(SendAllAsync);
    }

    public ValueTask PublishAsync(string text)
    {
        PageBuffer<byte> buffer = _pipe.Rent<byte>(Encoding.UTF8.GetMaxByteCount(text.Length));
        int used = Encoding.UTF8.GetBytes(text, buffer.Span);
        buffer.Span[used..].Clear();
        return _queue.Writer.WriteAsync(buffer);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _sending;
        _pipe.Dispose();
    }

    private async Task SendAllAsync()
    {
        await foreach (PageBuffer<byte> buffer in _queue.Reader.ReadAllAsync())
        {
            _pipe.Send(buffer);
        }
    }
}

public sealed class PeriodicReport(SpliceWriter pipe, TimeSpan every)
{
    public async Task RunAsync(Func<double> measure, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every);
        PageBuffer<double> current = pipe.Rent<double>(512);
        int used = 0;
        while (await TickAsync(timer, stop))
        {
            current[used++] = measure();
            if (used < current.Length)
            {
                continue;
            }

            pipe.Send(current);
            current = pipe.Rent<double>(512);
            used = 0;
        }

        if (used > 0)
        {
            pipe.Send(current, used);
        }
        else
        {
            current.Dispose();
        }
    }

    private static async ValueTask<bool> TickAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<int> SendEachAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> parts)
    {
        await foreach (ReadOnlyMemory<byte> part in parts)
        {
            PageBuffer<byte> page = pipe.Rent<byte>(part.Length);
            part.Span.CopyTo(page.Span);
            int length = page.Length;
            pipe.Send(page);
            yield return length;
        }
    }
}

public static class Startup
{
    public static async Task<long> CopyAsync(Stream from, SpliceWriter to, IProgress<long> progress)
    {
        long total = 0;
        bool more = true;
        while (more)
        {
            using PageBuffer<byte> buffer = to.Rent<byte>(64 * 1024);
            Memory<byte> memory = buffer.Memory;
            int filled = 0, read = 1;
            while (read > 0 && filled < memory.Length)
            {
                read = await from.ReadAsync(memory[filled..]);
                filled += read;
            }

            more = read > 0;
            if (filled > 0)
            {
                to.Send(buffer, filled);
                total += filled;
                progress.Report(total);
            }
        }

        return total;
    }

    public static Task SendLaterAsync(SpliceWriter to, byte[] bytes) => Task.Run(async () =>
    {
        await Task.Delay(10);
        PageBuffer<byte> copy = to.Rent<byte>(bytes.Length);
        bytes.CopyTo(copy.Span);
        to.Send(copy);
    });

    public static Task WhenFilled([Consumes] PageBuffer<int> buffer, Task<int> value, SpliceWriter to)
        => value.ContinueWith(
            done =>
            {
                buffer.Span.Fill(done.Result);
                to.Send(buffer);
            },
            TaskScheduler.Default);
}
